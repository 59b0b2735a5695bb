import { PORTS, type WellKnownPort } from '../../net/well-known-ports';
import { nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { Listener } from '../../plan/listener';
import { addressKind } from '../../plan/network-kind';
import { selectNodes } from '../../plan/nodes';
import { someSettings } from '../../plan/settings';
import type { Cluster } from '../../spec/cluster';
import type { NodeSelector } from '../../spec/fields';
import { joinAddress } from './commands';
import type { SwarmOptions } from './options';
import { firstManager, swarmAddress } from './place';

/** The Swarm's own traffic. Source of the ports: Docker docs, swarm mode; what is encrypted: the same, overlay networks. */
export function swarmFlows(options: SwarmOptions, spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const flow = (
    to: NodeSelector,
    port: WellKnownPort,
    reason: string,
    setBy: readonly string[],
    encryptedBy?: string,
  ) => ({
    from: nodes('all'),
    to: nodes(to),
    protocol: port.protocol,
    port: { container: port.range, host: port.range },
    over: options.network,
    address: addressKind(spec, options.network),
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    setBy,
    reason,
    source: ['swarm', 'network'],
  });
  const gossip = 'nodes of the Swarm tell each other of networks and services';
  const keys = 'AES, with keys of the Swarm’s own';
  const advertised = ownFlags(options, spec, '--advertise-addr');
  const join = `docker swarm join ${joinAddress(options, spec)}`;
  const data = ownFlags(options, spec, '--data-path-addr');
  return [
    flow(
      managersOf(options),
      PORTS.swarmManagement,
      'nodes join the Swarm, and managers agree on its state (Raft)',
      [`docker swarm init ${advertised[0] ?? ''}`, join],
      'TLS',
    ),
    flow('all', PORTS.swarmGossipTcp, gossip, advertised, keys),
    flow('all', PORTS.swarmGossipUdp, gossip, advertised, keys),
    flow('all', PORTS.swarmOverlay, "VXLAN carries containers' packets between nodes", data),
  ];
}

/** A flag that every node is given with its own address, the first manager's first. */
function ownFlags(options: SwarmOptions, spec: Cluster, flag: string): readonly string[] {
  const first = firstManager(options);
  const nodes = [first, ...selectNodes(spec, 'all').filter((node) => node !== first)];
  const written = nodes.map((node) => `${flag} ${String(swarmAddress(options, spec, node))}`);
  return someSettings(written, flag);
}

/** Only VXLAN's socket is the kernel's, which binds every address. */
export function swarmListeners(options: SwarmOptions): Omit<Listener, 'owner'>[] {
  const listener = (on: NodeSelector, port: WellKnownPort, bind: Listener['bind'], purpose: string) => ({
    on: { nodes: on },
    protocol: port.protocol,
    bind,
    ports: { container: port.range, host: port.range },
    purpose,
    source: ['swarm'],
  });
  return [
    listener(managersOf(options), PORTS.swarmManagement, options.network, 'management of the Swarm'),
    listener('all', PORTS.swarmGossipTcp, options.network, 'gossip of the Swarm'),
    listener('all', PORTS.swarmGossipUdp, options.network, 'gossip of the Swarm'),
    listener('all', PORTS.swarmOverlay, 'all', "VXLAN of the Swarm's networks"),
  ];
}

function managersOf({ managers }: SwarmOptions): NodeSelector {
  return { names: [...managers].sort() };
}
