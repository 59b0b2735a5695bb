import type { Listener } from '../plan/listener';
import { isSelected } from '../plan/nodes';
import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';

/** Two processes that bind one port of one node, on addresses that meet. */
export function portTwice(plan: Plan): Finding[] {
  const found = new Map<string, { a: Listener; b: Listener; nodes: string[] }>();
  for (const node of Object.keys(plan.spec.nodes)) {
    for (const [a, b] of collisions(plan, node)) {
      const key = `${plan.listeners.indexOf(a)} ${plan.listeners.indexOf(b)}`;
      const known = found.get(key) ?? { a, b, nodes: [] };
      known.nodes.push(node);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ a, b, nodes }): Finding => {
    const ports = `${hostPorts(b)?.toString() ?? ''}/${b.protocol}`;
    return {
      code: 'PORT_TWICE',
      severity: 'error',
      at: [a.source, b.source],
      message: `${a.owner} (${a.purpose}) and ${b.owner} (${b.purpose}) both bind ${ports} on ${nodes.join(', ')}`,
      fix: 'another port for one of them, or other nodes',
    };
  });
}

function collisions(plan: Plan, node: string): [Listener, Listener][] {
  const here = plan.listeners
    .filter((listener) => bindsHost(listener, plan, node))
    .sort((a, b) => (hostPorts(a)?.first ?? 0) - (hostPorts(b)?.first ?? 0));
  const pairs: [Listener, Listener][] = [];
  let open: Listener[] = [];
  for (const listener of here) {
    const first = hostPorts(listener)?.first ?? 0;
    open = open.filter((other) => (hostPorts(other)?.last ?? 0) >= first);
    for (const other of open)
      if (other.protocol === listener.protocol && bindsMeet(other, listener)) pairs.push([other, listener]);
    open.push(listener);
  }
  return pairs;
}

function hostPorts(listener: Listener) {
  return listener.ports.host;
}

function bindsHost({ on, ports }: Listener, plan: Plan, node: string): boolean {
  if (ports.host === undefined) return false;
  const select = 'nodes' in on ? on.nodes : plan.workloads.get(on.workload)?.nodes;
  return select !== undefined && isSelected(plan.spec, node, select);
}

function bindsMeet(a: Listener, b: Listener): boolean {
  return a.bind === 'all' || b.bind === 'all' || a.bind === b.bind;
}
