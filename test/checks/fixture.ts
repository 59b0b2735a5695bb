import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Example } from '../../lib/checks/catalogue/entry';
import { over, runExample } from '../../lib/docs/example';
import type { Finding, SpecPath, Suggestion } from '../../lib/spec/finding';
import { FINDING_CODES, type FindingCode } from '../../lib/spec/finding';
import type { Found } from '../../lib/spec/report';
import type { SpecSource } from '../../lib/spec/source';
import { isMapping, valueAt } from '../../lib/spec/walk';
import { readYamlSource } from '../../lib/spec/yaml-source';
import { tools } from '../support/tools';

const part = z.union([z.string(), z.record(z.string(), z.unknown())]);

const fixtureFile = z.strictObject({
  /** What `fault` and `near` are; see CONTRIBUTING.md. */
  of: z
    .enum(['spec', 'file', 'clusters', 'upgrade', 'components', 'output', 'manifests', 'policies', 'without'])
    .default('spec'),
  /** The spec they are laid over: a file of `test/checks/base/`. */
  base: z.string().default('home'),
  /** `of: upgrade`: what the former tree was made of, laid over the base; `fault` and `near` are laid over that. */
  before: z.record(z.string(), z.unknown()).default({}),
  /** `of: upgrade`: what has become of files of the former tree, by path. */
  changed: z.record(z.string(), z.string()).default({}),
  /** `of: without`: the component that is taken out of Wayleave. */
  without: z.string().optional(),
  /** Exactly this fault. */
  fault: part,
  /** Nearly the fault: nothing at all is said of it. */
  near: part,
  /** Whether the code is of a notice; `near` must be silent of notices, too. */
  notices: z.boolean().default(false),
  /** Codes that the fault brings with it. */
  implied: z.array(z.enum(FINDING_CODES)).default([]),
  /** Words that the message or the fix of the code's finding must hold. */
  says: z.array(z.string()).default([]),
});

/** A fault of one code, and what is nearly that fault, out of `test/checks/<CODE>--<slug>.yaml`. */
export interface Fixture extends z.output<typeof fixtureFile> {
  readonly file: string;
  readonly code: FindingCode;
  /** Lines of the fault that end in `# <-`: there the code's findings must be placed. Counted in the file. */
  readonly marked: readonly number[];
}

/** What one run found: the findings, and where each is placed. */
export interface Ran {
  readonly findings: readonly { readonly finding: Finding; readonly places: readonly string[] }[];
}

export function readFixtures(): Fixture[] {
  const names = readdirSync(__dirname).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => {
    const [code] = basename(name, '.yaml').split('--');
    if (!FINDING_CODES.includes(code as FindingCode) || !/^[A-Z0-9_]+--[a-z0-9-]+\.yaml$/.test(name))
      throw new Error(`test/checks/${name} is not named <CODE>--<slug>.yaml after a code there is`);
    const text = readFileSync(join(__dirname, name), 'utf8');
    const read = fixtureFile.safeParse(parse(text));
    if (!read.success) throw new Error(`test/checks/${name} is not in order: ${z.prettifyError(read.error)}`);
    return { ...read.data, file: `test/checks/${name}`, code: code as FindingCode, marked: markedIn(text) };
  });
}

function markedIn(text: string): number[] {
  let section = '';
  return text.split('\n').flatMap((line, i) => {
    section = /^(\w+):/.exec(line)?.[1] ?? section;
    return section === 'fault' && /# <-\s*$/.test(line) ? [i + 1] : [];
  });
}

