import type { ClusterSpec } from '../../lib/spec/cluster';
import nimbus from './nimbus';

/** Seed 000, its other life: Docker Swarm beside K3s on the same machines, with EasyHAProxy and dnsmasq of its own. */
export default {
  ...nimbus,
  name: 'nimbus-swarm',
  purpose: 'The machines of nimbus with Docker Swarm on the same overlay',
  ingress: [],
  swarm: {
    managers: ['a'],
    network: 'overlay',
    addressPool: '10.20.0.0/16',
    bridgePool: '172.30.0.0/16',
    easyhaproxy: { allowFrom: ['anywhere'] },
    dnsmasq: {
      zone: 'nimbus.example.com',
      node: 'a',
      network: 'public',
      publishedPort: 5053,
      redirectFrom: 53,
      allowFrom: ['anywhere'],
    },
  },
} satisfies ClusterSpec;
