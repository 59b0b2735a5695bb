import { parseDocument } from 'yaml';
import type { Finding } from '../spec/finding';
import { ManifestDocument, type Manifest, type ManifestFile } from './manifest';
import { isMapping } from './field';
import { readPlainYaml } from '../text/plain-yaml';

/** The objects of all files in order, those of lists included, and what could not be read. Other documents are passed over. */
export function readManifests(files: readonly ManifestFile[]): { manifests: Manifest[]; findings: Finding[] } {
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    for (const { text, linesBefore } of documentsOf(file)) {
      const document = new ManifestDocument(file.path, text, linesBefore);
      const read = file.path.endsWith('.json') ? readJson(text) : readYaml(text);
      if (read.problem !== undefined)
        findings.push(unreadable(file.path, linesBefore + read.problem.line, read.problem.message));
      if (read.value !== undefined) manifests.push(...objectsOf(read.value, document, [], ''));
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
  if (error === undefined) return { value: document.toJS() as unknown };
  const problem = {
    line: error.linePos?.[0].line ?? 1,
    message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, ''),
  };
  // A key given twice leaves a document that can be read: the last one counts, as for the API server.
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  return readable ? { value: document.toJS() as unknown, problem } : { problem };
}

/** JSON's own reader is the faster by far; YAML's finds the line where it fails. */
function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return readYaml(text);
  }
}

function objectsOf(
  value: unknown,
  document: ManifestDocument,
  path: readonly (string | number)[],
  listKind: string,
): Manifest[] {
  if (!isMapping(value)) return [];
  const kind = typeof value.kind === 'string' ? value.kind : listKind;
  const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : '';
  if (kind.endsWith('List') && Array.isArray(value.items)) {
    // The items of a typed list, such as a PodList, need not repeat their kind.
    return value.items.flatMap((item: unknown, i) =>
      objectsOf(item, document, [...path, 'items', i], kind.slice(0, -'List'.length)),
    );
  }
  return kind === '' || (apiVersion === '' && listKind === '') ? [] : [{ apiVersion, kind, value, document, path }];
}

function unreadable(file: string, line: number, message: string): Finding {
  return { code: 'MANIFEST_UNREADABLE', severity: 'error', at: [], where: `${file}:${line}`, message: message.trim() };
}
