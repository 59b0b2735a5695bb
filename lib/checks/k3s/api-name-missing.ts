import { addressesOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { listed, warns } from '../found';

/** Addresses of servers that clients are let in to, and that the API's certificate does not name. K3s adds node-ip and node-external-ip itself. */
export function apiNameMissing({ spec, flows, k3sFlags }: Plan): Finding[] {
  if (!runsK3s(spec)) return [];
  const servers = selectNodes(spec, 'servers');
  const known = new Set([
    ...servers.flatMap((node) =>
      [...(k3sFlags.get(node) ?? [])]
        .filter(({ name }) => name === 'tls-san')
        .flatMap(({ value }) => [value].flat().map(String)),
    ),
    ...[spec.k3s.nodeNetwork, spec.k3s.externalNetwork ?? ''].flatMap((network) =>
      servers.flatMap((node) => addressesOf(spec, node, network).map(String)),
    ),
  ]);
  const endpoint = spec.api.endpoint;
  // Whoever is told a name or a virtual address dials that, from wherever he is.
  if (endpoint !== undefined && ('vip' in endpoint || 'host' in endpoint)) return [];
  const asked = flows.filter(({ source }) => source[0] === 'api' && source[1] === 'allowFrom');
  return [...new Set(asked.map(({ over }) => over))].flatMap((network) => {
    const missing = servers
      .flatMap((node) => addressesOf(spec, node, network).map(String))
      .filter((one) => !known.has(one));
    if (missing.length === 0) return [];
    const places = asked.filter(({ over }) => over === network).map(({ source }) => source);
    return [
      warns('API_NAME_MISSING', {
        at: [['api', 'endpoint'], ...places],
        message: `clients on ${network} call the API at ${listed(missing)}, and its certificate does not name ${missing.length === 1 ? 'it' : 'them'}: they refuse to speak to it`,
        fix: endpoint === undefined ? `api.endpoint: { network: ${network} }` : `k3s.tlsNames: [${missing.join(', ')}]`,
        ...(endpoint === undefined ? { suggest: { path: ['api', 'endpoint'], value: { network } } } : {}),
      }),
    ];
  });
}
