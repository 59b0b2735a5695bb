import { parseDocument, type Document } from 'yaml';
import type { Finding } from '../spec/finding';
import { ManifestDocument, type Manifest, type ManifestFile } from './manifest';
import { isMapping } from './field';
import { readPlainYaml } from '../text/plain-yaml';

/** The objects of all files in order, those of lists included, and what could not be read. Other documents are passed over. */
export function readManifests(files: readonly ManifestFile[]): { manifests: Manifest[]; findings: Finding[] } {
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    if (file.problem !== undefined) findings.push(unreadable(`${file.path}:1`, file.problem));
    for (const { text, linesBefore } of documentsOf(file)) {
      const document = new ManifestDocument(file.path, text, linesBefore);
      const read = file.path.endsWith('.json') ? readJson(text) : readYaml(text);
      if (read.problem !== undefined)
        findings.push(unreadable(`${file.path}:${linesBefore + read.problem.line}`, read.problem.message));
      const found: Found = { manifests, findings };
      if (read.value !== undefined) addObjects(read.value, document, [], NO_LIST, found);
    }
  }
  return { manifests, findings };
}

interface Part {
  readonly text: string;
  readonly linesBefore: number;
}

/** A document marker at the start of a line is one even inside a block of text (YAML 1.2, 9.1.2). */
function documentsOf({ path, text: written }: ManifestFile): Part[] {
  const text = written.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  if (path.endsWith('.json') || !/^---(?=\s|$)/m.test(text)) return [{ text, linesBefore: 0 }];
  const parts: Part[] = [];
  let lines: string[] = [];
  let linesBefore = 0;
  const close = (next: number) => {
    const part = lines.join('\n');
    if (part.trim() !== '') parts.push({ text: part, linesBefore });
    lines = [];
    linesBefore = next;
  };
  for (const [i, line] of text.split('\n').entries()) {
    if (/^---(\s|$)/.test(line)) {
      close(i);
      lines.push(`   ${line.slice(3)}`);
    } else {
      lines.push(line);
    }
  }
  close(0);
  return parts;
}

interface Read {
  readonly value?: unknown;
  readonly problem?: { readonly line: number; readonly message: string };
}

function readYaml(text: string): Read {
  const plain = readPlainYaml(text);
  if (plain !== undefined) return plain;
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error === undefined) return writtenOut(document);
  const problem = {
    line: error.linePos?.[0].line ?? 1,
    message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, ''),
  };
  // A key given twice leaves a document that can be read: the last one counts, as for the API server.
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  return readable ? { problem, ...writtenOut(document) } : { problem };
}

/** As many aliases as a document may hold once they are all written out; a bomb of them grows tenfold a line. */
const MOST_ALIASES = 10_000;

function writtenOut(document: Document): Read {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown };
  } catch (error) {
    // Of the two things that make it throw, an alias without an anchor is among the document's errors already.
    if (!(error instanceof ReferenceError)) throw error;
    return { problem: { line: 1, message: `its aliases stand for more than ${MOST_ALIASES} values` } };
  }
}

/** JSON's own reader is the faster by far; YAML's finds the line where it fails. */
function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return readYaml(text);
  }
}

interface Found {
  readonly manifests: Manifest[];
  readonly findings: Finding[];
}

/** What the items of a typed list, such as a PodList, need not repeat. */
interface ListType {
  readonly kind: string;
  readonly apiVersion: string;
}

const NO_LIST: ListType = { kind: '', apiVersion: '' };

function addObjects(
  value: unknown,
  document: ManifestDocument,
  path: readonly (string | number)[],
  list: ListType,
  found: Found,
): void {
  if (!isMapping(value)) return;
  const kind = typeof value.kind === 'string' ? value.kind : list.kind;
  const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : list.apiVersion;
  if (kind.endsWith('List') && Array.isArray(value.items)) {
    const own = { kind: kind.slice(0, -'List'.length), apiVersion: kind === 'List' ? '' : apiVersion };
    for (const [i, item] of value.items.entries()) addObjects(item, document, [...path, 'items', i], own, found);
    return;
  }
  if (kind !== '' && apiVersion !== '') found.manifests.push({ apiVersion, kind, value, document, path });
  // What has both is meant for an API server, which refuses it. Anything else, such as values of a chart, is no manifest.
  else if (isMapping(value.metadata) && isMapping(value.spec)) {
    const lacks = kind === '' ? `an object of ${apiVersion || 'no version'} has no kind` : `${kind} has no apiVersion`;
    found.findings.push(unreadable(document.place(path), lacks));
  }
}

function unreadable(where: string, message: string): Finding {
  return { code: 'MANIFEST_UNREADABLE', severity: 'error', at: [], where, message: message.trim() };
}
