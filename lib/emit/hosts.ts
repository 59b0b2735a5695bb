import type { Bound } from '../components/component';
import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import { commentLines } from '../text/comment';
import { mergeByName, mergeSysctls, type Reasoned } from './host-needs';
import type { Tree } from './tree';

/** Adds to the tree what all components together want of each node's machine. What is wrong with it is returned. */
export function addHosts(tree: Tree, plan: Plan, parts: readonly Bound[]): Finding[] {
  return Object.keys(plan.spec.nodes).flatMap((node) => addHost(tree, plan, parts, node));
}

function addHost(tree: Tree, plan: Plan, parts: readonly Bound[], node: string): Finding[] {
  const needs = parts.map((part) => ({ owner: part.name, ...part.host(plan, node) }));
  const folder = `hosts/${node}`;
  const add = (path: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    const head = `# Written by Wayleave for ${plan.spec.name}/${node}. Change the spec, not this file.`;
    tree.add(`${folder}/${path}`, `${[head, ...lines].join('\n')}\n`, 'hosts');
  };

  for (const { owner, files } of needs) {
    for (const file of files ?? []) {
      if (!file.path.startsWith('/'))
        throw new Error(`${owner} wants ${file.path} on ${node}, which is no absolute path`);
      tree.add(folder + file.path, file.content, owner);
    }
  }
  const { sysctls, findings } = mergeSysctls(
    node,
    needs.flatMap(({ owner, sysctls }) => (sysctls ?? []).map((sysctl) => ({ ...sysctl, owner }))),
  );
  add(
    'etc/sysctl.d/99-wayleave.conf',
    sysctls.flatMap((one) => explained(one, `${one.name} = ${one.value}`)),
  );
  const modules = mergeByName(needs.flatMap((need) => need.modules ?? []));
  add(
    'etc/modules-load.d/wayleave.conf',
    modules.flatMap((one) => explained(one, one.name)),
  );
  const packages = mergeByName(needs.flatMap((need) => need.packages ?? []));
  add(
    'packages.txt',
    packages.map((one) => oneLine(`${one.name} ${commentLines(one.reasons.join('; ')).join(' ')}`)),
  );
  return findings;
}

function explained({ reasons }: Reasoned, line: string): string[] {
  return ['', ...reasons.flatMap(commentLines), oneLine(line)];
}

/** A break would make a setting of its own out of what follows it. */
function oneLine(line: string): string {
  if (/\p{Cc}/u.test(line)) throw new Error(`${JSON.stringify(line)} is no single line`);
  return line;
}
