import { PortRange } from '../../net/port';
import { boundPort, type Listener } from '../../plan/listener';
import { nodesOfListener } from '../../plan/listener-nodes';
import type { Plan } from '../../plan/plan';
import { runsK3s } from '../../spec/orchestrator';
import type { Finding } from '../../spec/finding';
import { listed, warns } from '../found';

/** A listener of the nodes inside the range from which Kubernetes gives out NodePorts, one at random after the other. */
export function nodePortHeld(plan: Plan): Finding[] {
  const { nodePorts } = plan.spec.k3s;
  if (!runsK3s(plan.spec)) return [];
  const held = plan.listeners.filter(({ ports, bind }) => bind !== 'loopback' && ports.host?.overlaps(nodePorts));
  return held.flatMap((listener) => {
    const nodes = nodesOfListener(plan, listener);
    return nodes.length === 0 ? [] : [finding(listener, nodes, nodePorts)];
  });
}

function finding(
  { owner, purpose, ports, protocol, source }: Listener,
  nodes: readonly string[],
  range: PortRange,
): Finding {
  const bound = boundPort({ ports });
  const rest = beside(bound, range);
  const path = ['k3s', 'nodePorts'];
  return warns('NODE_PORT_HELD', {
    at: [path, source],
    message: `${owner} (${purpose}) binds ${bound}/${protocol} on ${listed(nodes)}, inside ${range}, from which Kubernetes gives NodePorts: the Service that gets ${bound} takes its packets away`,
    ...(rest === undefined ? {} : { fix: String(rest), suggest: { path, value: String(rest) } }),
  });
}

/** The larger part of the range that the port is not in. */
function beside(bound: PortRange, { first, last }: PortRange): PortRange | undefined {
  const parts = [
    bound.first > first ? PortRange.of(first, bound.first - 1) : undefined,
    bound.last < last ? PortRange.of(bound.last + 1, last) : undefined,
  ].filter((part) => part !== undefined);
  return parts.sort((a, b) => b.count - a.count)[0];
}
