import type { Bound } from '../components/component';
import { componentSource } from '../plan/component-source';
import type { Plan } from '../plan/plan';
import { sortFindings, type Outcome } from '../spec/finding';
import { addHosts } from './hosts';
import { INDEX, indexFile } from './index-file';
import { addManifests } from './manifests';
import { networkJson } from './network-json';
import { secretsIn } from './secrets';
import { Tree } from './tree';

/** Everything of one cluster that is to be written, in memory; the disk is not touched. */
export function emit(
  plan: Plan,
  parts: readonly Bound[],
  document: (plan: Plan, parts: readonly Bound[]) => string,
): Outcome<Tree> {
  const tree = new Tree();
  const findings = [...addManifests(tree, plan, parts), ...addHosts(tree, plan, parts)];
  tree.add('NETWORK.md', document(plan, parts), 'document');
  tree.add('network.json', networkJson(plan), 'document');
  findings.push(...secretsIn(tree, (owner) => componentSource(plan, owner)));
  tree.add(INDEX, indexFile(tree), 'index');
  findings.push(...tree.findings());
  return { value: tree, findings: sortFindings(findings) };
}
