import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ManifestFile } from './manifest';

const MANIFEST = /\.(ya?ml|json)$/i;

/**
 * The YAML and JSON files below a folder, in the order of their names; hidden ones are left out, and links to folders
 * are not followed.
 * @param shown how the folder is called in messages
 */
export function readFolder(folder: string, shown: string): ManifestFile[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    const name = shown === '' ? entry.name : `${shown.replace(/\/$/, '')}/${entry.name}`;
    if (entry.isDirectory()) return readFolder(path, name);
    if (!MANIFEST.test(entry.name) || !statSync(path).isFile()) return [];
    return [{ path: name, text: readFileSync(path, 'utf8') }];
  });
}
