import nimbusSwarm from '../../clusters/nimbus-swarm';
import { DOCKER } from '../../lib/net/well-known';
import type { ClusterSpec } from '../../lib/spec/cluster';

const { accept: _accept, ...rest } = nimbusSwarm;

/**
 * nimbus-swarm as its text has it: `swarm init` with no pool of its own, and so with Docker's, which holds the overlay
 * and much else; no firewall; NFS with `nolock`; a name server that answers anyone at 5053, while the developers' own
 * machines send 53 on to it.
 */
export default {
  ...rest,
  storage: { ...nimbusSwarm.storage, volumes: { ...nimbusSwarm.storage.volumes, version: 3 } },
  swarm: {
    ...nimbusSwarm.swarm,
    addressPool: String(DOCKER.swarmPool),
    dnsmasq: { ...nimbusSwarm.swarm.dnsmasq, redirectFrom: 5053 },
  },
  firewall: { kind: 'none' },
} satisfies ClusterSpec;
