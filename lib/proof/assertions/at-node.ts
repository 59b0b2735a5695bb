import { AddressSet } from '../../net/address-set';
import { podAddresses } from '../../plan/cluster-ranges';
import { printEndpoint, workload } from '../../plan/endpoint';
import { hostFirewall } from '../../plan/host-firewall';
import { boundPort } from '../../plan/listener';
import { addressesOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { arrivals, isOnHost, otherNodes, type Arrival } from '../../plan/seen-as';
import type { Assertion } from '../../spec/assertion';
import type { Passing } from './at-pods';
import type { Party } from './party';

type Dialled = Assertion['dialled'];

/** What a node's own firewall says, and whether anything listens there where it has none. */
export function atNode(plan: Plan, node: string, peer: Party, dialled: Dialled): Passing {
  const guard = hostFirewall(plan);
  if (guard === undefined) return unguarded(plan, node, dialled);
  const all = arrivals(plan, node).filter((one) => fits(one, dialled));
  const letIn = all.find((one) => isFrom(plan, node, peer, one));
  return {
    passes: letIn !== undefined,
    why: () =>
      letIn === undefined
        ? `${guard} of ${node}: no flow lets ${peer.name} in at ${text(dialled)}, and what no flow lets in is refused`
        : `${guard} of ${node} lets it in: ${printEndpoint(letIn.flow.from)} → ${printEndpoint(letIn.flow.to)}, ${letIn.flow.reason} (${letIn.flow.declaredBy})`,
  };
}

function unguarded(plan: Plan, node: string, dialled: Dialled): Passing {
  const listener = plan.listeners.find(
    ({ on, bind, protocol, ports }) =>
      bind !== 'loopback' &&
      (dialled === undefined ||
        (dialled.protocol === protocol && 'port' in dialled && boundPort({ ports }).overlaps(dialled.port))) &&
      isOnHost('nodes' in on ? { kind: 'nodes', select: on.nodes } : workload(on.workload), plan, node),
  );
  return {
    passes: listener !== undefined,
    why: () =>
      listener === undefined
        ? `nothing listens at ${text(dialled)} of ${node}`
        : `${node} has no firewall, and ${listener.owner} listens there: ${listener.purpose}`,
  };
}

function fits({ protocol, port }: Arrival, dialled: Dialled): boolean {
  if (dialled === undefined || protocol === 'any') return true;
  if (dialled.protocol !== protocol) return false;
  return port === undefined || !('port' in dialled) || port.contains(dialled.port);
}

function isFrom(plan: Plan, node: string, peer: Party, { sources, devices }: Arrival): boolean {
  const { podNetwork, spec } = plan;
  const byPodDevice = devices.some((device) => podNetwork.podDevices.includes(device));
  if (peer.kind === 'pods') {
    if (byPodDevice) return true;
    const asMet = podNetwork.masquerades ? otherNodes(plan, 'all', node, podNetwork.underlay) : podAddresses(spec);
    return sources === undefined || sources.overlaps(asMet);
  }
  if (byPodDevice) return false;
  if (sources === undefined) return true;
  if (peer.kind === 'names') return peer.addresses !== undefined && sources.overlaps(peer.addresses);
  const own =
    peer.kind === 'node'
      ? AddressSet.of(...Object.keys(spec.networks).flatMap((network) => addressesOf(spec, peer.node, network)))
      : peer.addresses;
  return peer.kind === 'addresses' && peer.all ? sources.contains(own) : sources.overlaps(own);
}

function text(dialled: Dialled): string {
  if (dialled === undefined) return 'any port';
  return 'port' in dialled ? `${dialled.port}/${dialled.protocol}` : dialled.protocol;
}
