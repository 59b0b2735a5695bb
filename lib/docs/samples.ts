import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bind } from '../components/registry';
import type { Bound, Registered } from '../components/component';
import type { Plan } from '../plan/plan';
import { resolve } from '../plan/resolve';
import type { Cluster } from '../spec/cluster';
import { parseCluster } from '../spec/parse';
import { readYamlSource } from '../spec/yaml-source';

/** Where the samples lie, from Wayleave's own folder. */
export const SAMPLES = 'docs/components/samples';

/** A cluster on which component pages show what a component does. */
export interface Sample {
  readonly file: string;
  readonly spec: Cluster;
  /** The components of the registry that it uses; what cannot be built yet is missing. */
  readonly parts: readonly Bound[];
  /** Absent where what carries pods cannot be built yet. */
  readonly plan?: Plan;
}

/** @throws Error for a sample that is not in order */
export function readSamples(root: string, registry: readonly Registered[]): Sample[] {
  const files = readdirSync(join(root, SAMPLES)).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((file) => sample(file, readFileSync(join(root, SAMPLES, file), 'utf8'), registry));
}

function sample(file: string, text: string, registry: readonly Registered[]): Sample {
  const source = readYamlSource(file, text);
  const read = source.value === undefined ? source : parseCluster(source.value.raw, source.value);
  if (read.value === undefined || 'raw' in read.value) {
    throw new Error(`${SAMPLES}/${file} is not in order: ${read.findings.map(({ message }) => message).join('; ')}`);
  }
  const spec = read.value;
  const parts = bind(registry, spec);
  const plan = resolve(spec, parts).value;
  return { file, spec, parts, ...(plan === undefined ? {} : { plan }) };
}

/** A component on the first sample that uses it: one that can be planned as a whole goes before others. */
export function onSample(name: string, samples: readonly Sample[]): { sample: Sample; part: Bound } {
  const found = samples.flatMap((one) =>
    one.parts.filter((part) => part.name === name).map((part) => ({ sample: one, part })),
  );
  const chosen = found.find((one) => one.sample.plan !== undefined) ?? found[0];
  if (chosen === undefined) throw new Error(`no sample uses ${name}; add one that does to ${SAMPLES}/`);
  return chosen;
}
