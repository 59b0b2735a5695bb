import { AddressSet } from '../../net/address-set';
import { callersByNetwork, frontNetwork, type Callers } from '../../plan/client-network';
import { nodeAddresses } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { TraefikOptions } from './options';

/** The prefixes from which Traefik believes forwarded headers; a party known by name alone cannot be recognised. */
export function trustedPrefixes(options: TraefikOptions, spec: Cluster): string[] {
  const ports = { nodes: options.nodes, front: frontNetwork(spec, options.network) };
  const trusted = options.trustForwardedFrom.flatMap((source) => callersByNetwork(spec, source, ports));
  return AddressSet.of(...trusted.map((callers) => addressesOf(callers, spec)))
    .prefixes()
    .map(String);
}

function addressesOf({ from, over }: Callers, spec: Cluster): AddressSet {
  switch (from.kind) {
    case 'range':
      return from.addresses;
    case 'internet':
      return AddressSet.everything;
    case 'nodes':
      return nodeAddresses(spec, from.select, over);
    default:
      return AddressSet.empty;
  }
}
