import type { Finding, SpecPath } from '../spec/finding';
import { SECRET_PATTERNS } from './secret-patterns';
import type { Tree } from './tree';

/**
 * Refuses whatever looks like a secret's value, in any file. Names the place, never the value.
 * @param sourceOf where the options of a file's owner stand in the spec, if that is known
 */
export function secretsIn(tree: Tree, sourceOf: (owner: string) => SpecPath | undefined = () => undefined): Finding[] {
  return tree.files().flatMap(({ path, content, owner }) => {
    const places: { what: string; at: number }[] = [];
    for (const { what, hint, pattern, paths } of SECRET_PATTERNS) {
      if (paths?.test(`/${path}`) === false || !hint.test(content)) continue;
      const at = content.search(pattern);
      if (at >= 0) places.push({ what, at });
    }
    for (const at of filledSecrets(content)) places.push({ what: 'a Secret with values', at });
    if (places.length === 0) return [];
    const source = sourceOf(owner);
    return places.map(({ what, at }): Finding => {
      // A pattern may start with the white space of the line before.
      const line = content.slice(0, at).split('\n').length;
      return {
        code: 'SECRET_IN_OUTPUT',
        severity: 'error',
        at: source === undefined ? [] : [source],
        message: `${path}:${line} of ${owner} holds ${what}, and no secret value may be in the output`,
        fix: 'take it out of the spec, change it where it is used, and refer to it by the name of a Secret or of a file',
      };
    });
  });
}

/** Most files do not hold the word, and of the others most name no object of that kind: none of them is read line by line. */
const SECRET_NAMED = /kind: ["']?Secret/;
const SECRET_KIND = /^([ ]*(?:- )?)kind: ["']?Secret["']?[ ]*$/gm;

/** Where a YAML text, or one inside another one's block, holds a Secret with `data` or `stringData`. */
function filledSecrets(content: string): number[] {
  if (!content.includes('Secret') || !SECRET_NAMED.test(content)) return [];
  return [...content.matchAll(SECRET_KIND)].flatMap((match) => {
    const indent = (match[1] ?? '').length;
    const [from, to] = objectAround(content, match.index, indent);
    const filled = new RegExp(`^[ -]{${indent}}(?:data|stringData):[ ]*(?:$\\n[ ]{${indent + 1}}|\\{[^}\\n]*:)`, 'm');
    return filled.test(content.slice(from, to)) ? [match.index] : [];
  });
}

/** The lines before and after a place that belong to the same mapping: those at least as deep, up to another item's dash. */
function objectAround(content: string, at: number, indent: number): [from: number, to: number] {
  const belongs = (line: string) =>
    line.trim() === '' || (line.length > indent && line.slice(0, indent).trim() === '' && !line.startsWith('---'));
  const isFirst = (line: string) => /^ *- $/.test(line.slice(0, indent));
  let from = at;
  while (from > 0 && !isFirst(lineAt(content, from))) {
    const before = content.lastIndexOf('\n', from - 2) + 1;
    const line = lineAt(content, before);
    if (!belongs(line) && !isFirst(line)) break;
    from = before;
  }
  let to = content.indexOf('\n', at);
  while (to >= 0 && to + 1 < content.length && belongs(lineAt(content, to + 1))) to = content.indexOf('\n', to + 1);
  return [from, to < 0 ? content.length : to + 1];
}

function lineAt(content: string, from: number): string {
  const end = content.indexOf('\n', from);
  return content.slice(from, end < 0 ? content.length : end);
}
