import type { Bound } from '../../components/component';
import { hasNodes, hostnameOf, interfaceOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { roleName } from '../../plan/role';
import { sortedBy, sortedEntries } from '../../text/compare';
import { list } from '../../text/list';
import { bullets, code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';

export function nodes(plan: Plan, components: readonly Bound[]): Chapter {
  const { spec } = plan;
  const networks = Object.keys(spec.networks).filter((name) => hasNodes(spec, name));
  const observed = Object.values(spec.nodes).some((node) => node.observedPodRange !== undefined);
  const head = [
    'Node',
    'Hostname',
    'Role',
    'Arch',
    ...networks.map((name) => `Address on ${code(name)}`),
    ...(observed ? ['Pods seen in'] : []),
  ];
  const rows = sortedEntries(spec.nodes).map(([name, node]) => [
    code(name),
    code(hostnameOf(spec, name)),
    roleName(spec, node.role),
    node.arch,
    ...networks.map((network) => {
      const own = node.addresses[network];
      return own === undefined
        ? '–'
        : `${own.map((address) => code(String(address))).join(', ')} (${code(interfaceOf(spec, name, network))})`;
    }),
    ...(observed ? [node.observedPodRange === undefined ? '–' : code(String(node.observedPodRange))] : []),
  ]);
  return {
    title: 'Nodes',
    blocks: [
      table(head, rows),
      ...(observed
        ? [
            'Kubernetes hands out pod ranges at run time, in the order in which nodes join, and another one to a node that joins anew: here they stand as they were seen.',
          ]
        : []),
      ...placement(plan),
      ...told(plan),
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
      sortedEntries(node.labels)
        .map(([key, value]) => code(`${key}=${value}`))
        .join(', '),
      node.taints.map(code).join(', '),
    ]);
  return rows.length === 0 ? [] : [table(['Node', 'Labels', 'Taints'], rows)];
}

/** Facts of the machines; one that is told of several stands once. */
function told({ spec }: Plan): string[] {
  const nodes = new Map<string, string[]>();
  for (const [name, { notes }] of sortedEntries(spec.nodes))
    for (const note of notes) nodes.set(note, [...(nodes.get(note) ?? []), name]);
  if (nodes.size === 0) return [];
  const all = Object.keys(spec.nodes).length;
  const lines = [...nodes].map(
    ([note, names]) => `${names.length === all ? 'Every node' : list(names.map(code))}: ${text(note)}`,
  );
  return [heading(3, 'Known of the machines'), bullets(lines)];
}

/** Settings and modules: those that have one reason and the same nodes share a row. */
function kernel(plan: Plan, components: readonly Bound[]): string[] {
  const wanted = new Map<string, { reason: string; nodes: Set<string> }>();
  const all = Object.keys(plan.spec.nodes);
  for (const node of all) {
    for (const { sysctls = [], modules = [] } of components.map((one) => one.host(plan, node))) {
      for (const { key, value, reason } of sysctls)
        note(wanted, code(`${key.replace(/^-/, '')} = ${value}`), reason, node);
      for (const { name, reason } of modules) note(wanted, `module ${code(name)}`, reason, node);
    }
  }
  const rows = new Map<string, { names: string[]; nodes: ReadonlySet<string>; reason: string }>();
  for (const [key, { reason, nodes }] of sortedBy(wanted, ([name]) => name)) {
    const group = `${reason} ${[...nodes].join(' ')}`;
    rows.set(group, { names: [...(rows.get(group)?.names ?? []), key.split('\u0000')[0] ?? ''], nodes, reason });
  }
  if (rows.size === 0) return [];
  const cells = [...rows.values()].map(({ names, nodes, reason }) => [
    names.join(', '),
    nodes.size === all.length ? 'every node' : list([...nodes].map(code)),
    text(reason),
  ]);
  return [heading(3, 'Kernel settings'), table(['Setting', 'On', 'Why'], cells)];
}

function note(
  wanted: Map<string, { reason: string; nodes: Set<string> }>,
  name: string,
  reason: string,
  node: string,
): void {
  const key = `${name}\u0000${reason}`;
  wanted.set(key, { reason, nodes: (wanted.get(key)?.nodes ?? new Set()).add(node) });
}
