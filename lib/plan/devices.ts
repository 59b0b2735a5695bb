import type { Address } from '../net/address';
import type { Cluster } from '../spec/cluster';
import type { NetworkName } from './claim';
import { addressesOf, interfaceOf } from './nodes';

/** The interfaces of a node that the spec knows of, each once. */
export function devicesOf(spec: Cluster, node: string): string[] {
  return [...new Set(networksOf(spec, node).map((network) => interfaceOf(spec, node, network)))].sort();
}

/** The addresses that a node has on one interface, whichever networks they belong to. */
export function addressesBehind(spec: Cluster, node: string, device: string): readonly Address[] {
  return networksOf(spec, node)
    .filter((network) => interfaceOf(spec, node, network) === device)
    .flatMap((network) => addressesOf(spec, node, network));
}

function networksOf(spec: Cluster, node: string): NetworkName[] {
  return Object.keys(spec.networks).filter((network) => addressesOf(spec, node, network).length > 0);
}
