/** Labels of a pod, a namespace or a node. */
export type Labels = Readonly<Record<string, string>>;

/** A condition on labels. */
export interface LabelTest {
  /** The same for conditions that mean the same, as far as it can be told. */
  readonly key: string;
  /** The keys it looks at; no other label can change its answer. */
  readonly looksAt: readonly string[];
  /** A label, and its value, that whatever matches has: spares asking those without it. */
  readonly wants?: readonly [key: string, value: string];
  matches(labels: Labels): boolean;
}

/** What every label satisfies. */
export const EVERY: LabelTest = { key: '', looksAt: [], matches: () => true };

export const NEVER: LabelTest = { key: '∅', looksAt: [], matches: () => false };

export function allOf(tests: readonly LabelTest[]): LabelTest {
  const real = tests.filter((test) => test.key !== EVERY.key);
  const [only] = real;
  if (real.length < 2) return only ?? EVERY;
  const wants = real.find((test) => test.wants !== undefined)?.wants;
  return {
    ...(wants === undefined ? {} : { wants }),
    key: real.map((test) => test.key).join(' && '),
    looksAt: real.flatMap((test) => test.looksAt),
    matches: (labels) => real.every((test) => test.matches(labels)),
  };
}

export function not(test: LabelTest): LabelTest {
  return { key: `!(${test.key})`, looksAt: test.looksAt, matches: (labels) => !test.matches(labels) };
}
