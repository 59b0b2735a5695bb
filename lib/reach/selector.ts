import { compareText } from '../text/compare';
import { nearest } from '../text/suggest';
import type { Field } from './field';
import { allOf, EVERY, not, type LabelTest } from './labels';

/** Kubernetes, label syntax: an optional DNS prefix, then at most 63 letters, digits, `-`, `_`, `.`. */
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

export interface SelectorOptions {
  /** What a key of the manifest stands for. @default itself (Kubernetes) */
  readonly keyOf?: (key: string) => string;
  /** Whether keys may have a form of their own, such as Cilium's `k8s:app`. @default false (Kubernetes) */
  readonly freeKeys?: boolean;
}

/** Reads a Kubernetes LabelSelector. An empty one selects everything; ask `isGiven` for an absent one first. */
export function readSelector(field: Field, options: SelectorOptions = {}): LabelTest {
  field.only(['matchLabels', 'matchExpressions']);
  const keyOf = options.keyOf ?? ((key: string) => key);
  const tests: LabelTest[] = [];
  const labels = field.get('matchLabels');
  for (const key of labels.keys()) {
    const value = labels.get(key);
    checkKey(key, value, options);
    const text = value.text();
    if (text !== undefined) checkValue(text, value);
    if (text !== undefined) tests.push(isIn(keyOf(key), [text]));
  }
  for (const expression of field.get('matchExpressions').items())
    tests.push(readExpression(expression, options, keyOf));
  return allOf(tests.sort((a, b) => compareText(a.key, b.key)));
}

function readExpression(field: Field, options: SelectorOptions, keyOf: (key: string) => string): LabelTest {
  field.only(['key', 'operator', 'values']);
  const given = field.get('key').text();
  if (given === undefined) field.invalid('has no key');
  else checkKey(given, field.get('key'), options);
  const key = keyOf(given ?? '');
  const operator = field.get('operator').text() ?? '';
  const values = field.get('values').texts();
  for (const value of field.get('values').items()) if (typeof value.value === 'string') checkValue(value.value, value);
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) field.get('values').invalid(`is empty, and ${operator} needs at least one value`);
    const test = isIn(key, values);
    return operator === 'In' ? test : not(test);
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) field.get('values').invalid(`must be absent, since ${operator} takes none`);
    const wanted = operator === 'Exists';
    return {
      key: `${wanted ? '' : '!'}${key}`,
      looksAt: [key],
      matches: (labels) => Object.hasOwn(labels, key) === wanted,
    };
  }
  const near = nearest(operator, OPERATORS);
  field.get('operator').invalid(`is ${JSON.stringify(operator)}; the operators are ${OPERATORS.join(', ')}`, near);
  return EVERY;
}

/** A label that has one of the values. */
export function isIn(key: string, values: readonly string[]): LabelTest {
  const sorted = [...new Set(values)].sort();
  const [only] = sorted;
  return {
    ...(only === undefined || sorted.length > 1 ? {} : { wants: [key, only] }),
    key: `${key}=${sorted.join('|')}`,
    looksAt: [key],
    matches: (labels) => {
      const value = labels[key];
      return value !== undefined && sorted.includes(value);
    },
  };
}

function checkKey(key: string, field: Field, { freeKeys }: SelectorOptions): void {
  if (freeKeys === true) return;
  const slash = key.indexOf('/');
  const valid = NAME.test(key.slice(slash + 1)) && (slash < 0 || PREFIX.test(key.slice(0, slash)));
  if (!valid) field.invalid(`has the key ${JSON.stringify(key)}, which no label can have`);
}

function checkValue(value: string, field: Field): void {
  if (value !== '' && !NAME.test(value))
    field.invalid(`is ${JSON.stringify(value)}, which no label can have for a value`);
}
