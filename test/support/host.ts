import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../lib/cli/host';

/** A process for a command that is run inside a test, with what it printed. */
export function testHost(cwd: string, specs: Readonly<Record<string, unknown>> = {}, env: Host['env'] = {}) {
  const printed = { out: '', err: '' };
  const host: Host = {
    cwd,
    specs: new Map(Object.entries(specs).map(([name, spec]) => [join(cwd, name), () => ({ default: spec })])),
    stdout: { write: (text) => void (printed.out += text) },
    stderr: { write: (text) => void (printed.err += text) },
    env,
  };
  return { host, printed };
}

/** Every file below a folder, by its path from there. */
export function readTree(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry): [string, string] => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
