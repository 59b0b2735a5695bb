import type { Listener } from './listener';
import { selectNodes } from './nodes';
import type { Plan } from './plan';

/** The nodes whose own network a listener binds; none where only its pods' own is bound. */
export function nodesOfListener(
  { spec, workloads }: Pick<Plan, 'spec' | 'workloads'>,
  listener: Listener,
): readonly string[] {
  const { on, ports } = listener;
  if (ports.host === undefined) return [];
  const select = 'nodes' in on ? on.nodes : workloads.get(on.workload)?.nodes;
  return select === undefined ? [] : selectNodes(spec, select);
}
