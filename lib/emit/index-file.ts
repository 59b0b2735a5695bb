import { createHash } from 'node:crypto';
import { isPlainPath, type TreeFile } from './tree';

/** The name of the file that lists all others of a cluster's folder. */
export const INDEX = 'index.json';

/** The version of the output's layout. A reader that knows another one must not rely on it. */
const FORMAT = 1;

/** SHA-256 in hexadecimal, by path. */
export type Index = ReadonlyMap<string, string>;

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A node's files are listed in two indexes. */
const hashes = new WeakMap<TreeFile, string>();

function hashOf(file: TreeFile): string {
  const hash = hashes.get(file) ?? sha256(file.content);
  hashes.set(file, hash);
  return hash;
}

/**
 * Lists files with their SHA-256 and their size, one a line: `host-setup.sh` reads it line by line.
 * @param folder that they lie in, ends with `/`; paths are written without it. @default the cluster's
 */
export function indexFile(files: readonly TreeFile[], folder = ''): string {
  const lines = files.map((file) => {
    const name = JSON.stringify(file.path.slice(folder.length));
    return `    ${name}: { "sha256": "${hashOf(file)}", "bytes": ${Buffer.byteLength(file.content)} }`;
  });
  return `{\n  "wayleave": ${FORMAT},\n  "files": {${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}}\n}\n`;
}

/** Reads an index; undefined for what Wayleave cannot have written. */
export function readIndex(text: string): Index | undefined {
  const index = parse(text);
  if (!isRecord(index) || index.wayleave !== FORMAT || !isRecord(index.files)) return undefined;
  const hashes = new Map<string, string>();
  for (const [path, file] of Object.entries(index.files)) {
    // Files are removed by these paths: one that leads out of the folder must never be followed.
    if (!isPlainPath(path) || !isRecord(file) || typeof file.sha256 !== 'string') return undefined;
    hashes.set(path, file.sha256);
  }
  return hashes;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
