import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { specSchemaText } from '../spec/json-schema';
import type { Command } from './command';
import { OK } from './host';
import { parseOptions } from './options';

/** Documents that follow from the code, by their path in the project. */
export const GENERATED: Readonly<Record<string, (root: string) => string>> = {
  'docs/spec.schema.json': specSchemaText,
};

/** Rewrites the documents that the code can generate. */
export const docsCommand: Command = {
  name: 'docs',
  summary: 'write the documents that follow from the code (for those who work on Wayleave)',
  help: `usage: wayleave docs

Writes ${Object.keys(GENERATED).join(', ')} in the current folder. A test fails when one of them is stale.
`,
  run(args, host) {
    parseOptions(args, {});
    for (const [path, text] of Object.entries(GENERATED)) {
      const changed = writeIfChanged(join(host.cwd, path), text(host.cwd));
      host.stdout.write(`${path}: ${changed ? 'written' : 'unchanged'}\n`);
    }
    return OK;
  },
};

function writeIfChanged(path: string, text: string): boolean {
  try {
    if (readFileSync(path, 'utf8') === text) return false;
  } catch {
    mkdirSync(dirname(path), { recursive: true });
  }
  writeFileSync(path, text);
  return true;
}
