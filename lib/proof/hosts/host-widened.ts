import type { Flow } from '../../plan/flow';
import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Widening } from '../widened';
import type { HostWorld } from './host-worlds';

/** Flows to some servers or some agents: the one policy of their role lets them in at all of these (Cilium). */
export function hostWidenings(plan: Plan, world: HostWorld): Widening[] {
  if (world.reach.engine !== 'cilium') return [];
  const nodesOf = new Map<Flow, Set<string>>();
  for (const end of world.ends)
    for (const { flow } of world.demands(end))
      nodesOf.set(flow, (nodesOf.get(flow) ?? new Set<string>()).add(end.node));
  return [...nodesOf].flatMap(([flow, nodes]) =>
    (['servers', 'agents'] as const).flatMap((role): Widening[] => {
      const all = selectNodes(plan.spec, role);
      const meant = all.filter((node) => nodes.has(node));
      // A node is never its own caller: a flow between two of them arrives at each of the others.
      const callers = flow.from.kind === 'nodes' ? selectNodes(plan.spec, flow.from.select) : [];
      const beside = all.filter((node) => !nodes.has(node) && !callers.includes(node));
      if (meant.length === 0 || beside.length === 0) return [];
      return [
        {
          flow,
          superset: `this port at every ${role === 'servers' ? 'server' : 'agent'}`,
          why: 'one policy of Cilium’s guards all of them: it selects no node by its name',
        },
      ];
    }),
  );
}
