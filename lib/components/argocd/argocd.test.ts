import { load } from 'js-yaml';
import honeydue from '../../../clusters/honeydue';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import type { Provided } from '../../plan/capability';
import type { ClusterSpec } from '../../spec/cluster';
import { bound, render, titles, type RenderedObject } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { apps } from '../apps/index';
import { traefik } from '../traefik/index';
import { VERSIONS } from '../versions';
import { EXCLUSIONS } from './exclusions';
import { argocd } from './index';
import type { Exclusion } from './exclusions';
import type { ArgocdValues } from './values';

interface ApplicationSpec {
  readonly source: {
    repoURL: string;
    path?: string;
    chart?: string;
    targetRevision: string;
    directory?: object;
    helm?: { releaseName: string; values: string };
  };
  readonly syncPolicy: { automated?: { prune: boolean; selfHeal: boolean }; syncOptions: string[] };
}

const groupOf = (apiVersion: string) => apiVersion.replace(/(^|\/)[^/]*$/, '');

const plan = {
  components: ['apps', 'argocd', 'cilium', 'traefik'],
  delivered: ['apps', 'argocd', 'cilium', 'traefik'],
  waves: new Map([
    ['cilium', 0],
    ['traefik', 1],
    ['argocd', 2],
    ['apps', 3],
  ]),
  provided: [{ name: 'pod-network', owner: 'cilium', failure: '', source: [] }] as Provided[],
};

const tree = (spec: ClusterSpec = honeydue) => render(argocd, spec, 'manifests', plan);
const bootstrap = (spec: ClusterSpec = honeydue) => render(argocd, spec, 'bootstrap', plan);
const application = (name: string, objects: RenderedObject[] = tree()) => {
  const found = objects.find((object) => object.kind === 'Application' && object.metadata.name === name);
  if (found === undefined) throw new Error(`no Application ${name}`);
  return { ...found, spec: found.spec as ApplicationSpec };
};
const release = () => bootstrap().find((object) => object.kind === 'HelmChart')?.spec as Record<string, string>;
const small = (repository: string, changes: object = {}) =>
  smallSpec({ gitops: { kind: 'argocd', repository, ...changes } });

describe('the first start', () => {
  test('K3s gets the chart, and what makes Argo CD pull everything else', () => {
    expect(titles(bootstrap())).toEqual([
      'AppProject argocd/wayleave',
      'Application argocd/wayleave',
      'HelmChart kube-system/argocd',
      'Namespace argocd',
    ]);
    expect(application('wayleave', bootstrap()).spec.source).toEqual({
      repoURL: 'https://github.com/honeydue/infrastructure.git',
      targetRevision: 'main',
      path: 'dist/honeydue/argocd',
      directory: { include: '*.k8s.yaml', recurse: true },
    });
  });

  test('the root is not in its own tree, where it would wait for itself', () => {
    expect(titles(tree())).not.toContain('Application argocd/wayleave');
  });

  test('Argo CD takes over the very release that K3s installed', () => {
    const { spec } = application('argocd');
    expect(spec.source.chart).toBe(release()['chart']);
    expect(spec.source.repoURL).toBe(release()['repo']);
    expect(spec.source.targetRevision).toBe(VERSIONS.argocdChart);
    expect(release()['version']).toBe(VERSIONS.argocdChart);
    expect(spec.source.helm).toEqual({ releaseName: 'argocd', values: release()['valuesContent'] });
  });

  test('what both apply is the same', () => {
    const shared = bootstrap().filter((object) => titles(tree()).includes(titles([object])[0] ?? ''));
    expect(titles(shared)).toEqual(['AppProject argocd/wayleave']);
    for (const object of shared) expect(tree()).toContainEqual(object);
  });
});

