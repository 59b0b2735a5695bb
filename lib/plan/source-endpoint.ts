import { AddressSet } from '../net/address-set';
import { CLOUDFLARE_RANGES } from '../net/well-known-cloudflare';
import type { Cluster } from '../spec/cluster';
import type { Source } from '../spec/fields';
import type { NetworkName } from './claim';
import { INTERNET, nodes, workload, type Endpoint } from './endpoint';
import { tailnetRouters } from './tunnel';

/** Cloudflare's proxies, by the addresses from which they call. */
export const CLOUDFLARE = { kind: 'range', name: 'Cloudflare', addresses: CLOUDFLARE_RANGES } as const;

/** The end of a flow that a spec's source means. */
export function sourceEndpoint(spec: Cluster, source: Source): Endpoint {
  switch (source.kind) {
    case 'anywhere':
      return INTERNET;
    case 'cloudflare':
      return CLOUDFLARE;
    case 'addresses':
      return { kind: 'range', name: source.addresses.toString(), addresses: source.addresses };
    case 'network': {
      const network = spec.networks[source.network];
      // A public network has no prefix of its own: what is on it are the nodes.
      if (network === undefined || network.kind === 'public') return nodes('all');
      return (
        throughRouters(spec, source.network) ?? {
          kind: 'range',
          name: source.network,
          addresses: AddressSet.of(network.prefix),
        }
      );
    }
    case 'outside': {
      const party = spec.outside[source.outside];
      if (party?.addresses !== undefined) return { kind: 'range', name: source.outside, addresses: party.addresses };
      return { kind: 'name', name: source.outside, fqdns: party?.names ?? [] };
    }
  }
}

/** Devices of a tailnet that the nodes are not on come in by its subnet routers, and under their addresses. */
function throughRouters(spec: Cluster, network: string): Endpoint | undefined {
  const routers = tailnetRouters(spec, network);
  const [first, ...others] = routers?.workloads ?? [];
  if (routers === undefined || first === undefined) return undefined;
  return others.length === 0 ? workload(first) : { kind: 'pods', namespace: routers.namespace };
}

/** The other way: an outside party that is called. Names say more than addresses that may change. */
export function outsideEndpoint(spec: Cluster, name: string): Endpoint {
  const party = spec.outside[name];
  if (party !== undefined && party.names.length > 0) {
    const { names: fqdns, addresses } = party;
    return { kind: 'name', name, fqdns, ...(addresses === undefined ? {} : { addresses }) };
  }
  return { kind: 'range', name, addresses: party?.addresses ?? AddressSet.empty };
}

/** The addresses of a network that are its own; a public one has none. */
export function prefixOf(spec: Cluster, name: NetworkName): AddressSet | undefined {
  const network = spec.networks[name];
  return network === undefined || network.kind === 'public' ? undefined : AddressSet.of(network.prefix);
}
