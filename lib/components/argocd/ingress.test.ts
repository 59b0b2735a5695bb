import jigga from '../../../clusters/jigga';
import { codesOf, planOf } from '../../../test/support/plan';
import { bound, render } from '../../../test/support/render';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { plainCalls, traefikOf } from '../../plan/traefik';
import { clusterSchema, type ClusterSpec } from '../../spec/cluster';
import { traefik } from '../traefik/index';
import { argocd } from './index';

const gitops = { ...jigga.gitops };
const bare: ClusterSpec = { ...jigga, gitops: { kind: 'argocd', repository: jigga.gitops.repository } };

test('its name has an Ingress to the port that speaks plain HTTP, and the server expects no other', () => {
  const ingress = render(argocd, jigga).find(({ kind }) => kind === 'Ingress');
  expect(ingress?.metadata).toMatchObject({ name: 'argocd-server', namespace: 'argocd' });
  expect(ingress?.spec).toMatchObject({
    ingressClassName: 'traefik',
    rules: [{ host: 'argocd.int.jigga.xyz', http: { paths: [{ backend: { service: { port: { number: 80 } } } }] } }],
    tls: [{ hosts: ['argocd.int.jigga.xyz'] }],
  });
  expect(bound(argocd, jigga).helm()?.values).toMatchObject({
    global: { domain: 'argocd.int.jigga.xyz' },
    configs: { params: { 'server.insecure': true } },
  });
});

test('the root’s earlier waves bring what makes the Ingress healthy', () => {
  const plan = planOf(jigga);
  const ingress = render(argocd, jigga, 'manifests').find(({ kind }) => kind === 'Ingress');
  expect(ingress?.metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe(String(plan.waves.get('argocd')));
  expect(plan.waves.get('argocd')).toBeGreaterThan(plan.waves.get('traefik') ?? 0);
});

test('Traefik dials its pods, and the document knows the name', () => {
  const callers = planOf(jigga).flows.filter(
    ({ to, sameNode }) => printEndpoint(to) === 'argocd/argocd-server' && sameNode !== true,
  );
  expect(callers.map((flow) => `${printEndpoint(flow.from)} ${printPort(flow)}`)).toEqual([
    'kube-system/traefik 8080/tcp',
  ]);
  expect(planOf(jigga).hosts).toContainEqual(
    expect.objectContaining({ owner: 'argocd', host: 'argocd.int.jigga.xyz', by: { ingress: 'traefik' } }),
  );
});

test('without a name nothing of this is there', () => {
  expect(render(argocd, bare).map(({ kind }) => kind)).not.toContain('Ingress');
  expect(bound(argocd, bare).hosts()).toEqual([]);
  expect(bound(argocd, bare).helm()?.values['configs']).not.toHaveProperty('params');
});

test('a name that nothing serves is an error', () => {
  const spec: ClusterSpec = { ...jigga, ingress: [], apps: {}, gitops: gitops };
  expect(codesOf(spec)).toContain('CAPABILITY_MISSING');
});

test.each(['bundled', 'own'] as const)('the ingress that is %s is found where it is', (install) => {
  const spec = clusterSchema.parse({ ...jigga, ingress: [{ ...jigga.ingress[0], install }] });
  const [pods] = bound(traefik, { ...jigga, ingress: [{ ...jigga.ingress[0], install }] }).workloads();
  expect(traefikOf(spec)?.workload).toBe(pods?.name);
  const called = plainCalls(spec, traefikOf(spec)?.name ?? '').map(({ port: { container } }) => container.first);
  expect(called).not.toEqual([]);
  const listeners = bound(traefik, { ...jigga, ingress: [{ ...jigga.ingress[0], install }] }).listeners();
  expect(listeners.map(({ ports: { container } }) => container.first)).toEqual(expect.arrayContaining(called));
});
