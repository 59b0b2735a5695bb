import { bitsOf } from '../net/address';
import { AddressSet } from '../net/address-set';
import type { Cluster } from '../spec/cluster';
import { sortedBy } from '../text/compare';
import { entrances, frontAddresses, type Entrance } from './entrance';
import { poolsOf } from './pool';
import { ownName } from './namespaced';
import { oncePer } from './once';
import type { Plan } from './plan';
import type { PublicRecord } from './public-record';
import { tunnelledNames } from './served-host';
import { cloudflareTunnels, tunnelTarget } from './tunnel';
import { isProxied, statedRecord, zoneOf } from './zone';

/**
 * What public DNS must hold for a cluster: the records that its spec states, one that leads to its tunnel for each host
 * of a tunnel, and the addresses of its ingress for each other host.
 */
export function publicRecords(plan: Pick<Plan, 'spec' | 'hosts' | 'flows' | 'workloads'>): PublicRecord[] {
  const found = [...stated(plan.spec), ...entrances(plan).flatMap((entrance) => derived(plan, entrance))];
  const merged = new Map<string, PublicRecord>();
  for (const record of found) {
    const key = `${record.name} ${record.type}`;
    const known = merged.get(key);
    const values = [...new Set([...(known?.values ?? []), ...record.values])];
    merged.set(key, { ...(known ?? record), values });
  }
  return sortedBy(merged.values(), ({ name, type }) => `${name} ${type}`);
}

function stated(spec: Cluster): PublicRecord[] {
  return spec.dns.records.map(({ name, type, value, proxied, purpose }, i) => ({
    name,
    type,
    values: [value],
    proxied: proxied && zoneOf(spec, name)?.provider === 'cloudflare',
    ...inZone(spec, name),
    why: purpose ?? 'stated in the spec',
    source: ['dns', 'records', i],
  }));
}

function derived(plan: Pick<Plan, 'spec' | 'hosts'>, entrance: Entrance): PublicRecord[] {
  const { spec } = plan;
  const { host, workload, by, source } = entrance;
  const common = { name: host, ...inZone(spec, host), source };
  const behind = ownName(workload);
  if ('tunnel' in by) {
    const tunnel = cloudflareTunnels(spec).find(({ name }) => name === by.tunnel);
    // A wildcard beside it does not stand in for a name's own way through the tunnel.
    if (tunnel === undefined || spec.dns.records.some(({ name }) => name === host)) return [];
    const why = `tunnel ${by.tunnel} to ${behind}`;
    return [{ ...common, type: 'CNAME', values: [tunnelTarget(tunnel)], proxied: true, why }];
  }
  // Where a tunnel brings it too, the ingress serves those that are told of it inside.
  if (statedRecord(spec, host) !== undefined || tunnelledNames(plan.hosts).has(host)) return [];
  const why = `ingress to ${behind}`;
  const set = fixed(spec, frontAddresses(plan, entrance));
  const proxied = isProxied(spec, host);
  const families = set.isEmpty ? ([4] as const) : set.families();
  return families.map((family) => ({
    ...common,
    type: family === 4 ? 'A' : 'AAAA',
    values: single(set.family(family)),
    proxied,
    why,
  }));
}

function inZone(spec: Cluster, name: string): { zone?: string } {
  const zone = zoneOf(spec, name);
  return zone === undefined ? {} : { zone: zone.name };
}

/** Of a whole pool some address is assigned at run time, and nobody knows which. */
function fixed(spec: Cluster, set: AddressSet): AddressSet {
  const isPool = set.size > 1n && poolsOf(spec).some(({ addresses }) => addresses.equals(set));
  return isPool ? AddressSet.empty : set;
}

/** Addresses one by one, since a record knows no ranges; many hosts have the same. */
const single = oncePer((set: AddressSet): readonly string[] =>
  set
    .families()
    .flatMap((family) => [...set.family(family).blocks(bitsOf(family))].map(({ address }) => String(address))),
);
