import { anywhere4, anywhere6 } from '../../net/well-known';
import { podFamilies } from '../../plan/cluster-ranges';
import type { Note } from '../../plan/declares';
import { kindWord } from '../../plan/flow';
import { isWireguard, networkEncryption } from '../../plan/network-kind';
import { hostnameOf, startOrder } from '../../plan/nodes';
import { outerFamilies } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
import { fenced } from '../../text/markdown';
import { told } from '../told';
import { BACKENDS, backendBefore, type Backend } from './backend';
import { deviceMtuOf, mtuOf } from './mtu';
import type { FlannelOptions } from './options';
import { SHOW_RANGES } from './tunnel-addresses';

/** Where K3s writes Flannel's configuration. Source: k3s pkg/agent/flannel. */
const NET_CONF = '/var/lib/rancher/k3s/agent/etc/flannel/net-conf.json';

/** What the document says of the pod network beyond tables. */
export function notes(options: FlannelOptions, spec: Cluster): Note[] {
  const backend = BACKENDS[options.backend];
  const found: Note[] = [
    { section: 'pod-network', title: 'How pod traffic travels', text: travels(backend, spec) },
    { section: 'pod-network', title: 'Flannel’s configuration', text: netConf(backend, spec) },
    { section: 'operations', title: 'Changing Flannel’s backend', text: changing(options, spec) },
    ...(backend.ports === undefined ? ranges(spec) : []),
  ];
  const before = backendBefore(options);
  if (before !== undefined)
    found.push({ section: 'operations', title: 'Migration in progress', text: migration(before, backend, spec) });
  return found;
}

function travels(backend: Backend, spec: Cluster): string {
  const network = spec.k3s.nodeNetwork;
  const local =
    'Flannel runs inside the k3s process of every node. Pods of one node reach each other by the bridge `cni0`; their packets never leave the node.';
  const encryption = backend.encryptedBy ?? networkEncryption(spec, network);
  const secrecy = encryption
    ? `Between nodes it is encrypted by ${encryption}.`
    : `Between nodes nothing encrypts it: whoever can capture packets on ${network} reads what the pods did not encrypt themselves.`;
  if (backend.ports === undefined)
    return `${local} Packets to pods of other nodes are routed on ${network} as they are, without a tunnel. ${secrecy}${byRange(spec)}`;
  const port = backend.ports[4];
  const ports = {
    vxlan: `UDP ${port}, Linux's own default for VXLAN (IANA's is 4789)`,
    'wireguard-native': outerFamilies(spec)
      .map((family) => `UDP ${backend.ports?.[family]?.toString() ?? ''} over IPv${family}`)
      .join(' and '),
    'host-gw': '',
  }[backend.name];
  const device = podFamilies(spec)
    .flatMap((family) => backend.devices[family] ?? [])
    .map((name) => `\`${name}\``)
    .join(' and ');
  return `${local} Packets to pods of other nodes leave by ${device}, inside ${ports}, between the nodes' addresses on ${network}. ${secrecy} MTU of every pod: ${mtuOf(backend, spec)}.${tooLarge(backend, spec)}`;
}

/** WireGuard's peers take from a node its pods' packets, too, where they know which those are. */
function byRange(spec: Cluster): string {
  return isWireguard(spec, spec.k3s.nodeNetwork)
    ? ` A peer on ${spec.k3s.nodeNetwork} takes them because its \`AllowedIPs\` name the sender's \`observedPodRange\`.`
    : '';
}

/** What those ranges are, and what to do when a node has another. */
function ranges(spec: Cluster): Note[] {
  if (!isWireguard(spec, spec.k3s.nodeNetwork)) return [];
  const observed = Object.values(spec.nodes).flatMap(({ observedPodRange }) => observedPodRange ?? []);
  return [
    told(
      'AllowedIPs',
      ' = ',
      observed,
      `${kindWord('pod')}: the range of each peer’s pods, whose packets travel on ${spec.k3s.nodeNetwork} as they are`,
    ),
    {
      section: 'operations',
      title: 'When a node has another pod range',
      text: [
        'Kubernetes gives ranges out in joining order, and another one to a node that joins anew. So at the first start, and whenever a node has joined, compare them with the spec:',
        fenced('sh', [SHOW_RANGES]),
        'Until `observedPodRange` of each node says what this shows, and every node has its new files, pods of a node with another range reach no others.',
      ].join('\n\n'),
    },
  ];
}

/** Where the kernel grants a tunnel less than pods are given. */
function tooLarge(backend: Backend, spec: Cluster): string {
  const pods = mtuOf(backend, spec);
  const device = backend.devices[6];
  const granted = deviceMtuOf(backend, 6, spec);
  if (device === undefined || !podFamilies(spec).includes(6) || granted.bytes >= pods.bytes) return '';
  return ` Over IPv6 the kernel grants \`${device}\` ${granted} and no more: of a larger packet a pod is told so by its own node (ICMPv6, packet too big), and sends a smaller one.`;
}

function netConf(backend: Backend, spec: Cluster): string {
  const [four, six] = [4, 6].map((family) => spec.k3s.clusterCidrs.find((cidr) => cidr.family === family));
  const conf = {
    Network: String(four ?? anywhere4),
    EnableIPv6: six !== undefined,
    EnableIPv4: four !== undefined,
    IPv6Network: String(six ?? anywhere6),
    Backend: backend.netConf,
  };
  return [
    `K3s writes \`${NET_CONF}\` on each node from its flags; it holds these values:`,
    '',
    '```json',
    JSON.stringify(conf, null, 2),
    '```',
  ].join('\n');
}

function changing(options: FlannelOptions, spec: Cluster): string {
  return [
    `The backend is \`${options.backend}\`. To change it: write the new \`backend\` with \`migrating: true\`, synthesise, and apply every node's firewall first, so that the ports of both backends are open.`,
    `Then, one node at a time and in this order, copy the new config, restart K3s and reboot the node to clear the old device: ${order(spec)}.`,
    ...(spec.k3s.datastore === 'etcd'
      ? ['Wait until a server is Ready before you go on to the next: etcd needs its majority.']
      : []),
    'Between the first restart and the last, pods of nodes with different backends cannot reach each other.',
    'When all nodes have changed, take `migrating` out, synthesise and apply the firewall again.',
  ].join(' ');
}

function migration(before: Backend, after: Backend, spec: Cluster): string {
  return `The nodes move from \`${before.name}\` to \`${after.name}\`; the ports of both are open. Order: ${order(spec)}.`;
}

/** Servers before agents, as K3s wants it; the first of them by name. */
function order(spec: Cluster): string {
  return startOrder(spec)
    .map((name) => `\`${hostnameOf(spec, name)}\``)
    .join(', then ');
}
