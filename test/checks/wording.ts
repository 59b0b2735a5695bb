import type { Finding } from '../../lib/spec/finding';

/** Traces of a value that was never meant to be read: what was never set, a dump of an object, a name that is empty. */
const TRACES: readonly RegExp[] = [
  /\bundefined\b/,
  /\bnull\b/,
  /\bNaN\b/,
  /\[object \w+\]/,
  /\{"|"\}/,
  /=>/,
  /\(\)/,
  /``|""|''/,
  / {2}/,
  /^\s|\s$/,
  / ,|,,| \./,
];

/** What of a finding's words no person would have written; undefined if nothing. */
export function faultOfWording({ message, fix }: Finding): string | undefined {
  const texts = [message, ...(fix === undefined ? [] : [fix])];
  for (const text of texts) {
    if (text === '') return 'an empty text';
    const trace = TRACES.find((pattern) => pattern.test(text));
    if (trace !== undefined) return `${String(trace)} in ${JSON.stringify(text)}`;
  }
  return undefined;
}
