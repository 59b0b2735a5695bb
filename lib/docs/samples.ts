import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bind } from '../components/registry';
import type { Bound, Registered } from '../components/component';
import type { Plan } from '../plan/plan';
import { resolve } from '../plan/resolve';
import type { Cluster } from '../spec/cluster';
import type { Finding } from '../spec/finding';
import { parseCluster } from '../spec/parse';
import { readYamlSource } from '../spec/yaml-source';

/** Where the samples lie, from Wayleave's own folder. */
export const SAMPLES = 'docs/components/samples';

/** A cluster on which component pages show what a component does. */
export interface Sample {
  readonly file: string;
  readonly spec: Cluster;
  /** The components of the registry that it uses. */
  readonly parts: readonly Bound[];
  readonly plan: Plan;
}

/** @throws Error for a sample that is not in order */
export function readSamples(root: string, registry: readonly Registered[]): Sample[] {
  const files = readdirSync(join(root, SAMPLES)).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((file) => sample(file, readFileSync(join(root, SAMPLES, file), 'utf8'), registry));
}

function sample(file: string, text: string, registry: readonly Registered[]): Sample {
  const source = readYamlSource(file, text);
  const read = source.value === undefined ? source : parseCluster(source.value.raw, source.value);
  if (read.value === undefined || 'raw' in read.value) throw notInOrder(file, read.findings);
  const spec = read.value;
  const parts = bind(registry, spec);
  const { value: plan, findings } = resolve(spec, parts);
  if (plan === undefined) throw notInOrder(file, findings);
  return { file, spec, parts, plan };
}

function notInOrder(file: string, findings: readonly Finding[]): Error {
  return new Error(`${SAMPLES}/${file} is not in order: ${findings.map(({ message }) => message).join('; ')}`);
}

/** A component on the first sample that uses it. @throws Error where none does */
export function onSample(name: string, samples: readonly Sample[]): { sample: Sample; part: Bound } {
  for (const sample of samples) {
    const part = sample.parts.find((one) => one.name === name);
    if (part !== undefined) return { sample, part };
  }
  throw new Error(`no sample uses ${name}; add one that does to ${SAMPLES}/`);
}
