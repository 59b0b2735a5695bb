import { K3S, loopback4 } from '../../net/well-known';
import { PORTS } from '../../net/well-known-ports';
import { podFamilies } from '../../plan/cluster-ranges';
import type { Note } from '../../plan/declares';
import type { Cluster } from '../../spec/cluster';
import { routeMtu } from './mtu';
import { NAMESPACE } from './names';
import type { CiliumOptions } from './options';
import { partsOf } from './parts';
import { tunnelOf, WIREGUARD_DEVICE } from './routing';
import { operatorReplicas } from './values';

/** What the document says of Cilium beyond tables. */
export function ciliumNotes(options: CiliumOptions, spec: Cluster): Note[] {
  const notes: Note[] = [
    { section: 'pod-network', title: 'How pod traffic travels', text: travels(options, spec) },
    { section: 'pod-network', title: 'What is encrypted between nodes', text: encryption(options, spec) },
    { section: 'operations', title: 'Cilium’s own way to the API', text: start(options, spec) },
  ];
  if (operatorReplicas(options, spec) > 1)
    notes.push({ section: 'first-server', title: 'Cilium’s operator while there is one node', text: ONE_NODE });
  if (options.kubeProxyReplacement)
    notes.push({ section: 'services', title: 'How Services are routed', text: services(spec) });
  if (partsOf(options).includes('relay'))
    notes.push({ section: 'operations', title: 'Watching traffic with Hubble', text: hubble(options) });
  return notes;
}

const ONE_NODE =
  'Replicas of Cilium’s operator share no node: until a second node has joined, one is Running and the others are Pending. That is no fault, and nothing waits for them.';

function travels(options: CiliumOptions, spec: Cluster): string {
  const tunnel = tunnelOf(options);
  const network = spec.k3s.nodeNetwork;
  const way =
    tunnel === undefined
      ? `Packets to pods of other nodes are routed on ${network} as they are; each agent sets a route to every other node's range, which works only where the nodes share a link.`
      : `Packets to pods of other nodes leave by \`${tunnel.device}\`, inside ${tunnel.label} on UDP ${tunnel.port}, between the nodes' addresses on ${network}.${wrapped(options, spec)}`;
  return [
    "Cilium's agent on every node connects each pod by a device `lxc…` and decides in the kernel (eBPF) where its packets go; pods of one node reach each other without leaving it.",
    way,
    `A pod's device has the MTU of the node's link; its routes to other nodes have what is left: ${routeMtu(options, spec)}.`,
    `Each node's range of pod addresses is a /${options.nodeMaskBits} of ${spec.k3s.clusterCidrs.join(' and ')}, given out by Cilium's operator and not by K3s.`,
  ].join(' ');
}

/** The wire shows nothing of a tunnel that is encrypted as a whole. */
function wrapped({ encryption: by }: CiliumOptions, spec: Cluster): string {
  if (by !== 'wireguard') return '';
  return ` Those packets in turn travel in WireGuard: what carries pods on the wire of ${spec.k3s.nodeNetwork} is UDP ${PORTS.ciliumWireguard.range}, and the tunnel's own port is seen on \`${WIREGUARD_DEVICE}\` alone.`;
}

function encryption(options: CiliumOptions, spec: Cluster): string {
  const network = spec.k3s.nodeNetwork;
  const clear = `whoever can capture packets on ${network} reads what they did not encrypt themselves.`;
  if (options.encryption === 'none') return `Nothing encrypts traffic between pods of different nodes: ${clear}`;
  const carried = tunnelOf(options) === undefined ? '' : ' The tunnel’s packets are encrypted as a whole.';
  const port = PORTS.ciliumWireguard.range;
  const how =
    options.encryption === 'wireguard'
      ? `WireGuard (UDP ${port}, keys made and exchanged by the agents)`
      : `IPsec (ESP, with the key in the Secret ${NAMESPACE}/cilium-ipsec-keys)`;
  const first = `${how} encrypts what a pod sends to a pod of another node.${carried}`;
  const nodes =
    options.encryption === 'wireguard' && options.nodeEncryption
      ? `Agents' own traffic (host network) is encrypted too. Servers take no part in that, by Cilium's own choice: a server whose key is not known yet could not be reached. What a server's own processes send or are sent is in clear: ${clear}`
      : `It does not cover processes on the host network, in either direction: what a node itself, or a pod on the host network, sends to a pod elsewhere, and what a pod sends to another node${options.hostFirewall && tunnelOf(options) !== undefined ? ', which goes by the tunnel and may be encrypted all the same: Cilium promises nothing of it' : ''}. Of these ${clear}`;
  const families = podFamilies(spec);
  const dropped = families.includes(6) ? 'IPv4 packets from pod to pod' : 'Packets from pod to pod';
  const strict =
    options.encryption === 'wireguard' && options.strictEncryption && families.includes(4)
      ? ` ${dropped} that would leave in clear are dropped.`
      : ' For a moment after a pod starts, before other nodes know it, what it is sent may travel in clear.';
  return `${first} ${nodes}${strict}`;
}

function start({ kubeProxyReplacement }: CiliumOptions, spec: Cluster): string {
  const why = kubeProxyReplacement
    ? 'Cilium itself makes Services work, so it cannot begin with one'
    : 'the pod network comes before Services do';
  return [
    `Agents and operator call the Kubernetes API at ${loopback4}:${K3S.lbServerPort}, K3s's own load balancer on every node: ${why}, and the API's virtual address, if there is one, is not needed either.`,
    ...(spec.gitops === undefined
      ? []
      : [
          `K3s installs the chart at the first start; Argo CD then takes over the same release, and never deletes it. Once it is healthy there, hand it over like Argo CD's own: \`kubectl -n ${NAMESPACE} annotate helmchart cilium helmcharts.helm.cattle.io/unmanaged=true\`, and the empty \`.skip\` file.`,
        ]),
    `\`kubectl -n ${NAMESPACE} exec ds/cilium -- cilium-dbg status --verbose\` shows what an agent runs with.`,
  ].join(' ');
}

function services(spec: Cluster): string {
  return [
    'Cilium routes Services in place of kube-proxy, which K3s does not start: the destination is chosen as a process connects, or as the packet enters the node, before netfilter sees it.',
    `There is no route for ${spec.k3s.serviceCidrs.join(' and ')}, and iptables shows nothing of it: \`cilium-dbg service list\` does.`,
  ].join(' ');
}

function hubble({ hubble: wanted }: CiliumOptions): string {
  return [
    'Nothing outside calls Hubble. To look at flows from an operator’s machine:',
    `\`kubectl -n ${NAMESPACE} port-forward svc/hubble-relay 4245:80\`, then \`hubble observe --verdict DROPPED -f\`.`,
    ...(wanted?.ui === true ? [`Its pages: \`kubectl -n ${NAMESPACE} port-forward svc/hubble-ui 12000:80\`.`] : []),
    'Its certificates are made in the cluster by a job and renewed every four months; they stand in no file here.',
  ].join(' ');
}
