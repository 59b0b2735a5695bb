import type { WorkloadName } from '../../plan/endpoint';
import { hostnameOf, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { SpecPath } from '../../spec/finding';
import { sortedEntries } from '../../text/compare';
import { SERVER_LABEL } from '../placement';
import type { EasyhaproxyOptions } from './options';

export const RELEASE = 'easyhaproxy';

export function easyhaproxyWorkload({ namespace }: Pick<EasyhaproxyOptions, 'namespace'>): WorkloadName {
  return `${namespace}/${RELEASE}`;
}

/** The chart's own selector. Source: the chart's _helpers.tpl. */
export const POD_LABELS = { 'app.kubernetes.io/name': RELEASE, 'app.kubernetes.io/instance': RELEASE };

export function placeOf(spec: Cluster): SpecPath {
  return ['ingress', spec.ingress.findIndex(({ kind }) => kind === 'easyhaproxy')];
}

/**
 * The one label by which the chart picks nodes, with its values. A label that Kubernetes sets by itself, so that a node
 * that is made anew has it from the start.
 */
export function nodeChoice({ nodes }: EasyhaproxyOptions, spec: Cluster): { label: string; values: string[] } {
  if (nodes === 'all') return { label: 'kubernetes.io/os', values: ['linux'] };
  if (nodes === 'servers') return { label: SERVER_LABEL, values: ['true'] };
  const [first, ...others] = nodes !== 'agents' && 'labels' in nodes ? sortedEntries(nodes.labels) : [];
  if (first !== undefined && others.length === 0) return { label: first[0], values: [first[1]] };
  const values = selectNodes(spec, nodes)
    .map((name) => hostnameOf(spec, name))
    .sort();
  return { label: 'kubernetes.io/hostname', values };
}
