import type { SpecPath } from '../spec/finding';

/** A Service that a component has without rendering it: K3s or a chart makes it. Nobody else may give one its name. */
export interface ReservedService {
  readonly owner: string;
  /** `namespace/name`. */
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  readonly source: SpecPath;
}
