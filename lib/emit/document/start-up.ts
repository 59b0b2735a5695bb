import { printCapability } from '../../plan/capability';
import type { Plan } from '../../plan/plan';
import { compareText, sortedBy } from '../../text/compare';
import { fenced, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { id, label } from './mermaid';
import { list, product } from './words';

/** Who provides what to whom, and the order that follows. */
export function startUp(plan: Plan): Chapter {
  const rows = plan.provided.map((one) => {
    const name = printCapability(one);
    const needed = plan.required
      .filter((other) => printCapability(other) === name && other.owner !== one.owner)
      .map(({ owner }) => product(owner));
    return [text(name), product(one.owner), [...new Set(needed)].join(', ') || '–'];
  });
  return {
    title: 'Start-up',
    blocks: [
      `Each function has one owner, and a component starts after the owners of what it requires${plan.spec.gitops === undefined ? '' : '; its wave is its sync wave in Argo CD'}.`,
      table(['Function', 'Owner', 'Required by'], rows),
      fenced('mermaid', graph(plan)),
    ],
  };
}

function graph(plan: Plan): string[] {
  const edges = new Map<string, Set<string>>();
  for (const need of plan.required) {
    const owner = plan.provided.find((one) => printCapability(one) === printCapability(need))?.owner;
    if (owner === undefined || owner === need.owner) continue;
    const key = `${id('part', owner)} -->|%| ${id('part', need.owner)}`;
    edges.set(key, (edges.get(key) ?? new Set()).add(need.name));
  }
  const used = plan.components.filter((name) =>
    [...edges.keys()].some((key) => key.split(' ').includes(id('part', name))),
  );
  return [
    'flowchart LR',
    ...used.map((name) => `  ${id('part', name)}[${label(product(name), `wave ${plan.waves.get(name) ?? 0}`)}]`),
    ...sortedBy(edges, ([key]) => key).map(
      ([key, names]) => `  ${key.replace('%', () => label(list([...names].sort(compareText))))}`,
    ),
  ];
}
