import { AddressSet } from '../net/address-set';
import type { Endpoint } from '../plan/endpoint';
import type { SwarmOptions } from './swarm/options';

/** Docker's bridges on a node, by which its containers reach it. Source: Docker docs, networking; moby libnetwork. */
const BRIDGES = ['br-*', 'docker0', 'docker_gwbridge'];

/** A node's own containers as it sees them; on other nodes they come under their node's address. */
export function containers({ bridgePool }: SwarmOptions): { endpoint: Endpoint; devices: readonly string[] } {
  return {
    endpoint: { kind: 'range', name: 'containers', addresses: AddressSet.of(bridgePool) },
    devices: BRIDGES,
  };
}
