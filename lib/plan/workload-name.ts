import type { Cluster } from '../spec/cluster';
import type { WorkloadName } from './endpoint';

/** What the pods of an app, and its Service, go by. */
export function workloadName(spec: Cluster, app: string): WorkloadName {
  const one = spec.apps[app];
  if (one === undefined) throw new Error(`no app ${app}`);
  return `${one.namespace}/${app}`;
}
