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
  const said = new Said(filter.traffic ?? Traffic.all);
  const targets = byOwner(destinations).map((group) => ({ group, only: single(group), place: placeOf(reach, group) }));
  const heard = destinations.length > FEW && sources.length > FEW ? reach.heard() : undefined;
  for (const group of byOwner(sources)) {
    const [first] = group;
    if (first === undefined) continue;
    const source = single(group);
    const index = reach.indexOf('ingress', first);
    const listeners = index === undefined ? undefined : heard?.[index];
    const verdictTo = reach.from(first);
    for (const { group: target, only, place } of targets) {
      const [to] = target;
      if (to === undefined || isSilent(first, to)) continue;
      if (source === undefined || only === undefined) {
        found.push(...between(reach, group, target, said));
        continue;
      }
      // Most pairs are of one endpoint each, and most of those have nothing to say.
      if (place !== undefined && source !== only && listeners?.has(place) === false) continue;
      const what = said.of(verdictTo(only));
      if (what !== undefined) found.push({ from: source.id, to: only.id, ...what });
    }
  }
  return found;
}

/** Below so many ends it is cheaper to ask each. */
const FEW = 20;

function single(group: readonly Endpoint[]): Endpoint | undefined {
  const [first] = group;
  return group.length === 1 && first?.kind !== 'outside' ? first : undefined;
}

function placeOf(reach: Reach, [first]: readonly Endpoint[]): number | undefined {
  return first === undefined ? undefined : reach.classOf(first);
}

/** What is told of a verdict, worked out once for all pairs that share it. */
class Said {
  readonly #known = new Map<Verdict, Omit<Connection, 'from' | 'to'> | undefined>();

  constructor(private readonly traffic: Traffic) {}

  /** Undefined: nothing. */
  of(verdict: Verdict): Omit<Connection, 'from' | 'to'> | undefined {
    if (this.#known.has(verdict)) return this.#known.get(verdict);
    const allowed = verdict.allowed.intersection(this.traffic);
    const open = within(verdict.undefined, this.traffic);
    const nothing = allowed.isEmpty && open.length === 0;
    const what = nothing ? undefined : { allowed, undefined: open, narrowed: within(verdict.narrowed, this.traffic) };
    this.#known.set(verdict, what);
    return what;
  }
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

function between(
  reach: Reach,
  sources: readonly Endpoint[],
  destinations: readonly Endpoint[],
  said: Said,
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
    const what = said.of(verdict);
    return what === undefined ? [] : [{ from: nameOf(ends.from), to: nameOf(ends.to), ...what }];
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
