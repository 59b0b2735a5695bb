import { AddressSet } from '../../net/address-set';
import { frontNetwork } from '../../plan/client-network';
import { nodeAddresses } from '../../plan/nodes';
import { sourceEndpoint } from '../../plan/source-endpoint';
import type { Cluster } from '../../spec/cluster';
import type { Source } from '../../spec/fields';
import type { TraefikOptions } from './options';

/** The prefixes from which Traefik believes forwarded headers; a party known by name alone cannot be recognised. */
export function trustedPrefixes(options: TraefikOptions, spec: Cluster): string[] {
  return options.trustForwardedFrom
    .map((source) => addressesOf(source, options, spec))
    .reduce((all, some) => all.union(some), AddressSet.empty)
    .prefixes()
    .map(String);
}

function addressesOf(source: Source, options: TraefikOptions, spec: Cluster): AddressSet {
  const end = sourceEndpoint(spec, source);
  switch (end.kind) {
    case 'range':
      return end.addresses;
    case 'internet':
      return AddressSet.everything;
    case 'nodes':
      return nodeAddresses(spec, end.select, frontNetwork(spec, options.network));
    default:
      return AddressSet.empty;
  }
}
