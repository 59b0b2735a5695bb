import { AddressSet } from '../../net/address-set';
import { PORTS } from '../../net/well-known-ports';
import { poolsOf } from '../../plan/pool';
import { hasNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import type { Source } from '../../spec/fields';
import type { Finding, SpecPath } from '../../spec/finding';
import { warns } from '../found';

/** Openings for callers that can never come: they protect nobody, and who reads them believes in something that is not. */
export function ruleWithoutUse({ spec }: Plan): Finding[] {
  return [...sourcesOf(spec).flatMap((source) => neverASource(spec, source)), ...forTailscale(spec)];
}

interface Placed {
  readonly source: Source;
  readonly at: SpecPath;
}

function sourcesOf(spec: Cluster): Placed[] {
  const placed = (sources: readonly Source[], ...at: SpecPath) =>
    sources.map((source, i): Placed => ({ source, at: [...at, i] }));
  return [
    ...placed(spec.firewall.ssh.from, 'firewall', 'ssh', 'from'),
    ...spec.firewall.allow.flatMap(({ from }, i) => placed(from, 'firewall', 'allow', i, 'from')),
    ...placed(spec.api.allowFrom, 'api', 'allowFrom'),
    ...spec.ingress.flatMap(({ allowFrom }, i) => placed(allowFrom, 'ingress', i, 'allowFrom')),
    ...Object.entries(spec.apps).flatMap(([name, { allowFrom, loadBalancer }]) => [
      ...placed(allowFrom, 'apps', name, 'allowFrom'),
      ...placed(loadBalancer?.allowFrom ?? [], 'apps', name, 'loadBalancer', 'allowFrom'),
    ]),
  ];
}

/** Addresses of Services are dialled and translated; nothing is ever sent from them. */
function neverASource(spec: Cluster, { source, at }: Placed): Finding[] {
  if (source.kind !== 'addresses') return [];
  const dialled = [
    ...poolsOf(spec).map(({ name, addresses, source: place }) => ({ what: `pool ${name}`, addresses, place })),
    ...spec.k3s.serviceCidrs.map((cidr, i) => ({
      what: 'the Service range',
      addresses: AddressSet.of(cidr),
      place: ['k3s', 'serviceCidrs', i],
    })),
  ];
  const found = dialled.find(({ addresses }) => addresses.contains(source.addresses));
  if (found === undefined) return [];
  return [
    warns('RULE_WITHOUT_USE', {
      at: [at, found.place],
      message: `${source.addresses} lies in ${found.what} (${found.addresses}): clients dial such addresses, and no packet ever comes from one`,
      fix: 'the addresses of those who call, or no such opening',
    }),
  ];
}

/** Source: tailscaled's defaults; a Connector is a pod that dials out. */
function forTailscale(spec: Cluster): Finding[] {
  return spec.firewall.allow.flatMap(({ from, port, protocol }, i) => {
    const tailnet = from.find(({ kind }) => kind === 'network');
    if (tailnet?.kind !== 'network' || spec.networks[tailnet.network]?.kind !== 'tailnet') return [];
    const isDaemons = [PORTS.wireguard, PORTS.tailscale].some(({ range }) => range.equals(port)) && protocol === 'udp';
    if (!isDaemons || hasNodes(spec, tailnet.network)) return [];
    return [
      warns('RULE_WITHOUT_USE', {
        at: [
          ['firewall', 'allow', i],
          ['networks', tailnet.network],
        ],
        message: `${port}/udp is opened for ${tailnet.network}, and no node is on it: its router is a pod that calls out and needs no opening${port.equals(PORTS.tailscale.range) ? '' : `; Tailscale on a host listens on ${PORTS.tailscale.port}`}`,
        fix: 'take this opening out',
      }),
    ];
  });
}
