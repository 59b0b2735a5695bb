import { readChart, valueProblems } from './charts';
import { distClusters, distObjects } from './dist';
import { releases } from './releases';

test.each(distClusters())('every Helm value of %s exists in its chart, with the right type', (cluster) => {
  const problems = releases(distObjects(cluster)).flatMap(({ object, chart, values }) =>
    valueProblems(readChart(chart), values).map((problem) => `${object}: ${problem}`),
  );
  expect(problems).toEqual([]);
});

describe('what a chart would ignore or refuse is found', () => {
  const traefik = readChart('traefik-39.0.5');
  const cilium = readChart('cilium-1.18.12');

  test.each([
    [
      'a key that moved in a later chart',
      { service: { spec: { type: 'ClusterIP' }, typo: 'ClusterIP' } },
      'no value service.typo',
    ],
    ['a misspelt key where the schema is open', { updateStrategy: { rollingUpdate: { maxSurges: 0 } } }, 'maxSurges'],
    ['a misspelt key where the schema is closed', { ports: { web: { prot: 80 } } }, 'prot'],
    ['a wrong type', { hostNetwork: 'true' }, 'must be boolean'],
  ])('%s', (_, values, problem) => {
    expect(valueProblems(traefik, values).join('\n')).toContain(problem);
  });

  test('a misspelt key of a chart whose schema lets everything pass', () => {
    expect(valueProblems(cilium, { kubeProxyReplacment: 'true' })).toEqual([
      'cilium-1.18.12 has no value kubeProxyReplacment',
    ]);
    expect(valueProblems(cilium, { kubeProxyReplacement: 'true', k8sServicePort: 6444 })).toEqual([]);
  });

  test('free-form values stay free', () => {
    expect(
      valueProblems(traefik, { nodeSelector: { tier: 'edge' }, service: { spec: { externalTrafficPolicy: 'Local' } } }),
    ).toEqual([]);
  });

  test('a chart of which nothing is known is an error', () => {
    expect(() => readChart('traefik-0.0.1')).toThrow('nothing is known of the values of traefik-0.0.1');
  });
});
