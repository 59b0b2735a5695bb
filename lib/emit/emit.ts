import type { Bound } from '../components/component';
import { componentSource } from '../plan/component-source';
import type { Plan } from '../plan/plan';
import { prove, type Proof } from '../proof/prove';
import { sortFindings, type Finding, type Outcome } from '../spec/finding';
import { addHosts } from './hosts';
import { INDEX, indexFile } from './index-file';
import { addManifests } from './manifests';
import { networkJson } from './network-json';
import { secretsIn } from './secrets';
import { Tree } from './tree';

/** A tree, and what the proof of its policies says. */
interface Emitted extends Outcome<Tree> {
  /** What is no fault, and worth knowing. */
  readonly notices: readonly Finding[];
  readonly proof?: Proof;
}

/** Everything of one cluster that is to be written, in memory; the disk is not touched. */
export function emit(
  plan: Plan,
  parts: readonly Bound[],
  document: (plan: Plan, parts: readonly Bound[], proof?: Proof) => string,
): Emitted {
  const tree = new Tree();
  const { placed, findings: ofObjects } = addManifests(tree, plan, parts);
  const proof = prove(plan, placed);
  const findings = [...ofObjects, ...addHosts(tree, plan, parts), ...(proof?.findings ?? [])];
  tree.add('NETWORK.md', document(plan, parts, proof), 'document');
  tree.add('network.json', networkJson(plan), 'document');
  findings.push(...secretsIn(tree, (owner) => componentSource(plan, owner)));
  tree.add(INDEX, indexFile(tree.files()), 'index');
  findings.push(...tree.findings());
  return {
    value: tree,
    findings: sortFindings(findings),
    notices: sortFindings(proof?.notices ?? []),
    ...(proof ? { proof } : {}),
  };
}
