import type { Cluster } from '../spec/cluster';
import { oncePerName } from './once';

export type Zone = Cluster['dns']['zones'][string];

/** The zone a name lies in, the nearest one. */
export const zoneOf = oncePerName((spec: Cluster, host): (Zone & { readonly name: string }) | undefined => {
  let found: (Zone & { readonly name: string }) | undefined;
  for (const [name, zone] of Object.entries(spec.dns.zones)) {
    const isIn = host.endsWith(name) && (host === name || host.endsWith(`.${name}`));
    if (isIn && name.length > (found?.name.length ?? 0)) found = { ...zone, name };
  }
  return found;
});

/** Whether somebody is named who keeps a zone in public DNS. */
export function isManaged(spec: Cluster, zone: string | undefined): boolean {
  return zone !== undefined && spec.dns.zones[zone]?.provider !== 'none';
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
