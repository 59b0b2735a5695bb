import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { codeOf } from '../text/error-code';
import { sortedBy } from '../text/compare';
import type { Outcome } from '../spec/finding';
import type { SpecSource } from '../spec/source';
import { readModuleSource } from '../spec/ts-source';
import { readYamlSource } from '../spec/yaml-source';
import { UsageError, type Host } from './host';
import { noSuch } from './no-such';

const YAML = new Set(['.yaml', '.yml']);

/**
 * The specs that a command means: every one of `clusters/`, or those named as a cluster or as a file.
 * @throws UsageError if a name means none
 */
export function specFiles(wanted: readonly string[], host: Host): string[] {
  const all = listed(host);
  if (wanted.length === 0) {
    if (all.length === 0)
      throw new UsageError('there is no spec in clusters/; write clusters/<name>.ts or clusters/<name>.yaml');
    return all;
  }
  return [...new Set(wanted.map((name) => oneFile(name, all, host)))];
}

function listed(host: Host): string[] {
  const folder = join(host.cwd, 'clusters');
  const specs = namesIn(folder).filter(
    (name) => YAML.has(extname(name)) || (name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name)),
  );
  return sortedBy(specs, (name) => name).map((name) => join(folder, name));
}

/** @throws UsageError if there is such a folder, and this user may not read it */
function namesIn(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
    throw new UsageError('clusters/ may not be read by this user');
  }
}

function oneFile(name: string, all: readonly string[], host: Host): string {
  const path = isAbsolute(name) ? name : resolve(host.cwd, name);
  if (extname(name) !== '' && existsSync(path)) return path;
  const matches = all.filter((file) => stem(file) === name);
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  if (matches.length > 1)
    throw new UsageError(`${name} is written twice: ${matches.map((file) => relative(host.cwd, file)).join(' and ')}`);
  throw new UsageError(noSuch('cluster', name, all.map(stem)));
}

function stem(file: string): string {
  return basename(file, extname(file));
}

/** Reads one spec, whichever form it has. */
export function load(path: string, host: Host): Outcome<SpecSource> {
  const inside = relative(host.cwd, path);
  const file = inside.startsWith('..') ? path : inside;
  const evaluate = host.specs.get(path);
  if (evaluate?.faults !== undefined)
    return { findings: evaluate.faults.flatMap((one) => refuse(one.where ?? file, one.message, one.fix).findings) };
  if (evaluate !== undefined) return readModuleSource(file, () => withoutExit(evaluate));
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    const problem = UNREADABLE[codeOf(error) ?? ''];
    if (problem === undefined) throw error;
    return refuse(file, problem, 'put a spec there, or take it away');
  }
  if (!YAML.has(extname(path))) throw new UsageError(`${file} is neither a YAML file nor a TypeScript file`);
  const text = utf8(content);
  return text === undefined
    ? refuse(file, 'the file is not UTF-8 text', 'save it as UTF-8')
    : readYamlSource(file, text);
}

/** A spec that ends the process would end the run of all others. */
function withoutExit(evaluate: () => unknown): unknown {
  const own = Object.getOwnPropertyDescriptor(process, 'exit');
  const value = () => {
    throw new Error('it calls process.exit');
  };
  Object.defineProperty(process, 'exit', { ...own, value });
  try {
    return evaluate();
  } finally {
    Object.defineProperty(process, 'exit', own ?? { value });
  }
}

/** Why a file that stands in the list of specs cannot be read, by Node's code. */
const UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: 'the file may not be read by this user',
  EISDIR: 'this is a folder, and a spec is a file',
  ELOOP: 'this is a link that leads in a circle',
  ENOENT: 'this is a link to a file that is not there',
};

function refuse(where: string, message: string, fix?: string): Outcome<SpecSource> {
  const finding = { code: 'SPEC_SYNTAX', severity: 'error', at: [[]], where, message } as const;
  return { findings: [fix === undefined ? finding : { ...finding, fix }] };
}

/** Bytes of another encoding would come out as text that nobody wrote. */
function utf8(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
