import { bitsOf, type Address } from '../../net/address';
import type { Prefix } from '../../net/prefix';
import type { HostFile } from '../../plan/host-needs';
import { oncePerName } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import { commentLines } from '../../text/comment';
import { compareText } from '../../text/compare';
import { hostFile } from '../host-file';
import { endpointOf, peersOf, type Member, type Overlay } from './overlay';

/** Seconds; short enough for the routers' usual UDP timeouts. Source: wg(8), PersistentKeepalive. */
const KEEPALIVE_SECONDS = 25;
const FOLDER = '/etc/wireguard';

/** Where wg-quick looks for an interface's configuration. Source: wg-quick(8). */
export const confPath = ({ device }: Member) => `${FOLDER}/${device}.conf`;

/** The private key, made on the machine and never read by Wayleave. */
export const keyPath = ({ device }: Member) => `${FOLDER}/${device}.key`;

/** The key that two members share beside their own, under one name on both. Labels hold no dots, so that no two pairs meet. */
export function presharedPath(member: Member, peer: Member): string {
  const pair = [member.node, peer.node].sort(compareText).join('.');
  return `${FOLDER}/${member.device}.${pair}.psk`;
}

/** What wg-quick makes of one node's end: interface, addresses, keys from their files, and peers. */
export function conf(overlay: Overlay, member: Member, plan: Plan): HostFile {
  const lines = [
    '',
    '[Interface]',
    ...commentLines(`${member.node} on ${overlay.name}`),
    ...member.addresses.map((address) => `Address = ${withLength(overlay, address)}`),
    `ListenPort = ${overlay.network.port}`,
    ...commentLines(String(overlay.mtu)),
    `MTU = ${overlay.mtu.bytes}`,
    '# keys stay in files on this machine',
    `PostUp = wg set %i private-key ${keyPath(member)}`,
    ...presharedKeys(overlay, member).map((command) => `PostUp = wg set %i ${command}`),
  ];
  return hostFile(
    confPath(member),
    lines.concat(peerSections(overlay, member, plan)),
    `${plan.spec.name}/${member.node}`,
  );
}

/** What `wg set` is told of every preshared key. */
export function presharedKeys(overlay: Overlay, member: Member): string[] {
  if (!overlay.network.presharedKeys) return [];
  return peersOf(overlay, member).map((peer) => `peer ${peer.publicKey} preshared-key ${presharedPath(member, peer)}`);
}

function peerSections(overlay: Overlay, member: Member, plan: Plan): string[] {
  const families = [...new Set(member.outer.map(({ family }) => family))].sort();
  const alike = `${families.join('')} ${String(member.behindNat)}`;
  return peersOf(overlay, member).map((peer) =>
    peer === overlay.hub ? peerSection(overlay, member, peer, plan) : sharedSection(peer, alike, overlay, member, plan),
  );
}

/** A peer's section, by whoever writes it alike: nearly all members write the same of a peer that is no hub. */
const sharedSection = oncePerName((peer: Member, _alike: string, overlay: Overlay, member: Member, plan: Plan) =>
  peerSection(overlay, member, peer, plan),
);

function peerSection(overlay: Overlay, member: Member, peer: Member, plan: Plan): string {
  const endpoint = endpointOf(member.outer, peer);
  return [
    '',
    ...commentLines(peer.node + remark(overlay, peer)),
    '[Peer]',
    `PublicKey = ${peer.publicKey}`,
    ...(endpoint === undefined ? [] : [`Endpoint = ${endpoint}`]),
    `AllowedIPs = ${allowedOf(overlay, member, peer, plan).join(', ')}`,
    ...(member.behindNat ? [`PersistentKeepalive = ${KEEPALIVE_SECONDS}`] : []),
  ].join('\n');
}

function remark({ hub }: Overlay, peer: Member): string {
  if (peer === hub) return ', the hub, by which every other node is reached';
  return peer.behindNat ? ', behind NAT: it dials this node' : '';
}

/**
 * What is sent to a peer, and taken from it. Two peers never share an address: it would belong to the last alone. By the
 * hub a node reaches all others, and their pods; its own pods have a device of their own.
 */
function allowedOf(overlay: Overlay, member: Member, peer: Member, plan: Plan): string[] {
  const { addresses, hub, members } = overlay;
  if (peer === hub) {
    const others = members.filter((one) => one !== member);
    return [...addresses.prefixes(), ...others.flatMap((one) => podRange(overlay, one, plan))].map(String);
  }
  return [...peer.addresses.map(asPrefix), ...podRange(overlay, peer, plan).map(String)];
}

/** Addresses of a node's pods where their packets travel here as they are: elsewhere they have a tunnel of their own. */
function podRange({ name }: Overlay, { node }: Member, { podNetwork, spec }: Plan): Prefix[] {
  const range = spec.nodes[node]?.observedPodRange;
  const isBare = podNetwork.encapsulation === 'none' && podNetwork.underlay === name;
  return isBare && range !== undefined ? [range] : [];
}

/** One address, as AllowedIPs names it. */
export function asPrefix(address: Address): string {
  return `${address}/${bitsOf(address.family)}`;
}

/** A node's own address, with the length of the overlay's prefix where it is in that. */
export function withLength({ network: { prefix } }: Overlay, address: Address): string {
  return `${address}/${prefix.contains(address) ? prefix.length : bitsOf(address.family)}`;
}
