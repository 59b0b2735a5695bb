import { parse } from 'yaml';
import type { Example } from '../checks/catalogue/entry';
import { SAMPLE } from '../checks/catalogue/sample';
import { check } from '../checks/check';
import { unavailable } from '../components/chosen';
import { bind, REGISTRY } from '../components/registry';
import { emit } from '../emit/emit';
import { resolve } from '../plan/resolve';
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
export function runExample(example: Example, tools: Tools): Found[] {
  const { of, text } = example;
  switch (of) {
    case 'spec':
      return [{ findings: runSpec(example, tools) }];
    case 'file':
      return [runFile(text, tools)];
    case 'clusters':
      return runClusters(text, tools);
    case 'components':
      return [{ findings: runComponents(text) }];
    case 'output':
      return [{ findings: onDisk(parse(text) as Record<string, unknown>, sampleTree(tools)) }];
    case 'manifests':
      return [{ findings: readWorld([{ path: 'policies/web.yaml', text }]).findings }];
  }
}

/** The same as it is printed. */
export function printExample(example: Example, tools: Tools): string {
  return renderFindings(runExample(example, tools), false).trimEnd();
}

/** Parts of a spec laid over a whole one: mappings are merged, everything else is replaced. */
export function over(base: unknown, part: unknown): unknown {
  if (!isMapping(base) || !isMapping(part)) return part;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(part)) merged[key] = over(base[key], value);
  return merged;
}

function sourceOf(file: string, raw: unknown): SpecSource {
  return { file, raw, locate: (path) => (path.length === 0 ? file : `${file}: ${printPath(path)}`) };
}

function runSpec({ text, without }: Example, tools: Tools): readonly Finding[] {
  const raw = over(parse(SAMPLE), parse(text));
  if (without === undefined) return tools.walk(sourceOf('clusters/home.yaml', raw), 'tree').findings;
  const spec = parseCluster(raw);
  if (spec.value === undefined) return spec.findings;
  return unavailable(
    REGISTRY.filter(({ name }) => name !== without),
    spec.value,
  );
}

function runFile(text: string, tools: Tools): Found {
  const read = readYamlSource('clusters/home.yaml', text);
  if (read.value === undefined) return { findings: read.findings };
  return { findings: tools.walk(read.value, 'tree').findings, source: read.value };
}

function runClusters(text: string, tools: Tools): Found[] {
  const names = new Map<string, string>();
  return Object.entries(parse(text) as Record<string, unknown>).map(([file, part]) => {
    const source = sourceOf(file, over(parse(SAMPLE), part));
    return { source, findings: [...tools.walk(source, 'tree').findings, ...tools.nameTaken(source, names)] };
  });
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

function sampleTree(tools: Tools) {
  const { tree } = tools.walk(sourceOf('clusters/home.yaml', parse(SAMPLE)), 'tree');
  if (tree === undefined) throw new Error('the sample cluster has no output');
  return tree;
}
