import type { Listener } from '../../plan/listener';
import { nodesOfListener } from '../../plan/listener-nodes';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { fails, listed } from '../found';

/** Two processes that bind one port of one node, on addresses that meet. */
export function portTwice(plan: Plan): Finding[] {
  const found = new Map<Listener, Map<Listener, string[]>>();
  for (const [node, here] of byNode(plan)) {
    for (const [a, b] of collisions(here)) {
      const others = found.get(a) ?? new Map<Listener, string[]>();
      found.set(a, others.set(b, [...(others.get(b) ?? []), node]));
    }
  }
  return [...found].flatMap(([a, others]) => [...others].map(([b, nodes]) => finding(a, b, nodes)));
}

function finding(a: Listener, b: Listener, nodes: readonly string[]): Finding {
  const bound = hostPorts(b)?.toString() ?? '';
  return fails('PORT_TWICE', {
    at: [a.source, b.source],
    message: `${a.owner} (${a.purpose}) and ${b.owner} (${b.purpose}) both bind ${bound}/${b.protocol} on ${listed(nodes)}`,
    fix: 'another port for one of them, or other nodes',
  });
}

/** Listeners of each node's own network, in the order of the plan, which is that of their ports. */
function byNode(plan: Plan): ReadonlyMap<string, readonly Listener[]> {
  const found = new Map<string, Listener[]>(Object.keys(plan.spec.nodes).map((node) => [node, []]));
  for (const listener of plan.listeners) {
    for (const node of nodesOfListener(plan, listener)) found.get(node)?.push(listener);
  }
  return found;
}

function collisions(here: readonly Listener[]): [Listener, Listener][] {
  const sorted = [...here].sort((a, b) => (hostPorts(a)?.first ?? 0) - (hostPorts(b)?.first ?? 0));
  const pairs: [Listener, Listener][] = [];
  let open: Listener[] = [];
  for (const listener of sorted) {
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

function bindsMeet(a: Listener, b: Listener): boolean {
  return a.bind === 'all' || b.bind === 'all' || a.bind === b.bind;
}
