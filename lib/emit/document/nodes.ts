import type { Bound } from '../../components/component';
import { hostnameOf, interfaceOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { sortedBy, sortedEntries } from '../../text/compare';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { list } from './words';

export function nodes(plan: Plan, components: readonly Bound[]): Chapter {
  const { spec } = plan;
  const networks = Object.keys(spec.networks);
  const observed = Object.values(spec.nodes).some((node) => node.observedPodRange !== undefined);
  const head = ['Node', 'Hostname', 'Role', 'Arch', ...networks.map((name) => `Address on ${code(name)}`), ...(observed ? ['Pods seen in'] : [])];
  const rows = sortedEntries(spec.nodes).map(([name, node]) => [
    code(name),
    code(hostnameOf(spec, name)),
    node.role,
    node.arch,
    ...networks.map((network) => {
      const own = node.addresses[network];
      return own === undefined ? '–' : `${own.map((address) => code(String(address))).join(', ')} (${code(interfaceOf(spec, name, network))})`;
    }),
    ...(observed ? [node.observedPodRange === undefined ? '–' : code(String(node.observedPodRange))] : []),
  ]);
  return {
    title: 'Nodes',
    blocks: [
      table(head, rows),
      ...(observed ? ['K3s hands out the pod ranges at run time, in the order in which nodes join: they are written down as they were seen, and nothing relies on them.'] : []),
      ...placement(plan),
      ...kernel(plan, components),
      ...notesOf(plan, 'nodes'),
    ],
  };
}

function placement({ spec }: Plan): string[] {
  const rows = sortedEntries(spec.nodes)
    .filter(([, node]) => Object.keys(node.labels).length + node.taints.length > 0)
    .map(([name, node]) => [
      code(name),
      sortedEntries(node.labels).map(([key, value]) => code(`${key}=${value}`)).join(', '),
      node.taints.map(code).join(', '),
    ]);
  return rows.length === 0 ? [] : [table(['Node', 'Labels', 'Taints'], rows)];
}

/** Settings and modules, each with the nodes that have it. */
function kernel(plan: Plan, components: readonly Bound[]): string[] {
  const settings = new Map<string, { what: string; reason: string; nodes: Set<string> }>();
  const all = Object.keys(plan.spec.nodes);
  for (const node of all) {
    for (const { sysctls = [], modules = [] } of components.map((one) => one.host(plan, node))) {
      const wanted = [
        ...sysctls.map(({ key, value, reason }) => ({ what: code(`${key} = ${value}`), reason })),
        ...modules.map(({ name, reason }) => ({ what: `module ${code(name)}`, reason })),
      ];
      for (const { what, reason } of wanted) {
        const key = `${what} ${reason}`;
        settings.set(key, { what, reason, nodes: (settings.get(key)?.nodes ?? new Set()).add(node) });
      }
    }
  }
  if (settings.size === 0) return [];
  const rows = sortedBy(settings, ([key]) => key).map(([, { what, reason, nodes }]) => [
    what,
    nodes.size === all.length ? 'every node' : list([...nodes].map(code)),
    text(reason),
  ]);
  return [heading(3, 'Kernel settings'), table(['Setting', 'On', 'Why'], rows)];
}
