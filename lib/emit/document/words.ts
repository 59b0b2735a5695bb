import { REGISTRY } from '../../components/registry';
import type { AddressSet } from '../../net/address-set';
import { OUTSIDE, PODS, SERVICES, type NetworkName } from '../../plan/claim';
import { printEndpoint, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { networkEncryption } from '../../plan/network-kind';
import type { Plan } from '../../plan/plan';
import { printPath, type SpecPath } from '../../spec/finding';
import type { Cluster } from '../../spec/cluster';
import { bullets, code, text } from '../../text/markdown';

const NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

export function numeral(number: number): string {
  return NUMBERS[number] ?? String(number);
}

/** `3 servers` as words: `three servers`, `one server`. */
export function count(number: number, noun: string): string {
  return `${numeral(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function sentence(start: string): string {
  return start.charAt(0).toUpperCase() + start.slice(1);
}

/** A reason or purpose as a sentence of its own. */
export function stated(reason: string): string {
  const written = sentence(text(reason.trim()));
  return /[.!?]$/.test(written) ? written : `${written}.`;
}

/** Facts of the operator's, a line each. */
export function facts(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : [bullets(notes.map(stated))];
}

export function path(source: SpecPath): string {
  return code(printPath(source));
}

/** Above this many ranges, a list of addresses says less than its owner's name. */
const MOST_RANGES = 4;

export function addresses(set: AddressSet): string {
  const ranges = set.ranges();
  if (ranges.length > MOST_RANGES) return `${set.prefixes().length} prefixes`;
  return set.toString().split(', ').map(code).join(', ');
}

/** Above this many addresses a set is told by its ranges. */
const MOST_ADDRESSES = 24n;

/** Addresses one by one, for records and callers, which know no ranges. */
export function each(set: AddressSet): string[] {
  if (set.size > MOST_ADDRESSES) return set.ranges().map(String);
  return [...set.family(4).blocks(32), ...set.family(6).blocks(128)].map(({ address }) => String(address));
}

/** One end of a flow, with what its name alone does not say. */
export function endpoint(end: Endpoint): string {
  const name = text(printEndpoint(end));
  if (end.kind === 'name') return `${name} (${end.fqdns.map(code).join(', ')})`;
  if (end.kind !== 'range') return name;
  return end.name === end.addresses.toString() ? addresses(end.addresses) : `${name} (${addresses(end.addresses)})`;
}

export const ENCAPSULATION: Readonly<Record<Plan['podNetwork']['encapsulation'], string>> = {
  vxlan: 'VXLAN',
  geneve: 'Geneve',
  wireguard: 'WireGuard',
  ipip: 'IP-in-IP',
  none: 'no tunnel',
};

/** How pods' packets get from node to node: `by VXLAN, in clear`. */
export function carriage({ podNetwork, spec }: Plan): string {
  const { encapsulation, underlay, encryptedBy = networkEncryption(spec, underlay) } = podNetwork;
  const how = encapsulation === 'none' ? 'without a tunnel' : `by ${ENCAPSULATION[encapsulation]}`;
  if (encryptedBy === undefined) return `${how}, in clear`;
  return encapsulation === 'wireguard' ? `${how}, which encrypts it` : `${how}, encrypted by ${text(encryptedBy)}`;
}

/** What components, and the modes and programs they choose among, are called where a capital letter in front is wrong. */
const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ...REGISTRY.flatMap(({ name, title }) => (title === undefined ? [] : [[name, title] as const])),
  ['iptables', 'iptables'],
  ['ipvs', 'IPVS'],
  ['nftables', 'nftables'],
  ['ufw', 'UFW'],
]);

export function product(name: string): string {
  return PRODUCTS.get(name) ?? sentence(name);
}

/** A network as the map names it: the spec's own by name, the others in words. */
export function network(name: NetworkName): string {
  if (name === PODS) return 'pod network';
  if (name === SERVICES) return 'the node itself';
  return name === OUTSIDE ? 'the world outside' : code(name);
}

/** Flows of messages that belong to the network itself and carry nobody's data. */
export function isControl(flow: Flow): boolean {
  return flow.protocol === 'icmp' || flow.protocol === 'icmpv6' || flow.address === 'link-local';
}

export function nodeCount(spec: Cluster, role: 'server' | 'agent'): number {
  return Object.values(spec.nodes).filter((node) => node.role === role).length;
}
