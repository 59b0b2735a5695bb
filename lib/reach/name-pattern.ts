/** Characters of a label of a DNS name; a star of an inner pattern stands among them, since only a star takes it. */
const LABEL = '[-a-z0-9_*]';

/**
 * Whether every name of `inner` is one of `outer`. Both may be patterns: `*` stands for any characters of one label,
 * alone for every name, and a leading `**.` for any labels. Source: Cilium docs, DNS based policies.
 */
export function covers(outer: string, inner: string): boolean {
  const pattern = normal(outer);
  const name = normal(inner);
  if (pattern === name || pattern === '*') return true;
  if (name === '*' || name.startsWith('**')) return false;
  const deep = pattern.startsWith('**.');
  const source = (deep ? pattern.slice(3) : pattern).split('*').map(escape).join(`${LABEL}*`);
  return new RegExp(`^${deep ? `(${LABEL}+\\.)+` : ''}${source}$`).test(name);
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

function normal(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
