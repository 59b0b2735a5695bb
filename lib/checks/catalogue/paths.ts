import { DOCUMENTATION, THROWAWAY_KEYS } from '../../net/well-known-documentation';
import type { Entry } from './entry';

const { other, others } = DOCUMENTATION;

/** An overlay that every node of the sample is on. */
const OVERLAY = `networks:\n  overlay: { kind: wireguard, interface: wg0, prefix: ${other}, over: lan, port: 51900 }\nnodes:\n  one: { addresses: { overlay: ${others[0]} }, wireguard: { overlay: { publicKey: ${THROWAWAY_KEYS[0]} } } }\n  two: { addresses: { overlay: ${others[1]} }, wireguard: { overlay: { publicKey: ${THROWAWAY_KEYS[1]} } } }\n`;

/** What can be wrong with what packets go through: sizes, encryption, overlays. */
export const PATH_ENTRIES = {
  ENCRYPTED_TWICE: {
    meaning:
      'Traffic is encrypted by the pod network and once more by the overlay or tailnet that carries it. It costs time on every packet and bytes of every packet, and protects from nobody further.',
    example: {
      of: 'spec',
      text: `${OVERLAY}k3s: { nodeNetwork: overlay }\ncni: { kind: flannel, backend: wireguard-native }\ningress:\n  - { kind: traefik, mode: host-network, network: lan }\n`,
    },
    fix: 'Turn one of the two off: that of the pod network where everything between the nodes goes over the overlay.',
  },
  FLOW_IN_CLEAR: {
    meaning:
      'Something crosses a network that is not trusted without encryption, alone or inside VXLAN or Geneve, which only wrap; or a gateway answers callers from beyond its LAN so. Whoever can capture packets there reads it; what rides there is listed.',
    example: {
      of: 'spec',
      text: 'networks:\n  lan: { trusted: false }\nfirewall: { kind: nftables, ssh: { from: [{ network: lan }] } }\n',
    },
    fix: 'Let the pod network encrypt what it carries, put an overlay below it, or say that the network is trusted. What protects a call to an outside party, or the callers of a gateway’s port, is written as `encryptedBy`.',
    seen: ['k3s-io/k3s#1104', 'xetys/hetzner-kube#139'],
  },
  MTU_DIFFERS: {
    meaning:
      'Links of one network take packets of different sizes. Machines of one broadcast domain are not told when a packet is too large for their neighbour: it is lost in silence, and what is seen is that small answers come and large ones do not.',
    example: { of: 'spec', text: 'nodes:\n  two: { mtuBytes: { lan: 1400 } }\n' },
    fix: 'Set the links to one size, the smallest that all of them can have.',
  },
  MTU_TOO_LARGE: {
    meaning:
      'A size that the spec states for an overlay, for pods or for TCP segments is larger than what is left of the link that carries it. The message has the sum. Full packets are lost or cut up on the way: handshakes hang while ping works.',
    example: { of: 'spec', text: 'cni: { kind: calico, mtuBytes: 1500 }\n' },
    fix: 'Leave the size out, so that it follows from the link, or use the one that is proposed.',
  },
  ORIGIN_IN_CLEAR: {
    meaning:
      'Cloudflare serves names by HTTPS and fetches them from the cluster by plain HTTP (`originTls: flexible`). Visitors see a closed lock, and whoever is between Cloudflare and the nodes reads and changes what they send.',
    example: {
      of: 'spec',
      text: 'dns:\n  zones: { example.com: { proxied: true, originTls: flexible } }\n  records:\n    - { name: shop.example.com, type: CNAME, value: home.example.net, proxied: true }\n',
    },
    fix: 'Give the ingress a certificate (Cloudflare’s origin certificates will do) and set `originTls: strict`, or bring the names in by a tunnel.',
  },
  OVERLAY_UNUSED: {
    meaning:
      'Every node is on an overlay over which nothing goes, since K3s and the pod network were told to use another network. A cluster looks encrypted in its document, and is not on the wire.',
    example: {
      of: 'spec',
      text: OVERLAY,
    },
    fix: 'Name the overlay as `k3s.nodeNetwork`: node addresses, etcd, kubelet and the pod network follow from it.',
    seen: ['k3s-io/k3s#7355', 'k3s-io/k3s#6177'],
  },
} as const satisfies Readonly<Record<string, Entry>>;
