import { cloudflareTunnels, tunnelTarget } from '../../plan/tunnel';
import type { Plan } from '../../plan/plan';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails } from '../found';

/** Names of tunnels exist at Cloudflare's proxy alone. Source: Cloudflare docs, tunnel DNS records. */
const TUNNELS = '.cfargotunnel.com';

/** Records of tunnels that are not proxied, and stated records that lead a tunnel's host elsewhere. */
export function tunnelRecord(plan: Plan): Finding[] {
  return [...unproxied(plan), ...elsewhere(plan)];
}

function unproxied({ spec }: Plan): Finding[] {
  return spec.dns.records.flatMap(({ name, value, proxied }, i) => {
    if (!value.toLowerCase().endsWith(TUNNELS) || proxied) return [];
    const path: SpecPath = ['dns', 'records', i, 'proxied'];
    return [
      fails('TUNNEL_RECORD', {
        at: [path],
        message: `${name} leads to ${value} and is not proxied: outside Cloudflare's proxy that name has no address`,
        fix: 'true',
        suggest: { path, value: true },
      }),
    ];
  });
}

function elsewhere({ spec, hosts }: Plan): Finding[] {
  return hosts.flatMap(({ host, by, source }) => {
    const tunnel = cloudflareTunnels(spec).find(({ name }) => 'tunnel' in by && by.tunnel === name);
    const i = spec.dns.records.findIndex(({ name }) => name === host);
    const record = spec.dns.records[i];
    if (tunnel === undefined || record === undefined || record.value.toLowerCase() === tunnelTarget(tunnel)) return [];
    const path: SpecPath = ['dns', 'records', i, 'value'];
    return [
      fails('TUNNEL_RECORD', {
        at: [path, source],
        message: `${host} comes in by the tunnel ${tunnel.name}, and its record leads to ${record.value}`,
        fix: `${tunnelTarget(tunnel)}, as a CNAME that is proxied, or no record: it follows from the host`,
      }),
    ];
  });
}
