import type { CompiledRule } from './compiled-rule';
import type { Policy } from './policy';

/** A policy with the rules of one direction, for an endpoint that it is for. */
export interface Applying {
  readonly policy: Policy;
  readonly isolates: boolean;
  readonly rules: readonly CompiledRule[];
}
