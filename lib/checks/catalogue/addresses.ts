import { K3S_CLUSTER_CIDR } from '../../net/well-known';
import { DOCUMENTATION } from '../../net/well-known-documentation';
import type { Entry } from './entry';

const { lan, other, others, pool6 } = DOCUMENTATION;

const tailnet = (routes: string) =>
  `networks:\n  tail: { kind: tailnet, interface: tailscale0 }\ntunnels:\n  - { kind: tailscale, network: tail, connectors: { router: { routes: [${routes}] } } }\n`;

/** What can be wrong with the kind, the family or the reach of addresses. */
export const ADDRESS_ENTRIES = {
  ADDRESS_NOT_PUBLIC: {
    meaning:
      'A node has an address on a network of kind `public` that the internet does not lead to: a private one (RFC 1918), a carrier’s (RFC 6598), one of documents or of multicast. Behind a provider’s translation such a machine works, and nobody can dial it; the last two kinds no machine has.',
    example: {
      of: 'spec',
      text: `networks:\n  wan: { kind: public, interface: eth1 }\nnodes:\n  two: { addresses: { wan: ${others[1]} } }\nfirewall: { kind: nftables, ssh: { from: [{ network: lan }] } }\n`,
    },
    fix: 'Write the address that the provider announces; or, where the machines share a prefix that only they reach, make the network one of kind `lan` with that prefix.',
  },
  FAMILY_MISMATCH: {
    meaning:
      'Addresses of one family meet others that have none of it: a pool of IPv6 addresses in a cluster whose Services have IPv4 alone, a virtual address of the API in a family that no server has, MinIO at IPv6 addresses behind an IPv4 Service, an AAAA record of a host whose ingress has IPv4 alone. Nothing is ever given such an address, nobody can bear it, or nobody answers there; Let’s Encrypt tries the AAAA record first. The reverse is reported, too: records of one family for an ingress that the internet reaches in both.',
    example: {
      of: 'spec',
      text: `loadBalancers:\n  - { kind: metallb, pools: { main: { addresses: "${pool6}", network: lan } } }\n`,
    },
    fix: 'Take the addresses of that family out, or give the other side ranges of it.',
    seen: ['acmesh-official/acme.sh#1028', 'letsencrypt/boulder#2770'],
  },
  POD_RANGE_SMALL: {
    meaning:
      'The pod range has not got a block for every node at the size that the spec asks for, or a block has fewer addresses than the kubelet takes pods (110). The nodes that come last, or the last pods of a node, get no address.',
    example: {
      of: 'spec',
      text: `k3s: { clusterCidrs: [${K3S_CLUSTER_CIDR.replace('/16', '/20')}] }\ncni: { kind: calico, blockSize: 20 }\n`,
    },
    fix: 'Use a shorter prefix for the pod range before the cluster’s first start, or other blocks.',
  },
  ROUTE_INCOMPLETE: {
    meaning:
      'A subnet router of a tailnet advertises a part of the pods, of the Services or of a pool, or none of an address that devices of the tailnet may call. Those devices reach some of the addresses and not others.',
    example: { of: 'spec', text: tailnet(K3S_CLUSTER_CIDR.replace('/16', '/17')) },
    fix: 'Advertise the prefixes that are named: together they are the whole range and nothing else.',
  },
  ROUTE_TOO_WIDE: {
    meaning:
      'A subnet router of a tailnet advertises more than what it is there for: nodes, routers and other people’s machines, or a whole LAN. Everyone the tailnet lets use the route reaches all of them, and a device that is on that LAN itself and takes the tailnet’s routes sends to its own neighbours around by the router.',
    example: { of: 'spec', text: tailnet(lan) },
    fix: 'Advertise the prefixes of the pool alone, or single machines.',
    seen: ['tailscale/tailscale#1164', 'k3s-io/k3s#9677'],
  },
  TAILNET_RANGE: {
    meaning:
      'The prefix of a tailnet holds addresses that Tailscale gives to no device. It gives them from the shared address space (RFC 6598) alone; the rest of what is written belongs to other people, whom every rule for the tailnet would let in.',
    example: { of: 'spec', text: `networks:\n  tail: { kind: tailnet, interface: tailscale0, prefix: ${other} }\n` },
    fix: 'Leave the prefix out: the default is Tailscale’s.',
  },
} as const satisfies Readonly<Record<string, Entry>>;
