import { Address } from '../net/address';
import { clash, invalid } from './faults';
import type { Finding, SpecPath } from './finding';
import { items, keysOf, textOf, type Names } from './names';
import { member, valueAt } from './walk';
import { endOf, hubOf, interfaceOf, isBehindNat, membersOf, nodesOf } from './wireguard-ends';
import { withoutKey } from './wireguard-references';

/** What keeps tunnels from coming up, or packets from passing them, although it can be told what they are to be. */
export function tunnelsDown(raw: unknown, names: Names): Finding[] {
  const networks = names('WireGuard network');
  return [
    ...sameKey(raw),
    ...networks.flatMap((network) => [
      ...(membersOf(raw, network).length === 0 ? [] : withoutKey(raw, network)),
      ...takenInterface(raw, network),
      ...neitherDials(raw, network),
      ...noCommonFamily(raw, network),
    ]),
    ...dialledBehindNat(raw, networks),
    ...podsWithoutTunnel(raw, networks),
  ];
}

/** A key is a machine: WireGuard takes two peers of one key for one peer, the last that is named. */
function sameKey(raw: unknown): Finding[] {
  const first = new Map<string, { node: string; at: SpecPath }>();
  return nodesOf(raw).flatMap((node) =>
    keysOf(valueAt(raw, ['nodes', node, 'wireguard'])).flatMap((network): Finding[] => {
      const at: SpecPath = ['nodes', node, 'wireguard', network, 'publicKey'];
      const key = textOf(valueAt(raw, at));
      if (key === undefined) return [];
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, { node, at });
        return [];
      }
      if (other.node === node) return [];
      const message = `nodes ${other.node} and ${node} have the same WireGuard key ${key}`;
      const fix = `a key of its own for one of them: make it on that machine with "wg genkey"`;
      return [clash([at, other.at], message, fix)];
    }),
  );
}

function takenInterface(raw: unknown, network: string): Finding[] {
  const device = interfaceOf(raw, network);
  if (device === undefined) return [];
  const other = keysOf(member(raw, 'networks'))
    .toSorted()
    .find((name) => name !== network && interfaceOf(raw, name) === device);
  if (other === undefined) return [];
  // Of two overlays, the second to be named is the one to change.
  if (valueAt(raw, ['networks', other, 'kind']) === 'wireguard' && other > network) return [];
  const problem = `wg-quick makes the interface ${device} for ${network}, and it is also that of ${other}`;
  return [
    invalid(['networks', network, 'interface'], problem, 'an interface of its own, such as wg-' + network.slice(0, 12)),
  ];
}

/** In a mesh, two nodes behind NAT wait for each other for ever. */
function neitherDials(raw: unknown, network: string): Finding[] {
  if (hubOf(raw, network) !== undefined) return [];
  const members = membersOf(raw, network);
  const hidden = members.filter((node) => isBehindNat(raw, node, network));
  if (hidden.length < 2) return [];
  const open = members.find((node) => !hidden.includes(node));
  return [
    invalid(
      ['networks', network, 'topology'],
      `${hidden.join(' and ')} are behind NAT, and in a mesh none of them can dial the other`,
      open === undefined ? 'a node that is not behind NAT, as their hub' : `{ hub: ${open} }`,
    ),
  ];
}

function dialledBehindNat(raw: unknown, networks: readonly string[]): Finding[] {
  return nodesOf(raw).flatMap((node) =>
    networks
      .filter(
        (network) => isBehindNat(raw, node, network) && member(endOf(raw, node, network), 'endpointPort') !== undefined,
      )
      .map((network) =>
        invalid(
          ['nodes', node, 'wireguard', network, 'endpointPort'],
          `peers cannot dial ${node}, which is behind NAT, and so dial no port of it`,
          'leave it out; or, where the router maps the port, leave out behindNat',
        ),
      ),
  );
}