/** Runs one side of a fixture. @param change puts a suggested value into the spec first */
export function run(fixture: Fixture, side: 'fault' | 'near', change?: Suggestion): Ran {
  const value = fixture[side];
  if (fixture.of === 'file' || fixture.of === 'manifests' || fixture.of === 'policies') {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    // What stands beside the rendered manifests is placed among them, not in the fixture.
    const rename = fixture.of === 'policies' ? undefined : inBlock(fixture, side);
    return placed(runExample({ of: fixture.of, text }, tools), rename);
  }
  const patch = isMapping(value) ? value : {};
  const example = exampleOf(fixture, patch);
  if (example !== undefined) return placed(runExample(example, tools));
  const base = baseOf(fixture.base);
  if (fixture.of === 'clusters') {
    const parts = Object.entries(patch);
    const sources = parts.map(([name, one]) => sourceOf(fixture, base.raw, base, [side, name], one, name));
    return placed(tools.survey(sources));
  }
  const before = over(base.raw, fixture.before);
  const source = sourceOf(fixture, before, base, [side], patch);
  if (fixture.of === 'upgrade') return placed(tools.upgrade({ ...source, raw: before }, source, fixture.changed));
  const raw = change === undefined ? source.raw : put(source.raw, change.path, change.value);
  const notices = fixture.notices ? (tools.walk({ ...source, raw }, 'tree').notices ?? []) : [];
  return placed([...tools.survey([{ ...source, raw }]), { source, findings: notices }]);
}

/** Faults that no spec shows, in the form of the catalogue's examples. */
function exampleOf({ of, without }: Fixture, patch: Readonly<Record<string, unknown>>): Example | undefined {
  const text = JSON.stringify(patch);
  if (of === 'without') return { of: 'spec', text, without: without ?? '' };
  return of === 'components' || of === 'output' ? { of, text } : undefined;
}

function placed(found: readonly Found[], rename: (place: string) => string = (place) => place): Ran {
  const findings = found.flatMap(({ findings: all, source }) =>
    all.map((finding) => {
      const own = finding.where !== undefined ? [finding.where] : finding.at.map((path) => source?.locate(path) ?? '');
      return { finding, places: [...own, ...(finding.also ?? [])].map(rename) };
    }),
  );
  return { findings };
}

const bases = new Map<string, SpecSource>();

/** A spec that fixtures are laid over. */
export function baseOf(name: string): SpecSource {
  const known = bases.get(name);
  if (known !== undefined) return known;
  const { value } = readYamlSource(
    `test/checks/base/${name}.yaml`,
    readFileSync(join(__dirname, 'base', `${name}.yaml`), 'utf8'),
  );
  if (value === undefined) throw new Error(`test/checks/base/${name}.yaml cannot be read`);
  bases.set(name, value);
  return value;
}

/** A patch laid over a base: each part is placed in the file that wrote it. */
function sourceOf(
  fixture: Fixture,
  under: unknown,
  base: SpecSource,
  at: SpecPath,
  patch: unknown,
  name = fixture.file,
): SpecSource {
  const own = readYamlSource(fixture.file, readFileSync(join(__dirname, '../..', fixture.file), 'utf8')).value;
  const locate = (path: SpecPath) => {
    for (let depth = path.length; depth > 0; depth--) {
      const prefix = path.slice(0, depth);
      if (valueAt(patch, prefix) !== undefined) return own?.locate([...at, ...path]) ?? fixture.file;
      if (valueAt(under, prefix) !== undefined && !isReplaced(patch, prefix)) return base.locate(path);
    }
    return base.file;
  };
  return { file: name, raw: over(under, patch), locate };
}

/** Whether the patch put something that is no mapping above a place, so that nothing of the base is left there. */
function isReplaced(patch: unknown, path: SpecPath): boolean {
  return path.some((_, depth) => {
    const there = valueAt(patch, path.slice(0, depth));
    return there !== undefined && !isMapping(there);
  });
}

/** Lines of a text that stands in a block of the fixture's file are counted from the block's first line. */
function inBlock({ file }: Fixture, side: string): (place: string) => string {
  const lines = readFileSync(join(__dirname, '../..', file), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${side}:`)) + 1;
  return (place) => place.replace(/^[^:]+:(\d+)/, (_, line: string) => `${file}:${start + Number(line)}`);
}

/** The spec with a value at a place; what leads there is made where it is missing. */
export function put(raw: unknown, path: SpecPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(raw) && typeof step === 'number') {
    const list = [...(raw as unknown[])];
    list[step] = put(list[step], rest, value);
    return list;
  }
  const mapping = isMapping(raw) ? raw : {};
  return { ...mapping, [step]: put(mapping[step], rest, value) };
}
