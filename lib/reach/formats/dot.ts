import type { Connection } from '../connections';

/** A graph for Graphviz: an arrow for what passes, a dashed one where only something undefined may. */
export function dot(connections: readonly Connection[]): string {
  const nodes = [...new Set(connections.flatMap(({ from, to }) => [from, to]))].sort();
  const arrows = connections.map(({ from, to, allowed, undefined: open }) => {
    const label = allowed.isEmpty ? open.map(({ traffic }) => `${traffic}?`).join('; ') : allowed.toString();
    return `  ${quote(from)} -> ${quote(to)} [label=${quote(label)}${allowed.isEmpty ? ', style=dashed' : ''}];\n`;
  });
  return [
    'digraph reach {\n  rankdir=LR;\n  node [shape=box];\n',
    ...nodes.map((name) => `  ${quote(name)};\n`),
    ...arrows,
    '}\n',
  ].join('');
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
