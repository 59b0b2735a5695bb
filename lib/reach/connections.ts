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
  for (const group of byOwner(sources)) {
    for (const target of byOwner(destinations)) found.push(...between(reach, group, target, filter.traffic ?? Traffic.all));
  }
  return found;
}

/** Addresses stand together, everything else by itself. */
function byOwner(endpoints: readonly Endpoint[]): Endpoint[][] {
  const outside = endpoints.filter(({ kind }) => kind === 'outside');
  const others = endpoints.filter(({ kind }) => kind !== 'outside').map((endpoint) => [endpoint]);
  return outside.length === 0 ? others : [...others, outside];
}

function between(reach: Reach, sources: readonly Endpoint[], destinations: readonly Endpoint[], traffic: Traffic): Connection[] {
  const [source, destination] = [sources[0], destinations[0]];
  if (source === undefined || destination === undefined || (isStranger(source) && isStranger(destination))) return [];
  if (source === destination && isAlone(source)) return [];
  const byVerdict = new Map<Verdict, { from: Endpoint[]; to: Endpoint[] }>();
  for (const from of sources) {
    for (const to of destinations) {
      const verdict = reach.verdict(from, to);
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
    return [{ from: nameOf(ends.from), to: nameOf(ends.to), allowed, undefined: open, narrowed: within(verdict.narrowed, traffic) }];
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
  return parts.map((part) => ({ ...part, traffic: part.traffic.intersection(traffic) })).filter((part) => !part.traffic.isEmpty);
}

function nameOf(endpoints: readonly Endpoint[]): string {
  const ranges = endpoints.flatMap((endpoint): Range[] => (endpoint.kind === 'outside' ? [endpoint.range] : []));
  if (ranges.length === 0) return endpoints[0]?.id ?? '';
  const addresses = AddressSet.of(...ranges);
  return addresses.equals(AddressSet.everything) ? 'any address' : addresses.toString();
}
