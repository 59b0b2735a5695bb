import type { NodeSelector } from '../spec/fields';
import type { SpecPath } from '../spec/finding';
import type { WorkloadName } from './endpoint';

/** The component that the spec's own apps belong to: what it owns and declares, an operator wrote by name. */
export const APPS = 'apps';

/** Pods with one purpose: an app of the spec, or part of a component. */
export interface Workload {
  /** `namespace/name`. */
  readonly name: WorkloadName;
  readonly namespace: string;
  /** Labels that select its pods, and no others. */
  readonly labels: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  readonly nodes: NodeSelector;
  /**
   * Keys of the taints that its pods tolerate beside the nodes above, or every taint.
   * @default none, or for apps of the spec: whatever their own manifests say
   */
  readonly tolerates?: 'every-taint' | readonly string[];
  readonly owner: string;
  readonly source: SpecPath;
}

/** A Secret that must exist before the cluster works. Its values never pass through Wayleave. */
export interface SecretNeed {
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly purpose: string;
  /** Labels it must bear, such as those by which a controller finds it. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  readonly owner: string;
}
