import { AddressSet } from '../net/address-set';
import type { Range } from '../net/range';
import type { Endpoint } from './endpoint';
import type { Reach } from './reach';
import { Traffic } from './traffic';
import type { Narrowed, Open, Verdict } from './verdict';

/** Something that passes or may pass, from one endpoint to another. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly allowed: Traffic;
  readonly undefined: readonly Open[];
  readonly narrowed: readonly Narrowed[];
}

export interface ConnectionFilter {
  /** @default all endpoints (Wayleave) */
  readonly from?: readonly Endpoint[];
  /** @default all endpoints (Wayleave) */
  readonly to?: readonly Endpoint[];
  /** @default all traffic (Wayleave) */
  readonly traffic?: Traffic;
}

/** Every pair between which something passes or may pass, by source and then destination; addresses that fare alike are one. */
export function connections(reach: Reach, filter: ConnectionFilter = {}): Connection[] {
  const sources = filter.from ?? [...reach.endpoints, ...reach.universes.ingress.strangers];
  const destinations = filter.to ?? [...reach.endpoints, ...reach.universes.egress.strangers];
  const found: Connection[] = [];
  const traffic = filter.traffic ?? Traffic.all;
  const groups = byOwner(destinations);
  for (const group of byOwner(sources)) {
    const [first, ...more] = group;
    if (first === undefined) continue;
    const verdictTo = reach.from(first);
    for (const target of groups) {
      const [only] = target;
      if (only === undefined || isSilent(first, only)) continue;
      // Most pairs are of one endpoint each, and most of those have nothing to say.
      if (more.length === 0 && target.length === 1 && isNothing(verdictTo(only))) continue;
      found.push(...between(reach, group, target, traffic));
    }
  }
  return found;
}

/** Addresses stand together, everything else by itself. */
function byOwner(endpoints: readonly Endpoint[]): Endpoint[][] {
  const outside = endpoints.filter(({ kind }) => kind === 'outside');
  const others = endpoints.filter(({ kind }) => kind !== 'outside').map((endpoint) => [endpoint]);
  return outside.length === 0 ? others : [...others, outside];
}

/** Pairs that no line is about: two that no policy is for, and a pod to itself. */
function isSilent(source: Endpoint, destination: Endpoint): boolean {
  return (isStranger(source) && isStranger(destination)) || (source === destination && isAlone(source));
}

function isNothing(verdict: Verdict): boolean {
  return verdict.allowed.isEmpty && verdict.undefined.length === 0;
}

function between(
  reach: Reach,
  sources: readonly Endpoint[],
  destinations: readonly Endpoint[],
  traffic: Traffic,
): Connection[] {
  const byVerdict = new Map<Verdict, { from: Endpoint[]; to: Endpoint[] }>();
  for (const from of sources) {
    const verdictTo = reach.from(from);
    for (const to of destinations) {
      const verdict = verdictTo(to);
      const entry = byVerdict.get(verdict) ?? { from: [], to: [] };
      entry.from.push(from);
      entry.to.push(to);
      byVerdict.set(verdict, entry);
    }
  }
  return [...byVerdict].flatMap(([verdict, ends]) => {
    const allowed = verdict.allowed.intersection(traffic);
    const open = within(verdict.undefined, traffic);
    if (allowed.isEmpty && open.length === 0) return [];
    return [
      {
        from: nameOf(ends.from),
        to: nameOf(ends.to),
        allowed,
        undefined: open,
        narrowed: within(verdict.narrowed, traffic),
      },
    ];
  });
}

/** Whom no policy is for. */
function isStranger({ kind }: Endpoint): boolean {
  return kind !== 'pods' && kind !== 'host';
}

function isAlone(endpoint: Endpoint): boolean {
  return endpoint.kind !== 'pods' || endpoint.workload.replicas === 1;
}

function within<T extends { readonly traffic: Traffic }>(parts: readonly T[], traffic: Traffic): T[] {
  return parts
    .map((part) => ({ ...part, traffic: part.traffic.intersection(traffic) }))
    .filter((part) => !part.traffic.isEmpty);
}

function nameOf(endpoints: readonly Endpoint[]): string {
  const ranges = endpoints.flatMap((endpoint): Range[] => (endpoint.kind === 'outside' ? [endpoint.range] : []));
  if (ranges.length === 0) return endpoints[0]?.id ?? '';
  const addresses = AddressSet.of(...ranges);
  return addresses.equals(AddressSet.everything) ? 'any address' : addresses.toString();
}
