import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { printFile } from '../emit/disk';
import type { Tree } from '../emit/tree';
import { Output } from '../emit/write';
import type { Finding } from '../spec/finding';

/**
 * What is said when a tree is to be written where something lies already. It is tried in a temporary folder, of which
 * the findings do not tell.
 * @param there texts of files, by path below the cluster's folder; anything else is a folder
 */
export function onDisk(there: Readonly<Record<string, unknown>>, tree: Tree): Finding[] {
  const root = mkdtempSync(join(tmpdir(), 'wayleave-example-'));
  try {
    const folder = join(root, 'dist', 'home');
    for (const [path, content] of Object.entries(there)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (typeof content === 'string') writeFileSync(join(folder, path), `${content}\n`);
      else mkdirSync(join(folder, path));
    }
    const output = new Output(join(root, 'dist'));
    const findings = output.stage('home', tree);
    output.abort();
    return findings.map((finding) => ({ ...finding, message: finding.message.replaceAll(`${printFile(root)}/`, '') }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
