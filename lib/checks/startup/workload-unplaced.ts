import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { APPS, type Workload } from '../../plan/workload';
import type { Cluster } from '../../spec/cluster';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails, listed, warns } from '../found';

/** Taints that keep every pod away which does not tolerate them. */
const HARD = /:(NoSchedule|NoExecute)$/;

/** Pods that no node takes: every node on which they may run bears a taint. */
export function workloadUnplaced({ spec, workloads }: Plan): Finding[] {
  const untolerated = [...workloads.values()].filter(
    (one) =>
      !one.hostNetwork &&
      selectNodes(spec, one.nodes).every((node) => taintsOf(spec, node).some((taint) => !isTolerated(taint, one))),
  );
  const [known, apps] = [false, true].map((is) => untolerated.filter(({ owner }) => (owner === APPS) === is));
  return [...component(spec, known ?? []), ...(apps ?? []).map((one) => app(spec, one))];
}

/** Of its own manifests only their author knows what they tolerate. */
function app(spec: Cluster, workload: Workload): Finding {
  return warns('WORKLOAD_UNPLACED', {
    at: [workload.source, ...taints(spec, [workload])],
    message: `${workload.name} runs nowhere unless its pods tolerate what its nodes bear: ${said(spec, [workload])}`,
    fix: 'a node without a taint, or tolerations in its manifests',
  });
}

function component(spec: Cluster, workloads: readonly Workload[]): Finding[] {
  if (workloads.length === 0) return [];
  const names = [...new Set(workloads.map(({ name }) => name))].sort();
  return [
    fails('WORKLOAD_UNPLACED', {
      at: [...taints(spec, workloads), ...workloads.map(({ source }) => source)],
      message: `${listed(names)} can run on no node: ${said(spec, workloads)}`,
      fix: 'one node without a taint that they may run on',
    }),
  ];
}

function isTolerated(taint: string, { tolerates = [] }: Workload): boolean {
  return tolerates === 'every-taint' || tolerates.includes(taint.split(/[=:]/, 1)[0] ?? '');
}

const taintsOf = (spec: Cluster, node: string) => (spec.nodes[node]?.taints ?? []).filter((taint) => HARD.test(taint));

const nodesOf = (spec: Cluster, workloads: readonly Workload[]) =>
  [...new Set(workloads.flatMap(({ nodes }) => selectNodes(spec, nodes)))].sort();

function taints(spec: Cluster, workloads: readonly Workload[]): SpecPath[] {
  return nodesOf(spec, workloads).map((node) => ['nodes', node, 'taints']);
}

function said(spec: Cluster, workloads: readonly Workload[]): string {
  return listed(nodesOf(spec, workloads).map((node) => `${node} bears ${taintsOf(spec, node).join(', ')}`));
}
