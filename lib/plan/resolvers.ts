import { AddressSet } from '../net/address-set';
import { DNS_PORT } from '../net/well-known-ports';
import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';
import type { NetworkName } from './claim';
import { INTERNET, nodes, type Endpoint } from './endpoint';
import type { Flow } from './flow';
import { addressKind } from './network-kind';
import { nodeAddresses } from './nodes';
import { prefixOf } from './source-endpoint';

type Declared = Omit<Flow, 'declaredBy'>;

/**
 * Look-ups of names outside the cluster: at the resolvers that the spec names, each where it stands, else at anyone.
 * @param over the network by which those beyond every network of the spec are reached
 */
export function outsideLookUps(
  spec: Cluster,
  from: Endpoint,
  over: NetworkName,
  reason: string,
  source: SpecPath,
): Declared[] {
  const common = { from, over, address: 'public' as const, port: { container: DNS_PORT }, reason, source };
  const known = spec.dns.upstreams.map((address, i): Omit<Declared, 'protocol'> => {
    const addresses = AddressSet.of(address);
    const to: Endpoint = { kind: 'range', name: `resolver ${address}`, addresses };
    const stated = { ...common, to, source: ['dns', 'upstreams', i] };
    const network = Object.keys(spec.networks).find((name) => liesOn(spec, name, addresses));
    if (network === undefined) return stated;
    const near = { ...stated, over: network, address: addressKind(spec, network) };
    const names = Object.entries(spec.nodes).flatMap(([name, node]) =>
      (node.addresses[network] ?? []).some((own) => own.equals(address)) ? [name] : [],
    );
    return names.length === 0 ? near : { ...near, to: nodes({ names }), port: { container: DNS_PORT, host: DNS_PORT } };
  });
  const all = known.length > 0 ? known : [{ ...common, to: INTERNET }];
  return all.flatMap((flow) => (['udp', 'tcp'] as const).map((protocol) => ({ ...flow, protocol })));
}

function liesOn(spec: Cluster, name: NetworkName, addresses: AddressSet): boolean {
  const prefix = prefixOf(spec, name) ?? AddressSet.empty;
  return prefix.union(nodeAddresses(spec, 'all', name)).overlaps(addresses);
}
