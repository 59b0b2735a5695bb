import { PortRange } from '../../net/port';
import { INTERNET, nodes, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { Listener } from '../../plan/listener';
import { addressKind, networkEncryption } from '../../plan/network-kind';
import { someSettings } from '../../plan/settings';
import type { Cluster } from '../../spec/cluster';
import type { NodeSelector } from '../../spec/fields';
import { endpointOf, type Member, type Overlay } from './overlay';

type Declared = Omit<Flow, 'declaredBy'>;

/** The tunnels' own packets. What travels inside is declared by whoever sends it over the overlay. */
export function flowsOf(overlay: Overlay, spec: Cluster): Declared[] {
  const { members, hub, name } = overlay;
  const dialled = members.filter(({ behindNat }) => !behindNat);
  const hidden = members.filter(({ behindNat }) => behindNat);
  const tunnel = (from: Endpoint, to: readonly Member[], reason: string) => outer(overlay, spec, from, to, reason);
  const carry = `WireGuard's tunnels carry ${name}`;
  const flows: Declared[] = [];
  if (hub === undefined) {
    if (dialled.length > 1) flows.push(tunnel(some(dialled, spec), dialled, carry));
  } else {
    const spokes = dialled.filter((member) => member !== hub);
    if (spokes.length > 0) {
      flows.push(tunnel(some(spokes, spec), [hub], carry), tunnel(some([hub], spec), spokes, carry));
    }
  }
  const answers = hub === undefined ? dialled : [hub];
  if (hidden.length > 0 && answers.length > 0) {
    const who = hidden.map(({ node }) => node).join(', ');
    flows.push(tunnel(INTERNET, answers, `${carry}: ${who} behind NAT, whose address outside nobody knows beforehand`));
  }
  return flows;
}

function outer(
  { name, network }: Overlay,
  spec: Cluster,
  from: Endpoint,
  to: readonly Member[],
  reason: string,
): Declared {
  const port = PortRange.of(network.port);
  const encryptedBy = networkEncryption(spec, name);
  return {
    from,
    to: some(to, spec),
    protocol: 'udp',
    port: { container: port, host: port },
    over: network.over,
    address: addressKind(spec, network.over),
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    ...dialledBy(to),
    reason,
    source: ['networks', name, 'port'],
  };
}

/** Where peers' addresses stand in the configuration of an interface. */
function dialledBy(peers: readonly Member[]): Pick<Declared, 'setBy'> {
  const written = peers.flatMap((peer) => {
    const endpoint = endpointOf(peer.outer, peer);
    return endpoint === undefined ? [] : [`Endpoint = ${endpoint}`];
  });
  if (written.length === 0) return {};
  return { setBy: someSettings(written, 'Endpoint') };
}

/** The kernel binds the port on every address of the node, of both families. Source: linux drivers/net/wireguard/socket.c. */
export function listenerOf({ name, network, members }: Overlay, spec: Cluster): Omit<Listener, 'owner'> {
  const port = PortRange.of(network.port);
  return {
    on: { nodes: selector(members, spec) },
    protocol: 'udp',
    bind: 'all',
    ports: { container: port, host: port },
    purpose: `tunnels of ${name}`,
    source: ['networks', name, 'port'],
  };
}

function some(members: readonly Member[], spec: Cluster): Endpoint {
  return nodes(selector(members, spec));
}

function selector(members: readonly Member[], spec: Cluster): NodeSelector {
  if (members.length === Object.keys(spec.nodes).length) return 'all';
  return { names: members.map(({ node }) => node) };
}
