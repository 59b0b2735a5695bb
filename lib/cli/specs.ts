import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { sortedBy } from '../text/compare';
import { nearest } from '../text/suggest';
import type { Outcome } from '../spec/finding';
import type { SpecSource } from '../spec/source';
import { readModuleSource } from '../spec/ts-source';
import { readYamlSource } from '../spec/yaml-source';
import { UsageError, type Host } from './host';

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
  const names = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : [];
  const specs = names.filter(
    (name) => YAML.has(extname(name)) || (name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name)),
  );
  return sortedBy(specs, (name) => name).map((name) => join(folder, name));
}

function oneFile(name: string, all: readonly string[], host: Host): string {
  const path = isAbsolute(name) ? name : resolve(host.cwd, name);
  if (extname(name) !== '' && existsSync(path)) return path;
  const matches = all.filter((file) => stem(file) === name);
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  if (matches.length > 1)
    throw new UsageError(`${name} is written twice: ${matches.map((file) => relative(host.cwd, file)).join(' and ')}`);
  const near = nearest(name, all.map(stem));
  const hint = near === undefined ? `the clusters are ${all.map(stem).join(', ') || 'none'}` : `did you mean ${near}?`;
  throw new UsageError(`there is no cluster ${name}; ${hint}`);
}

function stem(file: string): string {
  return basename(file, extname(file));
}

/** Reads one spec, whichever form it has. */
export function load(path: string, host: Host): Outcome<SpecSource> {
  const inside = relative(host.cwd, path);
  const file = inside.startsWith('..') ? path : inside;
  if (YAML.has(extname(path))) return readYamlSource(file, readFileSync(path, 'utf8'));
  const evaluate = host.specs.get(path);
  if (evaluate === undefined) throw new UsageError(`${file} is neither a YAML file nor a TypeScript file`);
  return readModuleSource(file, evaluate);
}
