import type { Note } from '../../plan/declares';
import { kindWord } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import { hostnameOf, nodeOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { runsK3s } from '../../spec/orchestrator';
import { code, fenced, numbered } from '../../text/markdown';
import { told } from '../told';
import { asPrefix, confPath, keyPath, presharedPath, withLength } from './conf';
import { peersOf, type Member, type Overlay } from './overlay';
import { unitOf } from './units';

/** What an operator has to know and to do for one overlay. */
export function notesOf(overlay: Overlay, spec: Cluster): Note[] {
  const { name } = overlay;
  return [
    { section: 'nodes', title: `The overlay ${name}`, text: shape(overlay, spec) },
    ...addressNotes(overlay, spec),
    { section: 'first-start', title: `Keys and tunnels of ${name}`, text: firstStart(overlay, spec) },
    { section: 'operations', title: `Changing the overlay ${name}`, text: changing(overlay, spec) },
  ];
}

function shape(overlay: Overlay, spec: Cluster): string {
  const { name, network, members, hub, mtu } = overlay;
  const hidden = members.filter(({ behindNat }) => behindNat).map(({ node }) => code(node));
  const named = hidden.join(', ');
  return [
    hub === undefined
      ? `Every two nodes keep a WireGuard tunnel, UDP ${network.port} on ${code(network.over)}.`
      : `Every node keeps a WireGuard tunnel to ${code(hub.node)}, UDP ${network.port} on ${code(network.over)}; what two other nodes say to each other is opened and sealed again there.`,
    hidden.length === 0
      ? `The port is open to the peers' addresses alone.`
      : `${named} ${hidden.length === 1 ? 'is' : 'are'} behind NAT and cannot be dialled: from there a packet every 25 seconds keeps the way back open, and the port of every node that they dial is open to anyone, since nobody knows beforehand under which address they come. WireGuard answers no packet that its keys do not fit.`,
    `A peer's own packets are taken under its address on ${code(name)} and under no other. MTU: ${String(mtu)}.`,
    ...waiters(overlay, spec).map(
      ({ product }) =>
        `${product} waits for it at every start, does not start without it, and is restarted when it is.`,
    ),
    'The spec holds public keys. Private keys lie on the machines alone.',
  ].join(' ');
}

/** What each end is told of its own address on the overlay, and of its peers'. */
function addressNotes(overlay: Overlay, spec: Cluster): Note[] {
  const { name, members, network, hub } = overlay;
  const kind = kindWord(addressKind(spec, name));
  const own = members.flatMap(({ addresses }) => addresses.map((address) => withLength(overlay, address)));
  const peers = members.flatMap(({ addresses }) => addresses.map(asPrefix));
  return [
    told('Address', ' = ', own, `${kind}: each node’s own end of ${code(network.interface)}`),
    told(
      'AllowedIPs',
      ' = ',
      peers,
      `${kind}: each peer’s own${hub === undefined ? '' : `, and of ${code(hub.node)}, the hub, all of ${code(name)}`}; what is for these goes into that peer’s tunnel, and what comes out of it is from them`,
    ),
  ];
}

/** The member that stands for all in a command: one with the interface that the network names. */
function typical({ members, network }: Overlay): Member {
  const found = members.find(({ device }) => device === network.interface) ?? members[0];
  if (found === undefined) throw new Error('an overlay has members');
  return found;
}

/** How the script is called on a node. */
const SETUP = 'sudo host-setup/host-setup.sh';

function firstStart(overlay: Overlay, spec: Cluster): string {
  const member = typical(overlay);
  const { name, network, members } = overlay;
  return [
    `On ${who(members, spec)} ${code(keyPath(member))} must hold the private key whose public key stands in the spec. Where there is none yet:`,
    fenced('sh', [
      'sudo apt-get update && sudo apt-get install -y wireguard-tools',
      '# the private key stays in its file; what is printed is the public key, and its line in the spec',
      `${SETUP} keys wayleave`,
    ]),
    `Write what it prints in the spec at ${code(`nodes.NODE.wireguard.${name}.publicKey`)}, synthesise, and carry the files of every node again.`,
    ...(network.presharedKeys ? preshared(overlay) : []),
    `The step below brings the tunnels up${before(overlay, spec)}. Then ${code(`sudo wg show ${member.device}`)} tells the latest handshake with each peer, as soon as both ends are up and something is sent.`,
    ...otherNames(overlay),
  ].join('\n\n');
}

function preshared(overlay: Overlay): string[] {
  const a = typical(overlay);
  const [b] = peersOf(overlay, a);
  if (b === undefined) return [];
  const [one, other] = [presharedPath(a, b), presharedPath(b, a)].map(code);
  const where = one === other ? `${one ?? ''} on both` : `${one ?? ''} on the one and ${other ?? ''} on the other`;
  return [
    `Every two peers also need a file in common, readable by root alone. For ${code(a.node)} and ${code(b.node)}: ${code('wg genpsk')} on one of them, its output in ${where}. Which files a node needs stands in its ${code(confPath(a))}.`,
  ];
}

/** Where a node calls the interface otherwise, its commands are others too. */
function otherNames(overlay: Overlay): string[] {
  const first = typical(overlay).device;
  const others = overlay.members.filter(({ device }) => device !== first);
  if (others.length === 0) return [];
  const names = others.map(({ node, device }) => `${code(device)} on ${code(node)}`).join(', ');
  return [`The interface is ${code(first)}, but ${names}: there the names of files and units change with it.`];
}

function who(members: readonly Member[], spec: Cluster): string {
  const names = members.map(({ node }) => code(hostnameOf(spec, node)));
  return names.length === Object.keys(spec.nodes).length ? 'every node' : names.join(', ');
}

/** Whose addresses are the overlay's, so that it starts behind it. */
interface Waiter {
  readonly product: string;
  readonly units: readonly string[];
  readonly why: string;
}

function waiters(overlay: Overlay, spec: Cluster): Waiter[] {
  const { name, members } = overlay;
  const roles = new Set(members.map(({ node }) => nodeOf(spec, node).role));
  const device = code(typical(overlay).device);
  return [
    ...(runsK3s(spec) && spec.k3s.nodeNetwork === name
      ? [
          {
            product: 'K3s',
            units: [...(roles.has('server') ? ['k3s'] : []), ...(roles.has('agent') ? ['k3s-agent'] : [])],
            why: `Flannel's device hangs on ${device}`,
          },
        ]
      : []),
    ...(spec.swarm?.network === name
      ? [{ product: 'Docker', units: ['docker'], why: `the Swarm binds addresses of ${device}` }]
      : []),
  ];
}

function before(overlay: Overlay, spec: Cluster): string {
  const products = waiters(overlay, spec).map(({ product }) => product);
  return products.length === 0 ? '' : `, before ${products.join(' and ')}`;
}

function changing(overlay: Overlay, spec: Cluster): string {
  const member = typical(overlay);
  const unit = unitOf(member);
  const restarts = waiters(overlay, spec)
    .map(({ units, why }) => ` A restart of it takes ${units.map(code).join(' or ')} along, since ${why}.`)
    .join('');
  return [
    `Peers that come, go or change: synthesise, carry each node's folder to it, and there ${code(`${SETUP} apply wayleave`)}; tunnels that are the same stand all the while. It is so too when the port, the MTU or an address of the node itself changes. ${code(unit)} need not be restarted.${restarts}`,
    'To change the key of one node, which is cut off on the overlay between the steps 3 and 4:',
    numbered([
      `On it: ${code(`${SETUP} keys --rotate wayleave`)}, which makes a second key beside the first.`,
      `Write the public key in the spec at ${code(`nodes.NODE.wireguard.${overlay.name}.publicKey`)}, synthesise, and carry each node's folder to it.`,
      `On the node itself: ${code(`${SETUP} apply wayleave`)}, which takes the second key and keeps the first.`,
      `On all others: ${code(`${SETUP} apply wayleave`)}.`,
      `On the node: ${code(`${SETUP} keys wayleave`)} drops the first key once a peer has answered to the second. If none does: ${code(`${SETUP} rollback`)}, there and on the others.`,
    ]),
    runsK3s(spec)
      ? 'One node at a time. After 40 seconds without word of it Kubernetes calls a node NotReady, and five minutes later starts its pods elsewhere.'
      : 'One node at a time.',
  ].join('\n\n');
}
