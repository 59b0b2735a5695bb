import type { Cluster } from '../spec/cluster';

export type Zone = Cluster['dns']['zones'][string];

/** The zone a name lies in, the nearest one. */
export function zoneOf(spec: Cluster, host: string): (Zone & { readonly name: string }) | undefined {
  const names = Object.keys(spec.dns.zones).filter((zone) => host === zone || host.endsWith(`.${zone}`));
  const name = names.sort((a, b) => b.length - a.length)[0];
  const zone = name === undefined ? undefined : spec.dns.zones[name];
  return name === undefined || zone === undefined ? undefined : { ...zone, name };
}

/** Whether a zone's own names are served through its provider's proxy. */
export function hasProxy(zone: Zone | undefined): boolean {
  return zone?.provider === 'cloudflare' && zone.proxied;
}

/** The record that the spec states for a name, or for all names beside it. */
export function statedRecord(spec: Cluster, host: string): Cluster['dns']['records'][number] | undefined {
  const wildcard = host.replace(/^[^.]+/, '*');
  return spec.dns.records.find(({ name }) => name === host) ?? spec.dns.records.find(({ name }) => name === wildcard);
}

/** Whether clients of an ingress's name meet the provider's proxy: a record of its own decides before its zone. */
export function isProxied(spec: Cluster, host: string): boolean {
  const record = statedRecord(spec, host);
  const zone = zoneOf(spec, host);
  return record === undefined ? hasProxy(zone) : zone?.provider === 'cloudflare' && record.proxied;
}
