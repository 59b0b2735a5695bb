import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRY } from '../components/registry';
import { register } from '../components/component';
import { readOptions } from './options';
import { readPurposes } from './docstring';
import { onSample, readSamples, SAMPLES } from './samples';
import { askedFor } from './sections';

const ROOT = join(__dirname, '../..');

test('samples are specs in order, together with every kind of component in them', () => {
  const samples = readSamples(ROOT, REGISTRY);
  expect(samples.map(({ file }) => file)).toEqual(readdirSync(join(ROOT, SAMPLES)).sort());
  const used = JSON.stringify(
    samples.map(({ spec }) => spec),
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );
  for (const name of askedFor(readOptions(ROOT), readPurposes(ROOT).options.keys())) {
    // Named by its kind, or by its key in the spec.
    const words = [
      name === 'cilium-lb' ? 'cilium' : name,
      name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    ];
    expect({ name, isUsed: words.some((word) => used.includes(`"${word}"`)) }).toEqual({ name, isUsed: true });
  }
});

test('a component is shown on the first sample that uses it and can be planned', () => {
  const samples = readSamples(ROOT, REGISTRY);
  expect(onSample('flannel', samples).sample.file).toBe('home.yaml');
  expect(onSample('traefik', samples).part.name).toBe('traefik');
});

test('a component that no sample uses is refused with what to do', () => {
  const rare = register({ name: 'rare', options: () => undefined });
  expect(() => onSample(rare.name, readSamples(ROOT, [...REGISTRY, rare]))).toThrow('no sample uses rare; add one');
});
