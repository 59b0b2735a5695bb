import type { z } from 'zod';

/** Kinds of named things that one part of a spec defines and another refers to. */
export type Noun =
  | 'app'
  | 'certificate'
  | 'ingress'
  | 'issuer'
  | 'network'
  | 'node'
  | 'outside party'
  | 'pool'
  | 'storage'
  | 'tailnet'
  | 'tunnel'
  | 'WireGuard network';

/** What zod has no word for: what a text refers to, what picks nodes, and how a text that is nearly right is mended. */
export interface Mark {
  readonly refersTo?: Noun;
  /** Whether it picks nodes by what they are, so that it may find none. */
  readonly selectsNodes?: boolean;
  /** A text that the field would take; undefined where none suggests itself. */
  readonly mend?: (text: string) => string | undefined;
}

const marks = new WeakMap<z.core.$ZodType, Mark>();

/** Marks a schema. To be called on the finished leaf: refining it later makes a new schema without the mark. */
export function mark<S extends z.core.$ZodType>(schema: S, what: Mark): S {
  marks.set(schema, what);
  return schema;
}

export function markOf(schema: z.core.$ZodType): Mark {
  return marks.get(schema) ?? {};
}
