import { refusals } from './custom-resources';
import { distClusters, distObjects, type DistObject } from './dist';

test.each(distClusters())('every custom resource of %s is accepted by its real CRD, strictly', (cluster) => {
  expect(refusals(distObjects(cluster))).toEqual([]);
});

describe('what an API server would refuse is refused', () => {
  const application = (spec: object): DistObject => ({
    file: 'a.yaml',
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'a', namespace: 'argocd' },
    spec: { project: 'p', destination: {}, source: { repoURL: 'https://git.test/a.git' }, ...spec },
  });

  test('the sample itself is right', () => {
    expect(refusals([application({})])).toEqual([]);
  });

  test.each([
    ['a misspelt field', { syncPolice: {} }, 'syncPolice'],
    ['a field that is too deep to be seen by a plain schema', { syncPolicy: { automated: { prun: true } } }, 'prun'],
    ['a wrong type', { syncPolicy: { automated: { prune: 'true' } } }, 'must be boolean'],
    ['a missing field', { source: {} }, 'repoURL'],
  ])('%s', (_, spec, problem) => {
    expect(refusals([application(spec)]).join('\n')).toContain(problem);
  });

  test('a value that is not among those allowed', () => {
    const chart: DistObject = {
      file: 'h.yaml',
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      metadata: { name: 'h', namespace: 'kube-system' },
      spec: { failurePolicy: 'ignore' },
    };
    expect(refusals([chart]).join('\n')).toContain('failurePolicy');
  });

  test('a kind that nobody defines, a version that is not served, a namespace where none belongs', () => {
    const object = application({});
    expect(refusals([{ ...object, kind: 'Applikation' }])[0]).toContain('no CRD');
    expect(refusals([{ ...object, apiVersion: 'argoproj.io/v9' }])[0]).toContain('not served');
    expect(refusals([{ ...object, metadata: { name: 'a' } }])[0]).toContain('Namespaced');
  });
});
