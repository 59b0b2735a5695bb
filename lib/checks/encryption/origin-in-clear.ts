import { entrances } from '../../plan/entrance';
import type { Plan } from '../../plan/plan';
import { isProxied, zoneOf } from '../../plan/zone';
import type { Finding } from '../../spec/finding';
import { listed, warns } from '../found';

/** Names whose visitors are told that the connection is safe, while the proxy fetches the pages in clear. Source: Cloudflare docs, encryption modes. */
export function originInClear(plan: Plan): Finding[] {
  const { spec } = plan;
  return Object.entries(spec.dns.zones).flatMap(([name, { originTls }]) => {
    if (originTls !== 'flexible') return [];
    const hosts = entrances(plan).filter(
      ({ host, by }) => 'ingress' in by && zoneOf(spec, host)?.name === name && isProxied(spec, host),
    );
    if (hosts.length === 0) return [];
    const said = [...new Set(hosts.map(({ host }) => host))].sort();
    return [
      warns('ORIGIN_IN_CLEAR', {
        at: [['dns', 'zones', name, 'originTls'], ...hosts.map(({ source }) => source)],
        message: `Cloudflare fetches ${listed(said)} from the cluster by plain HTTP (flexible), whatever its visitors see: who is on the way reads and changes it`,
        fix: 'strict, with a certificate at the ingress',
      }),
    ];
  });
}