describe('the tree', () => {
  test('each component has its folder and the wave of the plan', () => {
    for (const name of ['apps', 'cilium', 'traefik']) {
      const { metadata, spec } = application(name);
      expect(spec.source).toMatchObject({ path: `dist/honeydue/${name}`, directory: { include: '*.k8s.yaml' } });
      expect(metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe(String(plan.waves.get(name)));
    }
  });

  test('a component that carries the network is never taken away', () => {
    const { metadata, spec } = application('cilium');
    expect(spec.syncPolicy.automated?.prune).toBe(false);
    expect(spec.syncPolicy.syncOptions).toContain('Prune=false');
    expect(metadata.finalizers).toBeUndefined();
    expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
  });

  test('nor is what answers on the ports of the nodes: K3s would put its own default in its place', () => {
    const traefik = application('traefik', render(argocd, honeydue));
    expect(traefik.metadata.finalizers).toBeUndefined();
    expect(traefik.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    });
    expect(traefik.spec.syncPolicy.automated).toMatchObject({ prune: false });
  });

  test('nor does Argo CD take itself away', () => {
    const { metadata, spec } = application('argocd');
    expect(spec.syncPolicy.automated?.prune).toBe(false);
    expect(metadata.finalizers).toBeUndefined();
  });

  test('any other is pruned, and its objects go with it', () => {
    const { metadata, spec } = application('apps');
    expect(spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
    expect(metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
  });

  test('without automation a person applies every change', () => {
    const objects = tree(small('https://git.test/net.git', { automated: false }));
    expect(application('apps', objects).spec.syncPolicy.automated).toBeUndefined();
  });
});

describe('the chart’s values', () => {
  const values = load(String(release()['valuesContent'])) as ArgocdValues;
  const cm = values.configs.cm;

  test('no policies but those that are derived from flows', () => {
    expect(values.global.networkPolicy.create).toBe(false);
  });

  test('a wave waits for its Applications: their health has a rule', () => {
    const lua = cm['resource.customizations.health.argoproj.io_Application'] ?? '';
    for (const field of ['obj.status.sync.status', 'obj.status.operationState', 'obj.status.health.status'])
      expect(lua).toContain(field);
    expect(lua.trimEnd().endsWith('return result')).toBe(true);
  });

  test('the exclusions are Argo CD’s own, on every cluster', () => {
    const written = load(cm['resource.exclusions'] ?? '') as (Exclusion & { clusters: string[] })[];
    expect(written).toEqual(EXCLUSIONS.map((exclusion) => ({ ...exclusion, clusters: ['*'] })));
  });

  test('nothing that is rendered is excluded', () => {
    const excluded = new Set(
      EXCLUSIONS.flatMap(({ apiGroups, kinds }) =>
        apiGroups.flatMap((group) => kinds.map((kind) => `${group}/${kind}`)),
      ),
    );
    const all = [...tree(), ...render(apps, honeydue), ...render(traefik, honeydue)];
    const kinds = all.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`);
    expect(kinds.filter((kind) => excluded.has(kind))).toEqual([]);
    expect(excluded.has('discovery.k8s.io/EndpointSlice')).toBe(false);
  });
});

describe('flows', () => {
  const lines = (spec: ClusterSpec) =>
    bound(argocd, spec)
      .flows()
      .filter(({ sameNode }) => sameNode !== true)
      .map(
        (flow) =>
          `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)} ${flow.encryptedBy ?? 'in clear'}`,
      );

  test('only the parts that need each other', () => {
    expect(lines(honeydue)).toEqual(
      expect.arrayContaining([
        'argocd/argocd-application-controller → argocd/argocd-repo-server 8081/tcp TLS',
        'argocd/argocd-repo-server → argocd/argocd-redis 6379/tcp in clear',
        'argocd/argocd-server → every server 443 → 6443/tcp TLS',
        'argocd/argocd-repo-server → github.com 443/tcp TLS',
        'kube-system/helm-install-argocd → chart argo-cd 443/tcp TLS',
      ]),
    );
    expect(lines(honeydue).filter((line) => line.includes('→ argocd/argocd-server'))).toEqual([]);
  });

  test.each([
    ['git@git.test:net.git', 'git.test 22/tcp SSH'],
    ['ssh://git@git.test:2222/net.git', 'git.test 2222/tcp SSH'],
    ['https://git.test:8443/net.git', 'git.test 8443/tcp TLS'],
  ])('%s', (repository, peer) => {
    expect(lines(small(repository))).toContain(`argocd/argocd-repo-server → ${peer}`);
  });

  test('every end of a flow is a workload that exists', () => {
    const part = bound(argocd, honeydue);
    const names = part.workloads().map((one) => one.name);
    for (const { from, to } of part.flows()) {
      for (const end of [from, to]) if (end.kind === 'workload') expect(names).toContain(end.workload);
    }
  });

  test('a repository over SSH needs a deploy key', () => {
    expect(bound(argocd, small('git@git.test:net.git')).secrets()).toMatchObject([
      { namespace: 'argocd', keys: ['sshPrivateKey', 'type', 'url'] },
    ]);
    expect(bound(argocd, honeydue).secrets()).toEqual([]);
  });
});
