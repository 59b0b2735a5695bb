import { CONTAINERS, type Claim } from '../../plan/claim';
import { overlayNeed } from '../../plan/overlay-need';
import { AddressSet } from '../../net/address-set';
import { register } from '../component';
import { swarmFlows, swarmListeners } from './flows';
import { swarmHost } from './host';
import { swarmMtu } from './mtu';
import { swarmNotes } from './note';
import type { SwarmOptions } from './options';

/** Docker Swarm on the nodes, over one of their networks alone. */
export const swarm = register<SwarmOptions>({
  name: 'swarm',
  title: 'Docker Swarm',
  options: (spec) => spec.swarm,
  provides: ({ managers }) => [
    {
      name: 'swarm',
      failure:
        managers.length === 1
          ? 'nothing is scheduled and nothing changes while the manager is away; containers that run go on'
          : 'without a majority of managers nothing is scheduled and nothing changes; containers that run go on',
      source: ['swarm'],
    },
  ],
  requires: ({ network }, spec) => overlayNeed(spec, network, ['swarm', 'network']),
  claims: ({ addressPool, bridgePool }): Claim[] => [
    {
      owner: 'swarm',
      purpose: "the Swarm's networks across nodes",
      network: CONTAINERS,
      addresses: AddressSet.of(addressPool),
      source: ['swarm', 'addressPool'],
    },
    {
      owner: 'docker',
      purpose: 'bridges on each node, the same on all',
      network: CONTAINERS,
      addresses: AddressSet.of(bridgePool),
      source: ['swarm', 'bridgePool'],
    },
  ],
  listeners: swarmListeners,
  flows: swarmFlows,
  mtu: (options, spec) => [
    { device: "eth0 of a container on one of the Swarm's networks", on: 'every node', sum: swarmMtu(options, spec) },
  ],
  host: swarmHost,
  notes: swarmNotes,
});
