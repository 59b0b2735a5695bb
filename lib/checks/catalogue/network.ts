import { K3S_CLUSTER_CIDR } from '../../net/well-known';
import { DOCUMENTATION } from '../../net/well-known-documentation';
import type { Entry } from './entry';

/** What can be wrong with addresses, ports and sizes. */
export const NETWORK_ENTRIES = {
  ADDRESS_OUTSIDE_NETWORK: {
    meaning:
      'An address lies outside the prefix it has to lie in: a node or a router outside its network, a pool outside the network it is announced on, cluster DNS outside the Service range.',
    example: { of: 'spec', text: `nodes:\n  two: { addresses: { lan: ${DOCUMENTATION.elsewhere} } }\n` },
    fix: 'Use an address of the prefix that is named, or correct the prefix.',
  },
  ADDRESS_OVERLAP: {
    meaning:
      'Two owners claim the same addresses. Pods or Services whose range covers part of a network cannot reach it, and two machines with one address take turns in losing their connections. Both owners are named, and a free range is proposed where a range can move.',
    example: {
      of: 'spec',
      text: `networks:\n  storage: { kind: lan, interface: eth1, prefix: ${K3S_CLUSTER_CIDR} }\n`,
    },
    fix: 'Move the range that is easier to move. The pod and Service ranges of a cluster cannot be changed once it runs, so check them before its first start.',
    seen: [
      'k3s-io/k3s#588',
      'k3s-io/k3s#93',
      'k3s-io/k3s#179',
      'k3s-io/k3s#8911',
      'cilium/cilium#13766',
      'cilium/cilium#31504',
      'projectcalico/calico#962',
      'metallb/metallb#364',
      'metallb/metallb#2700',
    ],
  },
  ADDRESS_UNUSABLE: {
    meaning:
      'An address is the first or the last of its IPv4 network: the network address or the broadcast address. Machines of that network take it for all of them, so that a node, a router or a load balancer that had it could not be called.',
    example: { of: 'spec', text: `nodes:\n  two: { addresses: { lan: ${DOCUMENTATION.broadcast} } }\n` },
    fix: 'Use another address of the network; of a range, leave the first or last address out.',
  },
  MTU_TOO_SMALL: {
    meaning:
      'What is left of a link after its tunnels is smaller than the smallest packet its address family allows (IPv4 576, IPv6 1280). The message shows the sum, layer by layer.',
    example: { of: 'spec', text: 'networks:\n  lan: { mtuBytes: 600 }\n' },
    fix: 'Raise the MTU of the link below, or use one tunnel fewer.',
    seen: [
      'k3s-io/k3s#5101',
      'k3s-io/k3s#1608',
      'flannel-io/flannel#1567',
      'kube-hetzner/terraform-hcloud-kube-hetzner#2027',
      'kube-hetzner/terraform-hcloud-kube-hetzner#847',
      'cilium/cilium#37919',
    ],
  },
  PORT_TWICE: {
    meaning: 'Two processes bind one port of one node on addresses that meet. The second of them would not start.',
    example: {
      of: 'spec',
      text: 'apps:\n  proxy: { namespace: proxy, hostNetwork: true, nodes: agents, ports: { https: 443 } }\n',
    },
    fix: 'Give one of them another port, or put them on different nodes.',
  },
} as const satisfies Readonly<Record<string, Entry>>;
