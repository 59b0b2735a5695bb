import { K3S_CLUSTER_CIDR } from '../../net/well-known';
import { DOCUMENTATION } from '../../net/well-known-documentation';
import type { Entry } from './entry';

/** The range beside K3s's own. */
const NEXT_RANGE = K3S_CLUSTER_CIDR.replace('.42.', '.48.');
/** A tunnel's id that is nobody's. */
const TUNNEL = '00000000-0000-4000-8000-000000000000';
const [first] = DOCUMENTATION.hosts;
const POOL = first.replace(/\d+$/, '200');
const WIDE = `${POOL}-${first.replace(/\d+$/, '210')}`;
const NARROW = `${first.replace(/\d+$/, '201')}-${first.replace(/\d+$/, '210')}`;

/** What can be wrong with the way from what was written before to what is to be written. */
export const UPGRADE_ENTRIES = {
  UPGRADE_ALL_SERVERS: {
    meaning:
      'A K3s flag changes that all servers must share. A server that joins with another value than theirs is refused, and those that have joined do not work together while they differ.',
    example: { of: 'upgrade', text: 'before: {}\nafter:\n  cni: { kind: flannel, backend: wireguard-native }\n' },
    fix: 'Plan an interruption: stop K3s on every server, write the new configuration to all of them, start them again. For Flannel’s backend set `migrating: true`, and change one node after another. Accept the finding with the date if the plan is made.',
    seen: ['k3s-io/k3s#2598'],
  },
  UPGRADE_DROPS_ADDRESS: {
    meaning:
      'A pool gives up addresses that a Service had, or may have had. Whoever calls it by the old address, and every DNS record of it, leads nowhere from then on.',
    example: {
      of: 'upgrade',
      text: `before:\n  loadBalancers: [{ kind: metallb, mode: l2, pools: { lan: { addresses: ${WIDE}, network: lan } } }]\n  apps: { web: { loadBalancer: { addresses: ${POOL} } } }\nafter:\n  loadBalancers: [{ kind: metallb, mode: l2, pools: { lan: { addresses: ${NARROW}, network: lan } } }]\n  apps: { web: { loadBalancer: null } }\n`,
    },
    fix: 'Give the Service another address first, change what leads to the old one, and then shrink the pool.',
  },
  UPGRADE_IMMUTABLE: {
    meaning:
      'A field of an object changes that an API server never changes: the selector of a Deployment, the address of a Service, the role of a binding. Argo CD would fail to apply it, and the old object would stay as it is.',
    example: {
      of: 'upgrade',
      text: `before:\n  tunnels: [{ kind: cloudflare-tunnel, name: public, tunnelId: ${TUNNEL} }]\nafter:\n  tunnels: [{ kind: cloudflare-tunnel, name: outside, tunnelId: ${TUNNEL} }]\n`,
    },
    fix: 'Give the object another name, or delete it in the cluster first.',
  },
  UPGRADE_NOT_IN_PLACE: {
    meaning:
      'Something changes that a cluster keeps from its first start on: the ranges of pods and Services, whether it has both address families, the address of cluster DNS, etcd as its datastore. Nodes and Services keep what they were given, and new ones would not reach them.',
    example: {
      of: 'upgrade',
      text: `before: {}\nafter:\n  k3s: { clusterCidrs: [${NEXT_RANGE}] }\n`,
    },
    fix: 'Go back to what it was, or build a new cluster beside this one. For a cluster that was never started, take its folder in dist/ away and run again.',
  },
  UPGRADE_STEP: {
    meaning:
      'Kubernetes and Cilium are upgraded one minor release after another, and not back: a release knows how to take over from the one before it alone.',
    example: {
      of: 'upgrade',
      text: 'before:\n  k3s: { version: v1.32.5+k3s1 }\nafter:\n  k3s: { version: v1.34.6+k3s1 }\n',
    },
    fix: 'Go through the releases between, one at a time; wait until every node is up before the next.',
  },
  UPGRADE_UNCOMPARED: {
    meaning:
      'Files of the cluster were written before, and its network.json, by which the change is judged, is gone, may not be read or is damaged. The other findings of upgrades are not looked for then: that there are none says nothing. The objects of a manifest that is no YAML any more are not compared either.',
    example: {
      of: 'upgrade',
      text: "before: {}\nafter:\n  k3s: { version: v1.34.7+k3s1 }\nchanged:\n  network.json: ''\n",
    },
    fix: 'Bring the file back as it was committed (git checkout), or compare with a commit that has it whole (--against git:REF). For a cluster that was never started, take its folder in dist/ away.',
  },
} as const satisfies Readonly<Record<string, Entry>>;
