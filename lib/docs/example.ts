import { parse } from 'yaml';
import type { Example } from '../checks/catalogue/entry';
import { SAMPLE } from '../checks/catalogue/sample';
import { check } from '../checks/check';
import { unavailable } from '../components/chosen';
import { bind, REGISTRY } from '../components/registry';
import { emit } from '../emit/emit';
import { renderObjects } from '../emit/render';
import { resolve } from '../plan/resolve';
import { prove } from '../proof/prove';
import { readManifests } from '../reach/manifest-reader';
import { readWorld } from '../reach/world';
import type { Cluster } from '../spec/cluster';
import { printPath, type Finding } from '../spec/finding';
import { parseCluster } from '../spec/parse';
import { renderFindings, type Found } from '../spec/report';
import type { SpecSource } from '../spec/source';
import { isMapping } from '../spec/walk';
import { readYamlSource } from '../spec/yaml-source';
import { madeUp } from './made-up';
import { onDisk } from './on-disk';
import type { Tools } from './tools';

/** What is found when an example is run, by spec. */
export function runExample(example: Example, tools: Tools): readonly Found[] {
  const { of, text } = example;
  switch (of) {
    case 'spec':
      return runSpec(example, tools);
    case 'file':
      return runFile(text, tools);
    case 'clusters':
      return runClusters(text, tools);
    case 'upgrade':
      return runUpgrade(text, tools);
    case 'components':
      return [{ findings: runComponents(text) }];
    case 'output':
      return [{ findings: onDisk(parse(text) as Record<string, unknown>, sampleTree(tools)) }];
    case 'manifests':
      return [{ findings: readWorld([{ path: POLICIES, text }]).findings }];
    case 'policies':
      return [{ findings: runPolicies(text) }];
  }
}

/** The same as it is printed. */
export function printExample(example: Example, tools: Tools): string {
  return renderFindings(runExample(example, tools), false, { notices: example.notices === true }).trimEnd();
}

/** Parts of a spec laid over a whole one: mappings are merged, null takes a key out, everything else is replaced. */
export function over(base: unknown, part: unknown): unknown {
  if (!isMapping(part)) return part;
  const merged = new Map(isMapping(base) ? Object.entries(base) : []);
  for (const [key, value] of Object.entries(part)) {
    if (value === null) merged.delete(key);
    else merged.set(key, over(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function sourceOf(file: string, raw: unknown): SpecSource {
  return { file, raw, locate: (path) => (path.length === 0 ? file : `${file}: ${printPath(path)}`) };
}

function runSpec({ text, without, notices }: Example, tools: Tools): readonly Found[] {
  const raw = over(parse(SAMPLE), parse(text));
  const source = sourceOf('clusters/home.yaml', raw);
  if (notices === true) return [{ findings: tools.walk(source, 'tree').notices ?? [] }];
  // Paths say enough where the file is only shown in part.
  if (without === undefined) return tools.survey([source]).map(({ findings }) => ({ findings }));
  const spec = parseCluster(raw);
  if (spec.value === undefined) return [{ findings: spec.findings }];
  const others = REGISTRY.filter(({ name }) => name !== without);
  return [{ findings: unavailable(others, spec.value) }];
}

function runFile(text: string, tools: Tools): readonly Found[] {
  const read = readYamlSource('clusters/home.yaml', text);
  return read.value === undefined ? [{ findings: read.findings }] : tools.survey([read.value]);
}

function runClusters(text: string, tools: Tools): readonly Found[] {
  const parts = Object.entries(parse(text) as Record<string, unknown>);
  return tools.survey(parts.map(([file, part]) => sourceOf(file, over(parse(SAMPLE), part))));
}

function runUpgrade(text: string, tools: Tools): readonly Found[] {
  const { before, after, changed } = parse(text) as Record<'before' | 'after', unknown> & {
    readonly changed?: Readonly<Record<string, string>>;
  };
  const former = over(parse(SAMPLE), before);
  const found = tools.upgrade(
    sourceOf('clusters/home.yaml', former),
    sourceOf('clusters/home.yaml', over(former, after)),
    changed,
  );
  return found.map(({ findings }) => ({ findings }));
}

function sample(): Cluster {
  const { value } = parseCluster(parse(SAMPLE));
  if (value === undefined) throw new Error('the sample cluster is not in order');
  return value;
}

/** Made-up components beside the real ones: their faults are of those who write components. */
function runComponents(text: string): readonly Finding[] {
  const spec = sample();
  const parts = [...bind(REGISTRY, spec), ...bind(madeUp(text), spec)];
  const { value: plan, findings } = resolve(spec, parts);
  if (plan === undefined) return findings;
  return [...findings, ...check(plan), ...emit(plan, parts, () => '').findings];
}

const POLICIES = 'policies/web.yaml';

/** The sample's own objects, but for those that the text has another of. */
function runPolicies(text: string): readonly Finding[] {
  const spec = sample();
  const parts = bind(REGISTRY, spec);
  const { value: plan, findings } = resolve(spec, parts);
  if (plan === undefined) return findings;
  const beside = readManifests([{ path: POLICIES, text }]).manifests;
  const nameOf = (value: Readonly<Record<string, unknown>>) => JSON.stringify([value.kind, nameIn(value)]);
  const replaced = new Set(beside.map(({ value }) => nameOf(value)));
  const own = renderObjects(plan, parts)
    .filter(({ json }) => !replaced.has(nameOf(json)))
    .map(({ json, component }) => ({ json, place: () => component }));
  const proof = prove(plan, [
    ...own,
    ...beside.map(({ value, document }) => ({ json: value, place: document.place.bind(document) })),
  ]);
  return proof?.findings ?? [];
}

function nameIn({ metadata }: Readonly<Record<string, unknown>>): unknown {
  return isMapping(metadata) ? [metadata.namespace, metadata.name] : undefined;
}

function sampleTree(tools: Tools) {
  const { tree } = tools.walk(sourceOf('clusters/home.yaml', parse(SAMPLE)), 'tree');
  if (tree === undefined) throw new Error('the sample cluster has no output');
  return tree;
}
