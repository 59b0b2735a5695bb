import { DOCUMENTATION } from '../../net/well-known-documentation';
import type { Entry } from './entry';

const { hosts, other, others, wide } = DOCUMENTATION;

/** What can be wrong with K3s and with where things run. */
export const K3S_ENTRIES = {
  API_NAME_MISSING: {
    meaning:
      'Clients are let in to the Kubernetes API on a network whose addresses its certificate does not name. K3s puts the addresses of the node network in it, and what the spec names as endpoint or in `tlsNames`; kubectl refuses to speak to any other. It is an error where somebody else ends TLS at the endpoint itself: a proxy, a tunnel or the ingress.',
    example: {
      of: 'spec',
      text: `networks:\n  desk: { kind: lan, interface: eth1, prefix: ${other} }\nnodes:\n  one: { addresses: { desk: ${others[0]} } }\napi: { allowFrom: [{ network: desk }] }\n`,
    },
    fix: 'Name that network as `api.endpoint`, or write the addresses in `k3s.tlsNames`.',
  },
  ETCD_EVEN: {
    meaning:
      'etcd has an even number of members. It needs more than half of them: with two, the loss of either stops the cluster; with four, it survives one loss, as three do.',
    example: { of: 'spec', text: 'nodes:\n  two: { role: server }\n' },
    fix: 'Use one, three or five servers.',
  },
  ETCD_FAR: {
    meaning:
      'The members of etcd speak over a public network or a tailnet. K3s does not support embedded etcd across distant machines: a heartbeat is due every 100 ms, and a member that hears none for a second calls an election, during which nothing is decided.',
    example: {
      of: 'spec',
      text: `networks:\n  wan: { kind: public, interface: eth1, trusted: true }\nnodes:\n  one: { addresses: { wan: ${wide[0]} } }\n  two: { role: server, addresses: { wan: ${wide[1]} } }\n  three: { role: server, addresses: { wan: ${wide[2]} } }\nk3s: { nodeNetwork: wan }\n`,
    },
    fix: 'Put the servers on a private network of the provider’s, or use one server. Machines of one datacentre are near enough: accept it with that reason.',
  },
  LEASE_TOO_SHORT: {
    meaning:
      'The times of the election for the API’s virtual address do not grow: a lease must outlast its renewal, and a renewal must have time for another try. The library refuses anything else, so that kube-vip ends at its start and nobody bears the address; if it did not, two servers would bear it at once.',
    example: {
      of: 'spec',
      text: `api: { endpoint: { vip: ${hosts[0].replace('.11', '.10')}, network: lan } }\nloadBalancers:\n  - { kind: kube-vip, controlPlane: { leaseSeconds: 3, renewSeconds: 3 } }\n`,
    },
    fix: 'Let them grow: retry, renewal, lease, such as 1, 3 and 5 seconds.',
    seen: ['kube-vip/kube-vip#283', 'kube-vip/kube-vip#845', 'kube-vip/kube-vip#788', 'kube-vip/kube-vip#941'],
  },
  NODE_PORT_HELD: {
    meaning:
      'A process of the nodes binds a port of the range from which Kubernetes gives NodePorts. A Service that is given that number takes its packets away, some day.',
    example: { of: 'spec', text: 'apps:\n  relay: { namespace: relay, hostNetwork: true, ports: { relay: 30080 } }\n' },
    fix: 'Give the process another port, or keep the range clear of it with `k3s.nodePorts`.',
  },
  OPTION_IGNORED: {
    meaning:
      'An option is written that another choice makes without effect. What its author wanted does not happen, and nothing else would say so.',
    example: { of: 'spec', text: 'k3s: { proxy: { scheduler: lc } }\n' },
    fix: 'Take the option out, or make the choice that reads it.',
  },
  REPLICAS_TOO_MANY: {
    meaning:
      'A component is to have more pods than there are nodes for them. Those of Cilium’s operator use the nodes’ own ports: one of them would never start, and the release would never be ready. Those of a tunnel would share a node and fail together.',
    example: { of: 'spec', text: 'cni: { kind: cilium, operatorReplicas: 3 }\nfirewall: { kind: none }\n' },
    fix: 'Use as many pods as there are nodes, or leave the number out.',
  },
  WORKLOAD_UNPLACED: {
    meaning:
      'Every node on which pods may run bears a taint that they do not tolerate, so that they wait for ever. Of an app only its own manifests say what it tolerates: there it is a warning. The same holds for images: the scheduler does not look at the architecture they are built for.',
    example: {
      of: 'spec',
      text: 'nodes:\n  one: { taints: ["dedicated=shop:NoSchedule"] }\n  two: { taints: ["dedicated=shop:NoSchedule"] }\n',
    },
    fix: 'Leave one node without a taint, let the pods run on other nodes, or give them a toleration; name nodes of an architecture that the image is built for.',
  },
} as const satisfies Readonly<Record<string, Entry>>;
