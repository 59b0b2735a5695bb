import type { SpecPath } from '../spec/finding';
import type { WorkloadName } from './endpoint';

/** A Service that a component has without rendering it: K3s or a chart makes it. Nobody else may give one its name. */
export interface ReservedService {
  readonly owner: string;
  /** `namespace/name`. */
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** The pods behind it. @default those of its own name */
  readonly workload?: WorkloadName;
  /** Its TCP ports, by what clients dial and what the pods bind. Absent: those of its pods' listeners, if any. */
  readonly ports?: readonly { readonly service: number; readonly container: number }[];
  /** Whether its name leads to the pods' own addresses. @default false (Kubernetes) */
  readonly isHeadless?: boolean;
  readonly source: SpecPath;
}
