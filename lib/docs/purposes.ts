import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCSTRING = String.raw`\/\*\*((?:(?!\*\/)[^])*)\*\/\n`;
const REGISTERED = new RegExp(
  `${DOCSTRING}export const \\w+(?:: \\w+)? = register(?:<[^]*?>)?\\(\\{\\s*name: '([^']+)'`,
  'g',
);

/**
 * What the sources say that each component is, by the name it is registered under: the docstring of its `register`.
 * @param root Wayleave's own folder
 */
export function readPurposes(root: string): ReadonlyMap<string, string> {
  const components = join(root, 'lib', 'components');
  const purposes = new Map<string, string>();
  for (const folder of readdirSync(components, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    for (const file of readdirSync(join(components, folder.name)).filter((name) => /(?<!\.test)\.ts$/.test(name))) {
      const source = readFileSync(join(components, folder.name, file), 'utf8');
      for (const [, doc = '', name = ''] of source.matchAll(REGISTERED)) purposes.set(name, plain(doc));
    }
  }
  return purposes;
}

function plain(doc: string): string {
  return doc
    .split('\n')
    .map((line) => line.replace(/^\s*\*/, '').trim())
    .join(' ')
    .trim();
}
