import type { Connection } from '../connections';
import type { Traffic } from '../traffic';
import { DOUBTS } from '../known-behaviour';

/** The columns of a table of connections. */
export const HEAD = ['from', 'to', 'allowed', 'undefined', 'only if'] as const;

const texts = new WeakMap<Traffic, string>();

/** Many connections share few sets of traffic. */
function textOf(traffic: Traffic): string {
  const text = texts.get(traffic) ?? traffic.toString();
  texts.set(traffic, text);
  return text;
}

export function cells({ from, to, allowed, undefined: open, narrowed }: Connection): string[] {
  return [
    from,
    to,
    textOf(allowed),
    open.map(({ traffic, doubt }) => `${traffic} (${DOUBTS[doubt]})`).join('; '),
    narrowed.map((part) => `${part.traffic}: ${part.to.join(', ')}`).join('; '),
  ];
}

/** Columns in which anything is written. The first three always stand. */
export function usedColumns(rows: readonly (readonly string[])[]): number[] {
  return HEAD.map((_, i) => i).filter((i) => i < 3 || rows.some((row) => row[i] !== ''));
}
