import { ApiObject } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { object, part, planWith } from '../../test/support/parts';
import type { Bound } from '../components/component';
import { addManifests } from './manifests';
import { Tree } from './tree';

function manifests(...parts: Bound[]) {
  const tree = new Tree();
  const { findings } = addManifests(tree, planWith(parts), parts);
  return {
    tree,
    said: findings.map(({ code, message }) => `${code}: ${message}`),
    paths: tree.files().map((file) => file.path),
  };
}

const renders = (name: string, ...titles: string[]) =>
  part(name, { manifests: (chart) => titles.forEach((title) => object(chart, title)) });

const names = (text: string | undefined) =>
  loadAll(text ?? '').map((one) => {
    const { kind, metadata } = one as { kind: string; metadata: { name: string } };
    return `${kind} ${metadata.name}`;
  });

describe('addManifests', () => {
  it('writes a file for each component and namespace, and one for what lies in none', () => {
    const { tree, paths, said } = manifests(
      renders('web', 'v1 Service app/web', 'v1 Service other/web', 'v1 Namespace app'),
      renders('dns', 'v1 Service app/dns'),
    );
    expect(said).toEqual([]);
    expect(paths).toEqual(['dns/app.k8s.yaml', 'web/app.k8s.yaml', 'web/cluster.k8s.yaml', 'web/other.k8s.yaml']);
    expect(names(tree.get('web/cluster.k8s.yaml'))).toEqual(['Namespace app']);
  });

  it('writes the same bytes whatever the order of components and constructs', () => {
    const titles = ['v1 Service app/b', 'v1 Service app/a', 'apps/v1 Deployment app/c', 'v1 ConfigMap app/d'];
    const texts = [titles, [...titles].reverse()].map((order) => {
      const parts = [renders('web', ...order), renders('dns', 'v1 Service x/y')];
      return manifests(...(order === titles ? parts : parts.reverse())).tree.files();
    });
    expect(texts[0]).toEqual(texts[1]);
    expect(names(texts[0]?.find(({ path }) => path === 'web/app.k8s.yaml')?.content)).toEqual([
      'ConfigMap d',
      'Service a',
      'Service b',
      'Deployment c',
    ]);
  });

  it('puts namespaces and CRDs before what needs them', () => {
    const { tree } = manifests(
      renders(
        'web',
        'rbac.authorization.k8s.io/v1 ClusterRole a',
        'apiextensions.k8s.io/v1 CustomResourceDefinition b',
        'v1 Namespace c',
      ),
    );
    expect(names(tree.get('web/cluster.k8s.yaml'))).toEqual([
      'Namespace c',
      'CustomResourceDefinition b',
      'ClusterRole a',
    ]);
  });

  it('numbers bootstrap files by wave, so that K3s applies them in that order', () => {
    const cni = part('z-cni', {
      provides: () => [{ name: 'pod-network', failure: '', source: [] }],
      bootstrap: (chart) => void object(chart, 'v1 Service kube-system/cni'),
    });
    const gitops = part('gitops', {
      requires: () => [{ name: 'pod-network', source: [] }],
      bootstrap: (chart) => void object(chart, 'v1 Service argocd/gitops'),
    });
    expect(manifests(gitops, cni).paths).toEqual(['bootstrap/00-z-cni.yaml', 'bootstrap/01-gitops.yaml']);
  });

  it('is not changed by the environment of cdk8s', () => {
    const parts = () => [
      part('web', { manifests: (chart) => void object(chart, 'v1 ConfigMap a/b', { data: { z: '1', a: '2' } }) }),
    ];
    const before = manifests(...parts()).tree.files();
    process.env.CDK8S_DISABLE_SORT = '1';
    expect(manifests(...parts()).tree.files()).toEqual(before);
  });
});

describe('objects that an API server takes for one', () => {
  const both = (name: string, first: object, then: object) =>
    part(name, {
      bootstrap: (chart) => void object(chart, 'v1 ConfigMap a/x', { data: first }),
      manifests: (chart) => void object(chart, 'v1 ConfigMap a/x', { data: then }),
    });

  it('are an error that names both components, whatever their version and order', () => {
    const parts = [
      renders('web', 'networking.k8s.io/v1 Ingress a/x'),
      renders('dns', 'networking.k8s.io/v1beta1 Ingress a/x'),
    ];
    const expected = ['OBJECT_TWICE: dns and web each render Ingress.networking.k8s.io a/x'];
    expect(manifests(...parts).said).toEqual(expected);
    expect(manifests(...parts.reverse()).said).toEqual(expected);
  });

  it('are an error within one component', () => {
    expect(manifests(renders('web', 'v1 Service a/x', 'v1 Service a/x')).said).toEqual([
      'OBJECT_TWICE: web and web each render Service a/x',
    ]);
  });

  it('may be handed over from bootstrap to Argo CD by one component, if they are equal', () => {
    expect(manifests(both('web', { a: '1', b: '2' }, { b: '2', a: '1' })).said).toEqual([]);
    expect(manifests(both('web', { a: '1' }, { a: '2' })).said).toEqual([
      'OBJECT_TWICE: web and web (bootstrap) each render ConfigMap a/x, and they differ',
    ]);
  });

  it('may be handed over from one component to another, if they are equal', () => {
    const first = part('web', { bootstrap: (chart) => void object(chart, 'v1 Service a/x') });
    expect(manifests(first, renders('dns', 'v1 Service a/x')).said).toEqual([]);
    const other = part('dns', { manifests: (chart) => void object(chart, 'v1 Service a/x', { data: { a: '1' } }) });
    expect(manifests(first, other).said).toEqual(['OBJECT_TWICE: dns and web (bootstrap) each render Service a/x']);
  });

  it('are not those of another kind, namespace or name', () => {
    expect(
      manifests(renders('web', 'v1 Service a/x', 'v1 Service b/x', 'v1 Service a/y', 'v1 ConfigMap a/x')).said,
    ).toEqual([]);
  });
});

describe('an object in no namespace, or in one that it cannot lie in', () => {
  it.each([
    ['v1 Service x', 'web renders Service x, which has no namespace, and every Service lies in one'],
    ['v1 Namespace a/x', 'web renders Namespace a/x, which has the namespace a, and no Namespace lies in any'],
  ])('is an error that names it and its component: %s', (title, message) => {
    expect(manifests(renders('web', title, 'v1 Service a/y')).said).toEqual([`OBJECT_MISPLACED: ${message}`]);
  });
});

describe('a fault of a component', () => {
  it('is found by the constructs’ own validation, all of it', () => {
    const invalid = part('web', {
      manifests: (chart) => {
        for (const name of ['a', 'b'])
          object(chart, `v1 Service x/${name}`).node.addValidation({ validate: () => [`${name} is wrong`] });
      },
    });
    expect(() => manifests(invalid)).toThrow(/web\/0: a is wrong\n {2}web\/1: b is wrong/);
  });

  it('is a dependency between constructs', () => {
    const dependent = part('web', {
      manifests: (chart) => {
        const first = object(chart, 'v1 Service x/a');
        new ApiObject(chart, 'b', { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'x' } }).addDependency(
          first,
        );
      },
    });
    expect(() => manifests(dependent)).toThrow(/web\/b: depends on another construct/);
  });
});