/** Two nodes that are to dial each other need addresses of one family on the carrier. */
function noCommonFamily(raw: unknown, network: string): Finding[] {
  const over = textOf(valueAt(raw, ['networks', network, 'over']));
  if (over === undefined) return [];
  const hub = hubOf(raw, network);
  const known = membersOf(raw, network).flatMap((node) => {
    const families = familiesOf(raw, node, over);
    return families.size === 0 ? [] : [{ node, families }];
  });
  const [only4, only6] = [4, 6].map((family) =>
    known.filter(({ families }) => families.size === 1 && families.has(family)).map(({ node }) => node),
  );
  const pair = (a: readonly string[] = [], b: readonly string[] = []) =>
    hub === undefined ? [a[0], b[0]] : a.includes(hub) ? [hub, b[0]] : b.includes(hub) ? [a[0], hub] : [];
  const [a, b] = pair(only4, only6);
  if (a === undefined || b === undefined) return [];
  const problem = `${a} has IPv4 alone on ${over} and ${b} IPv6 alone, and neither can dial the other for ${network}`;
  return [invalid(['nodes', b, 'addresses', over], problem, `an IPv4 address for ${b}, or an IPv6 address for ${a}`)];
}

function familiesOf(raw: unknown, node: string, network: string): Set<number> {
  const written = valueAt(raw, ['nodes', node, 'addresses', network]);
  const texts = Array.isArray(written) ? items(raw, 'nodes', node, 'addresses', network) : [written];
  return new Set(texts.flatMap((text) => (typeof text === 'string' ? (Address.tryParse(text)?.family ?? []) : [])));
}

/** A pod network whose pods' packets travel as they are with some of its settings, to some nodes at least. */
interface Untunnelled {
  readonly key: string;
  readonly values: readonly string[];
  readonly fix: string;
  /** Whether a node's pods have the addresses of the range that Kubernetes gave it. Others hand out ranges themselves. */
  readonly byRange: boolean;
}

const UNTUNNELLED: Readonly<Record<string, Untunnelled>> = {
  flannel: { key: 'backend', values: ['host-gw'], fix: 'vxlan', byRange: true },
  cilium: { key: 'routing', values: ['native'], fix: 'vxlan', byRange: false },
  calico: {
    key: 'encapsulation',
    values: ['None', 'IPIPCrossSubnet', 'VXLANCrossSubnet'],
    fix: 'VXLAN',
    byRange: false,
  },
};

/**
 * WireGuard takes from a peer only what its AllowedIPs hold: a node's own addresses, and its pods' where the spec says
 * which range they are from. Where it does not, pods reach each other inside a tunnel between the nodes' addresses alone.
 */
function podsWithoutTunnel(raw: unknown, networks: readonly string[]): Finding[] {
  const over = textOf(valueAt(raw, ['k3s', 'nodeNetwork']));
  const setting = UNTUNNELLED[textOf(valueAt(raw, ['cni', 'kind'])) ?? ''];
  if (over === undefined || !networks.includes(over) || setting === undefined) return [];
  const value = textOf(valueAt(raw, ['cni', setting.key]));
  if (value === undefined || !setting.values.includes(value)) return [];
  const problem = `with ${value} pods' packets travel under their own addresses`;
  const at = ['cni', setting.key];
  if (!setting.byRange) {
    const why = 'the pod network hands out their ranges at run time, and AllowedIPs is written before';
    return [invalid(at, `${problem}, which no peer of ${over} takes: ${why}`, setting.fix)];
  }
  if (items(raw, 'k3s', 'clusterCidrs').length > 1) {
    const why = `of two families, and what is known of a node is the range of one`;
    return [invalid(at, `${problem}, ${why}: peers of ${over} would not take the others`, setting.fix)];
  }
  const unknown = nodesOf(raw).filter((node) => valueAt(raw, ['nodes', node, 'observedPodRange']) === undefined);
  if (unknown.length === 0) return [];
  const why = `nothing says which pods are those of ${unknown.join(', ')}`;
  const range = 'once Kubernetes has given each node its range, that range at nodes.NODE.observedPodRange';
  return [invalid(at, `${problem}, which peers of ${over} take if they know them: ${why}`, `vxlan; or, ${range}`)];
}
