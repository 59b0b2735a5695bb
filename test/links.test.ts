import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '..');
const SKIPPED = new Set(['node_modules', '.git', '.synth', 'coverage']);

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownBelow(path);
    return entry.isFile() && entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Without blocks of code, whose lines stay as empty ones. */
const prose = (path: string) =>
  readFileSync(path, 'utf8').replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ''));

/** Anchors of headings as GitHub makes them: small letters, no punctuation, hyphens for spaces, numbers for namesakes. */
function anchorsOf(path: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = [...prose(path).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set(anchors);
}

const known = new Map<string, Set<string>>();
const anchorsIn = (path: string) => known.get(path) ?? known.set(path, anchorsOf(path)).get(path) ?? new Set<string>();

/** What is wrong with a link; undefined if it leads somewhere. */
function fault(from: string, link: string): string | undefined {
  const [, path = '', anchor] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(link) ?? [];
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(target)) return 'there is no such file';
  if (anchor === undefined) return undefined;
  const line = /^L(\d+)$/.exec(anchor)?.[1];
  if (line === undefined) return anchorsIn(target).has(anchor) ? undefined : 'there is no such heading';
  return Number(line) <= readFileSync(target, 'utf8').split('\n').length ? undefined : 'there is no such line';
}

test('every relative link of every document leads to a file, a heading or a line that is there', () => {
  const documents = markdownBelow(ROOT);
  expect(documents.length).toBeGreaterThan(50);
  const faults = documents.flatMap((path) =>
    [
      ...prose(path)
        .replace(/`[^`\n]*`/g, '')
        .matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g),
    ].flatMap(([, link = '']) => {
      const wrong = fault(path, link);
      return wrong === undefined ? [] : [`${relative(ROOT, path)}: ${link}: ${wrong}`];
    }),
  );
  expect(faults).toEqual([]);
});
