import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../text/error-code';
import type { ManifestFile } from './manifest';

const MANIFEST = /\.(ya?ml|json)$/i;

/**
 * The YAML and JSON files below a folder, in the order of their names; hidden ones are left out, and links to folders
 * are not followed. Those that cannot be read are among them, with the reason. In a tree that Wayleave wrote the folder
 * of its hosts is left out: their manifests are copies of those in `bootstrap/`.
 * @param shown how the folder is called in messages
 * @throws Error of the file system, if that folder itself cannot be read
 */
export function readFolder(folder: string, shown: string): ManifestFile[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const written = entries.some(({ name }) => name === 'index.json') && isWritten(join(folder, 'index.json'));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.') || (written && entry.name === 'hosts')) return [];
    const path = join(folder, entry.name);
    const name = shown === '' ? entry.name : `${shown.replace(/\/$/, '')}/${entry.name}`;
    try {
      if (entry.isDirectory()) return readFolder(path, name);
      if (!MANIFEST.test(entry.name) || !statSync(path).isFile()) return [];
      return [textOf(readFileSync(path), name)];
    } catch (error) {
      const problem = UNREADABLE[codeOf(error) ?? ''];
      if (problem === undefined) throw error;
      return [{ path: name, text: '', problem }];
    }
  });
}

/** Whether a file is the list that `wayleave synth` writes of a tree. */
function isWritten(index: string): boolean {
  try {
    return /^\{\s*"wayleave": \d+,/.test(readFileSync(index, 'utf8'));
  } catch {
    return false;
  }
}

/** Bytes of another encoding would pass for a text in which nothing is declared. */
function textOf(content: Buffer, path: string): ManifestFile {
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(content) };
  } catch {
    return { path, text: '', problem: 'the file is not UTF-8 text' };
  }
}

/** Why one of the files cannot be read, by Node's code. */
const UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read it',
  ELOOP: 'this is a link that leads in a circle',
  ENOENT: 'this is a link to what is not there',
};
