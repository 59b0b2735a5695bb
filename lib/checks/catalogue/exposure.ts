import { K3S_SERVICE_CIDR } from '../../net/well-known';
import { DOCUMENTATION } from '../../net/well-known-documentation';
import type { Entry } from './entry';

const { hosts, host6 } = DOCUMENTATION;

/** The sample's LAN as a network of strangers, with encrypted pods, so that only what is open remains to be said. */
const STRANGERS = 'networks:\n  lan: { trusted: false }\ncni: { backend: wireguard-native }\n';

/** What can be wrong with who reaches what. */
export const EXPOSURE_ENTRIES = {
  CALLER_LOCKED_OUT: {
    meaning:
      'Somebody is let in and can never get there: a party known by names alone, where a firewall lets in addresses; members of an overlay that none of the nodes is on; addresses of another family than those that are dialled; private addresses on a public network, which no router passes on. Or a node has nobody who could log in to it, or is to call others over a network that it is not on, such as that of storage that it mounts. Once the firewall is on, only a console helps.',
    example: {
      of: 'spec',
      text: 'networks:\n  tail: { kind: tailnet, interface: tailscale0 }\nfirewall: { kind: nftables, ssh: { from: [{ network: tail }] } }\n',
    },
    fix: 'Write the addresses under which these callers come, or give the nodes addresses on their network.',
  },
  HOST_NETWORK_UNGUARDED: {
    meaning:
      'An app uses the nodes’ own network, where network policies do not reach it, and the nodes have no firewall. A policy of its namespace seems to protect it and does nothing for it.',
    example: {
      of: 'spec',
      text: 'firewall: { kind: none }\napps:\n  relay: { namespace: relay, hostNetwork: true, ports: { stun: { container: 3478, protocol: udp } } }\n',
    },
    fix: 'Let a host firewall guard the nodes, or take the app off the host network.',
  },
  IPV6_UNGUARDED: {
    meaning:
      'Nodes have IPv6 addresses, pods have none, and what guards the nodes is the pod network. Cilium then drops every IPv6 packet of the nodes; Calico lets every one of them in.',
    example: {
      of: 'spec',
      text: `nodes:\n  two: { addresses: { lan: [${hosts[1]}, "${host6}"] } }\ncni: { kind: cilium }\nfirewall: { kind: none }\n`,
    },
    fix: 'Give pods and Services IPv6 ranges too (before the cluster’s first start), take the addresses away, or choose a firewall of the host.',
    seen: ['cilium/cilium#27484', 'cilium/cilium#33155'],
  },
  LOCAL_WITHOUT_ENDPOINT: {
    meaning:
      'A Service with `externalTrafficPolicy: Local` answers only on nodes with one of its pods, and its address may be announced by a node without any. While that node is the announcer, every packet to the Service is dropped.',
    example: {
      of: 'spec',
      text: `cni: { kind: cilium }\nfirewall: { kind: none }\nloadBalancers:\n  - { kind: cilium, pools: { main: { addresses: ${hosts[0].replace('.11', '.200')}, network: lan } } }\napps:\n  mqtt: { namespace: home, nodes: { names: [two] }, ports: { mqtt: 1883 }, loadBalancer: { externalTrafficPolicy: Local } }\n`,
    },
    fix: 'Run its pods on every node that announces, let only their nodes announce, or set `externalTrafficPolicy: Cluster`.',
    seen: ['cilium/cilium#27800', 'k3s-io/k3s#1652'],
  },
  PORT_EXPOSED: {
    meaning:
      'Something that was never made for strangers can be called from a network that is not trusted: the kubelet, etcd, a tunnel that asks nobody who he is, metrics, a dashboard; or something that robots try all day, such as SSH or the Kubernetes API. Without a host firewall that is all the nodes bind.',
    example: { of: 'spec', text: STRANGERS },
    fix: 'Name the networks or addresses that its operators call from, or choose a host firewall.',
    seen: ['k3s-io/k3s#977'],
  },
  PROXY_BYPASSED: {
    meaning:
      'Every name that an ingress serves is behind a proxy such as Cloudflare’s, and the ingress is open to anyone. Whoever knows or guesses its address calls it directly and goes past the proxy’s rules, its limits and its log.',
    example: {
      of: 'spec',
      text: `${STRANGERS}firewall: { kind: nftables, ssh: { from: [{ network: lan }] } }\ndns:\n  zones: { example.com: { proxied: true, originTls: full } }\n  records:\n    - { name: shop.example.com, type: CNAME, value: home.example.net, proxied: true }\n`,
    },
    fix: 'Set `allowFrom: [cloudflare]`.',
  },
  RULE_WITHOUT_USE: {
    meaning:
      'An opening is for callers that can never come: addresses of Services, which are dialled and never send; a daemon of Tailscale on nodes that are on no tailnet. It lets nobody in that is wanted, and who reads it believes in a way that does not exist.',
    example: {
      of: 'spec',
      text: `firewall: { kind: nftables, ssh: { from: [{ addresses: ${K3S_SERVICE_CIDR} }, { network: lan }] } }\n`,
    },
    fix: 'Write the addresses of those who call, or take the opening out.',
  },
} as const satisfies Readonly<Record<string, Entry>>;
