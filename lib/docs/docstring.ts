import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the sources say that each component is: the docstring of its `register`, or of its options where it is not built. */
export interface Purposes {
  /** By the name it is registered under. */
  readonly built: ReadonlyMap<string, string>;
  /** By folder. */
  readonly options: ReadonlyMap<string, string>;
}

const DOCSTRING = String.raw`\/\*\*((?:(?!\*\/)[^])*)\*\/\n`;
const REGISTERED = new RegExp(
  `${DOCSTRING}export const \\w+(?:: \\w+)? = register(?:<[^]*?>)?\\(\\{\\s*name: '([^']+)'`,
  'g',
);
const OPTIONS = new RegExp(`${DOCSTRING}export const \\w+Options = z\\.`);

/** @param root Wayleave's own folder */
export function readPurposes(root: string): Purposes {
  const components = join(root, 'lib', 'components');
  const built = new Map<string, string>();
  const options = new Map<string, string>();
  for (const folder of readdirSync(components, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    const files = readdirSync(join(components, folder.name)).filter((file) => /(?<!\.test)\.ts$/.test(file));
    for (const file of files.sort()) {
      const source = readFileSync(join(components, folder.name, file), 'utf8');
      for (const [, doc = '', name = ''] of source.matchAll(REGISTERED)) built.set(name, plain(doc));
      const doc = file === 'options.ts' ? OPTIONS.exec(source)?.[1] : undefined;
      if (doc !== undefined) options.set(folder.name, plain(doc));
    }
  }
  return { built, options };
}

function plain(doc: string): string {
  return doc
    .split('\n')
    .map((line) => line.replace(/^\s*\*/, '').trim())
    .join(' ')
    .trim();
}
