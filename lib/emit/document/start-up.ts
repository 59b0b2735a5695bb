import { printCapability } from '../../plan/capability';
import type { Bound } from '../../components/component';
import type { Plan } from '../../plan/plan';
import { compareText, sortedBy } from '../../text/compare';
import { groupedBy } from '../../text/group';
import { list } from '../../text/list';
import { fenced, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { id, label } from './mermaid';
import { product } from './words';

/** Who provides what to whom, and the order that follows. */
export function startUp(plan: Plan, parts: readonly Bound[]): Chapter {
  const required = groupedBy(plan.required, printCapability);
  const rows = plan.provided.map((one) => {
    const name = printCapability(one);
    const needed = (required.get(name) ?? [])
      .filter(({ owner }) => owner !== one.owner)
      .map(({ owner, usedBy }) => usedBy ?? product(owner));
    return [text(name), product(one.owner), startedBy(plan, parts, one.owner), [...new Set(needed)].join(', ') || '–'];
  });
  return {
    title: 'Start-up',
    blocks: [
      `Each function has one owner, and a component starts after the owners of what it requires${plan.spec.gitops === undefined ? '' : '. What Argo CD delivers has its sync wave beside it'}.`,
      table(['Function', 'Owner', 'Started by', 'Required by'], rows),
      fenced('mermaid', graph(plan, parts)),
    ],
  };
}

/** Who brings a component to life, which is not Argo CD for all of them. */
function startedBy(plan: Plan, parts: readonly Bound[], name: string): string {
  const wave = `wave ${plan.waves.get(name) ?? 0}`;
  const delivery = plan.spec.gitops === undefined ? 'by hand' : `Argo CD, ${wave}`;
  const delivered = plan.delivered.includes(name) || (plan.spec.gitops !== undefined && charted(plan, name));
  const first = parts.some((part) => part.name === name && part.bootstrap !== undefined);
  if (first) return delivered ? `K3s, from \`bootstrap/\`; then ${delivery}` : 'K3s, from `bootstrap/`';
  if (delivered) return delivery;
  if (plan.stack.some(({ owner, services }) => owner === name && services !== undefined))
    return 'the Swarm, from its stack file';
  if (plan.provided.some(({ owner, process }) => owner === name && process !== undefined))
    return 'the k3s process itself';
  return [...plan.workloads.values()].some(({ owner }) => owner === name)
    ? 'K3s, which packages it'
    : 'the machine, from its files';
}

function charted({ releases }: Plan, name: string): boolean {
  return releases.some(({ owner }) => owner === name);
}

function graph(plan: Plan, parts: readonly Bound[]): string[] {
  const provided = groupedBy(plan.provided, printCapability);
  const edges = new Map<string, Set<string>>();
  const used = new Set<string>();
  for (const need of plan.required.filter(({ usedBy }) => usedBy === undefined)) {
    const owner = provided.get(printCapability(need))?.[0]?.owner;
    if (owner === undefined || owner === need.owner) continue;
    used.add(owner).add(need.owner);
    const key = `${id('part', owner)} -->|%| ${id('part', need.owner)}`;
    edges.set(key, (edges.get(key) ?? new Set()).add(need.name));
  }
  return [
    'flowchart LR',
    ...plan.components
      .filter((name) => used.has(name))
      .map(
        (name) => `  ${id('part', name)}[${label(product(name), startedBy(plan, parts, name).replaceAll('`', ''))}]`,
      ),
    ...sortedBy(edges, ([key]) => key).map(
      ([key, names]) => `  ${key.replace('%', () => label(list([...names].sort(compareText))))}`,
    ),
  ];
}
