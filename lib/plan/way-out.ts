import type { Cluster } from '../spec/cluster';
import type { NetworkName } from './claim';
import { oncePer } from './once';

/** The network by which the nodes reach the internet: a public one, else a LAN with a router, else the node network. */
export const wayOut = oncePer((spec: Cluster): NetworkName => {
  const networks = Object.entries(spec.networks);
  const found =
    networks.find(([, network]) => network.kind === 'public') ??
    networks.find(([, network]) => network.kind === 'lan' && network.gateway !== undefined);
  return found?.[0] ?? spec.k3s.nodeNetwork;
});
