import { existsSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMPONENTS, documents } from '../docs/documents';
import type { Command } from './command';
import { OK, USER_ERROR, UsageError } from './host';
import { parseOptions } from './options';
import { toolsOf } from './tools';

/** Rewrites the documents that the code can generate. */
export const docsCommand: Command = {
  help: `usage: wayleave docs [--check]

Writes docs/checks.md, docs/components/*.md, docs/guide/reference.md, docs/seeds.md and docs/spec.schema.json in the
current folder, which is Wayleave's own; docs/seeds.md names lines of dist/, so run \`synth\` first. Pages of components
that are gone are removed. A test fails when one of them is stale.

  --check  writes nothing; exit 1 if a document is stale
  --help   this text
`,
  run(args, host, walk) {
    const { values } = parseOptions(args, { check: { type: 'boolean', default: false } });
    if (!existsSync(join(host.cwd, 'lib', 'components')))
      throw new UsageError("the current folder is not Wayleave's own; docs is for those who work on Wayleave");
    const fresh = documents(host.cwd, toolsOf(walk));
    const stale = [...fresh].filter(([path, text]) => read(join(host.cwd, path)) !== text);
    const gone = pages(host.cwd).filter((path) => !fresh.has(path));
    if (!values.check) {
      for (const [path, text] of stale) write(join(host.cwd, path), text);
      for (const path of gone) unlinkSync(join(host.cwd, path));
    }
    for (const [path] of stale) host.stdout.write(`${path}: ${values.check ? 'stale' : 'written'}\n`);
    for (const path of gone) host.stdout.write(`${path}: ${values.check ? 'no longer generated' : 'removed'}\n`);
    const unchanged = fresh.size - stale.length;
    host.stdout.write(`${unchanged} of ${fresh.size} documents unchanged\n`);
    return values.check && stale.length + gone.length > 0 ? USER_ERROR : OK;
  },
};

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Pages of components that are there. */
function pages(root: string): string[] {
  const names = readdirSync(join(root, COMPONENTS)).filter((name) => name.endsWith('.md'));
  return names.sort().map((name) => `${COMPONENTS}/${name}`);
}
