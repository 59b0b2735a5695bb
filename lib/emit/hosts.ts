import type { Bound } from '../components/component';
import { writtenFor } from '../components/host-file';
import { initServer } from '../plan/nodes';
import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import { commentLines } from '../text/comment';
import { mergeByName, mergeSysctls, type Reasoned } from './host-needs';
import { INDEX, indexFile } from './index-file';
import { NODE_FACTS, nodeFacts } from './node-facts';
import type { Tree, TreeFile } from './tree';

/** What K3s applies when a server starts. Source: K3s documentation, auto-deploying manifests. */
const MANIFESTS = '/var/lib/rancher/k3s/server/manifests';

/**
 * Adds to the tree what all components together want of each node's machine, to be called behind what adds manifests.
 * A node's folder is all that its machine needs, with an index of its own. What is wrong with it is returned.
 */
export function addHosts(tree: Tree, plan: Plan, parts: readonly Bound[]): Finding[] {
  const nodes = Object.keys(plan.spec.nodes);
  const findings = nodes.flatMap((node) => addHost(tree, plan, parts, node));
  addBootstrap(tree, plan);
  const files = new Map(nodes.map((node): [string, TreeFile[]] => [node, []]));
  for (const file of tree.files()) files.get(/^hosts\/([^/]+)\//.exec(file.path)?.[1] ?? '')?.push(file);
  for (const [node, own] of files) {
    const folder = `hosts/${node}/`;
    tree.add(`${folder}${INDEX}`, indexFile(own, folder), 'index');
  }
  return findings;
}

/** The first server carries what K3s applies at the cluster's first start. */
function addBootstrap(tree: Tree, plan: Plan): void {
  for (const { path, content } of tree.files().filter(({ path }) => path.startsWith('bootstrap/'))) {
    const name = path.slice('bootstrap/'.length);
    tree.add(`hosts/${initServer(plan.spec)}${MANIFESTS}/${name}`, content, 'hosts');
  }
}

function addHost(tree: Tree, plan: Plan, parts: readonly Bound[], node: string): Finding[] {
  const needs = parts.map((part) => ({ owner: part.name, ...part.host(plan, node) }));
  const folder = `hosts/${node}`;
  const add = (path: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    const head = writtenFor(`${plan.spec.name}/${node}`);
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
  add(NODE_FACTS, nodeFacts(plan, node).map(oneLine));
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
