import { podFamilies } from '../../plan/cluster-ranges';
import type { Note } from '../../plan/declares';
import { networkEncryption } from '../../plan/network-kind';
import type { Cluster } from '../../spec/cluster';
import { encapsulationOf, isBare, WIREGUARD } from './encapsulation';
import { blockLength } from './installation';
import { podMtu } from './mtu';
import { NAMESPACE, RELEASE } from './names';
import type { CalicoOptions } from './options';
import { tunnelPools } from './tunnel-pools';

/** What the document says of Calico beyond tables. */
export function calicoNotes(options: CalicoOptions, spec: Cluster): Note[] {
  return [
    { section: 'pod-network', title: 'How pod traffic travels', text: travels(options, spec) },
    { section: 'pod-network', title: 'Who runs Calico', text: parts(options, spec) },
    { section: 'operations', title: 'How Calico starts', text: start(spec) },
    { section: 'operations', title: 'Looking into Calico', text: LOOKING },
  ];
}

function travels(options: CalicoOptions, spec: Cluster): string {
  return [
    'Each pod has a device `cali…` on its node, and the node routes to it: there is no bridge, and pods of one node reach each other without leaving it.',
    way(options, spec),
    `MTU of every pod: ${podMtu(options, spec)}.`,
    secrecy(options, spec),
    `Nodes take addresses from ${spec.k3s.clusterCidrs.join(' and ')} in blocks of ${blocks(options, spec)}, as many as they need and when they need them; the range that Kubernetes gives each node is not used.`,
    ...apart(options, spec),
    options.natOutgoing
      ? "What a pod sends to anyone but pods leaves under its node's address."
      : "What a pod sends leaves under the pod's own address: whoever answers needs a route to it.",
  ].join(' ');
}

function apart(options: CalicoOptions, spec: Cluster): string[] {
  const pools = tunnelPools(options, spec).map(({ prefix }) => String(prefix));
  if (pools.length === 0) return [];
  return [
    `A node's own tunnel address comes from ${pools.join(' and ')}, which no pod draws from: by it policies know what a node sends to pods of other nodes. On a cluster that had no such pool, each node changes its tunnel address when the Installation is applied, and connections from nodes to pods of other nodes break once.`,
  ];
}

function blocks(options: CalicoOptions, spec: Cluster): string {
  return podFamilies(spec)
    .map((family) => `/${blockLength(options, family)}`)
    .join(' and ');
}

function way(options: CalicoOptions, spec: Cluster): string {
  const tunnel = encapsulationOf(options);
  const network = spec.k3s.nodeNetwork;
  if (tunnel.name === 'none')
    return `Packets to pods of other nodes are routed on ${network} as they are, which works only where the nodes share a link or their routers know the pods' ranges by BGP.`;
  const devices = podFamilies(spec)
    .flatMap((family) => tunnel.devices[family] ?? [])
    .map((name) => `\`${name}\``)
    .join(' and ');
  const port =
    tunnel.name === 'vxlan' ? "VXLAN on UDP 4789, IANA's port for it" : 'IP-in-IP, which is a protocol and has no port';
  const bare = tunnel.bareInSubnet
    ? ' Between nodes of one subnet they travel as they are.'
    : podFamilies(spec).some((family) => isBare(tunnel, family))
      ? ' IPv6 travels as it is, for IP-in-IP carries IPv4 alone.'
      : '';
  return `Packets to pods of other nodes leave by ${devices}, inside ${port}, between the nodes' addresses on ${network}.${bare}`;
}

function secrecy(options: CalicoOptions, spec: Cluster): string {
  const network = spec.k3s.nodeNetwork;
  if (options.wireguard)
    return `Between nodes ${WIREGUARD.label} encrypts what a pod sends to a pod, in place of the tunnel, once both nodes have each other's keys; what a node's own processes send is not covered.`;
  const encryption = networkEncryption(spec, network);
  return encryption === undefined
    ? `Between nodes nothing encrypts it: whoever can capture packets on ${network} reads what the pods did not encrypt themselves.`
    : `Between nodes it is encrypted by ${encryption}.`;
}

function parts({ bgp }: CalicoOptions, spec: Cluster): string {
  return [
    `The Tigera operator (namespace \`${NAMESPACE}\`) keeps what its Installation \`default\` asks for; the rest runs in \`calico-system\`.`,
    `On every node \`calico-node\` holds Felix, which programs routes and rules${bgp ? ', and BIRD, which tells other nodes of them by BGP' : '; BGP is off, and no BIRD runs'}.`,
    'Typha watches the API server and tells all nodes what it hears, so that the API server has a few clients and not one for each node; the operator chooses how many of it run.',
    `Felix writes ${spec.k3s.proxy.mode === 'nftables' ? 'nftables' : 'iptables'} rules, as kube-proxy does, which goes on routing Services.`,
    "Calico's own API server is off: its kinds are `crd.projectcalico.org/v1`, and `projectcalico.org/v3` does not exist here.",
  ].join(' ');
}

function start(spec: Cluster): string {
  return [
    "K3s installs the operator's chart at the first start, from a pod on the host network. The chart of this version holds no definitions: the operator brings them itself as it starts, and K3s tries the Installation again until they are there. Nodes are `NotReady` until then.",
    ...(spec.gitops === undefined
      ? []
      : [
          `Argo CD then takes over the same release, and never deletes it. Once it is healthy there, hand it over like Argo CD's own: \`kubectl -n kube-system annotate helmchart ${RELEASE} helmcharts.helm.cattle.io/unmanaged=true\`, and the empty \`.skip\` file.`,
        ]),
    'The address range, the size of its blocks and their encapsulation are read when the cluster first starts; changing them later takes a new pool beside the old one.',
    'Where NetworkManager runs on a node, it must leave `cali*`, `tunl*`, `vxlan.calico` and `wireguard.cali` alone (`unmanaged-devices` in its configuration).',
  ].join(' ');
}

const LOOKING = [
  '`kubectl get tigerastatus` says whether the operator is content, and why not.',
  '`kubectl -n calico-system logs ds/calico-node` shows what Felix does on a node.',
  '`kubectl get blockaffinities.crd.projectcalico.org` lists which node holds which block of addresses.',
].join(' ');
