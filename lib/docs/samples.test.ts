import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRY } from '../components/registry';
import { register } from '../components/component';
import { onSample, readSamples, SAMPLES } from './samples';

const ROOT = join(__dirname, '../..');

test('every sample is a spec in order', () => {
  const samples = readSamples(ROOT, REGISTRY);
  expect(samples.map(({ file }) => file)).toEqual(readdirSync(join(ROOT, SAMPLES)).sort());
});

test('a component is shown on the first sample that uses it', () => {
  const samples = readSamples(ROOT, REGISTRY);
  expect(onSample('flannel', samples).sample.file).toBe('home.yaml');
  expect(onSample('traefik', samples).part.name).toBe('traefik');
});

test('a component that no sample uses is refused with what to do', () => {
  const rare = register({ name: 'rare', options: () => undefined });
  expect(() => onSample(rare.name, readSamples(ROOT, [...REGISTRY, rare]))).toThrow('no sample uses rare; add one');
});
