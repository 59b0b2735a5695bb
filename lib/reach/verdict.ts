import { Traffic } from './traffic';

/** Why the specification does not say, or the manifests do not, whether traffic passes. */
export type Doubt = 'self' | 'host-network' | 'service-nat' | 'pod-address' | 'shared-set' | 'rule';

export interface Open {
  readonly traffic: Traffic;
  readonly doubt: Doubt;
}

export interface Narrowed {
  readonly traffic: Traffic;
  /** What is asked beyond peers and ports, such as `HTTP GET /healthz`. */
  readonly to: readonly string[];
}

/** What may pass from one endpoint to another: what is allowed, denied and undefined shares nothing and is together all traffic. */
export interface Verdict {
  readonly allowed: Traffic;
  /** What is not denied: it surely passes, or may. */
  readonly possible: Traffic;
  readonly denied: Traffic;
  readonly undefined: readonly Open[];
  /** Of the allowed traffic, what only passes if it is of the kind named. */
  readonly narrowed: readonly Narrowed[];
}

/** One side's say: what surely passes, and what may pass. */
export interface SideVerdict {
  readonly surely: Traffic;
  readonly possibly: Traffic;
  readonly doubt: Doubt | undefined;
  readonly narrowed: readonly Narrowed[];
}

export const OPEN_SIDE: SideVerdict = { surely: Traffic.all, possibly: Traffic.all, doubt: undefined, narrowed: [] };

/** Traffic passes if both sides let it. */
export function combine(sides: readonly SideVerdict[]): Verdict {
  let allowed = Traffic.all;
  let possible = Traffic.all;
  for (const side of sides) {
    allowed = allowed.intersection(side.surely);
    possible = possible.intersection(side.possibly);
  }
  let rest = possible.difference(allowed);
  const open: Open[] = [];
  for (const { doubt, surely, possibly } of sides) {
    if (doubt === undefined) continue;
    const traffic = rest.intersection(possibly.difference(surely));
    if (!traffic.isEmpty) open.push({ traffic, doubt });
    rest = rest.difference(traffic);
  }
  const narrowed = sides
    .flatMap((side) => side.narrowed)
    .map(({ traffic, to }) => ({ traffic: traffic.intersection(possible), to }))
    .filter(({ traffic }) => !traffic.isEmpty);
  return { allowed, possible, denied: Traffic.all.difference(possible), undefined: open, narrowed };
}
