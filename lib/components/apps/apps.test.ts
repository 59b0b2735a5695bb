import honeydue from '../../../clusters/honeydue';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import type { ClusterSpec } from '../../spec/cluster';
import { bound, render, titles, type RenderedObject } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { apps } from './index';

type Service = {
  type: string;
  selector: object;
  ports: { name: string; port: number; targetPort: number; protocol: string }[];
};
type Ingress = {
  ingressClassName: string;
  rules: { host: string; http: { paths: object[] } }[];
  tls?: { hosts: string[] }[];
};

const find = (objects: RenderedObject[], kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);
const service = (objects: RenderedObject[], name: string) => find(objects, 'Service', name)?.spec as Service;
const ingress = (objects: RenderedObject[], name: string) => find(objects, 'Ingress', name)?.spec as Ingress;

const web = (app: object, more: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({
    ingress: [{ kind: 'traefik' }],
    apps: { web: { namespace: 'shop', ports: { http: 8080 }, ...app } },
    ...more,
  });

describe('honeydue', () => {
  const objects = render(apps, honeydue);

  test('has the network’s part of its apps and nothing of their pods', () => {
    expect(titles(objects)).toEqual([
      'Ingress honeydue/admin',
      'Ingress honeydue/api',
      'Service honeydue/admin',
      'Service honeydue/api',
      'Service honeydue/redis',
    ]);
  });

  test('the API answers for its own name and for the landing page', () => {
    const { ingressClassName, rules } = ingress(objects, 'api');
    expect(ingressClassName).toBe('traefik');
    expect(rules.map((rule) => rule.host)).toEqual(['api.myhoneydue.com', 'myhoneydue.com']);
    expect(service(objects, 'api').ports).toEqual([{ name: 'http', port: 8000, targetPort: 8000, protocol: 'TCP' }]);
  });

  test('the origin speaks no TLS where the zone says flexible', () => {
    expect(ingress(objects, 'api').tls).toBeUndefined();
    expect(ingress(objects, 'admin').tls).toBeUndefined();
  });

  test('calls what the seed says, and the worker is called by nobody', () => {
    const flows = bound(apps, honeydue).flows();
    const calls = flows.filter(({ sameNode }) => sameNode !== true);
    const lines = calls.map(
      (flow) =>
        `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)} ${flow.encryptedBy ?? 'in clear'}`,
    );
    expect(lines.sort()).toEqual([
      'honeydue/api → backblaze 443/tcp TLS',
      'honeydue/api → fastmail 587/tcp STARTTLS',
      'honeydue/api → honeydue/redis 6379/tcp in clear',
      'honeydue/api → neon 5432/tcp TLS 1.3',
      'honeydue/worker → backblaze 443/tcp TLS',
      'honeydue/worker → honeydue/redis 6379/tcp in clear',
    ]);
  });

  test('every app is a workload; those with ports listen in their pods', () => {
    const part = bound(apps, honeydue);
    expect(part.workloads().map((one) => one.name)).toEqual([
      'honeydue/admin',
      'honeydue/api',
      'honeydue/redis',
      'honeydue/worker',
    ]);
    expect(part.listeners().map((one) => one.purpose)).toEqual(['http of admin', 'http of api', 'redis of redis']);
  });
});

describe('hosts', () => {
  test('a zone that is reached by TLS makes the Ingress speak it', () => {
    const dns = { zones: { 'shop.test': { originTls: 'strict' as const } } };
    const objects = render(apps, web({ hosts: ['a.shop.test', 'b.elsewhere.test'] }, { dns }));
    expect(ingress(objects, 'web').tls).toEqual([{ hosts: ['a.shop.test'] }]);
  });

  test('hosts with entrypoints of their own have an Ingress of their own', () => {
    const hosts = ['a.test', { host: 'b.test', entrypoints: ['websecure'] }];
    const objects = render(apps, web({ hosts }));
    expect(ingress(objects, 'web').rules.map((rule) => rule.host)).toEqual(['a.test']);
    expect(ingress(objects, 'web-websecure').rules.map((rule) => rule.host)).toEqual(['b.test']);
    expect(find(objects, 'Ingress', 'web-websecure')?.metadata.annotations).toEqual({
      'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
    });
  });

  test('paths of one host stand in one rule, each with its port', () => {
    const ports = { http: 8080, admin: { container: 9000, service: 90 } };
    const hosts = [
      { host: 'a.test', port: 'http' },
      { host: 'a.test', path: '/admin', port: 'admin' },
    ];
    const [rule] = ingress(render(apps, web({ ports, hosts })), 'web').rules;
    expect(rule?.http.paths).toEqual([
      { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } },
      { path: '/admin', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'admin' } } } },
    ]);
  });
});

describe('ports', () => {
  test('a Service may dial another number than the process binds', () => {
    const objects = render(apps, web({ ports: { ssh: { container: 2222, service: 22 } } }));
    expect(service(objects, 'web').ports).toEqual([{ name: 'ssh', port: 22, targetPort: 2222, protocol: 'TCP' }]);
  });

  test('pods are selected by the recommended label unless the app names others', () => {
    expect(service(render(apps, web({})), 'web').selector).toEqual({ 'app.kubernetes.io/name': 'web' });
    expect(service(render(apps, web({ selector: { app: 'shop' } })), 'web').selector).toEqual({ app: 'shop' });
  });

  test('an app on the host network binds its nodes and is called there by those it allows', () => {
    const spec = web({ hostNetwork: true, nodes: 'agents', runAsUser: 1000, allowFrom: [{ network: 'lan' }] });
    const part = bound(apps, spec);
    expect(part.listeners()).toMatchObject([{ on: { nodes: 'agents' }, runAsUser: 1000 }]);
    expect(part.flows().map((flow) => `${printEndpoint(flow.from)} ${printPort(flow)} over ${flow.over}`)).toEqual([
      'lan 8080/tcp over lan',
    ]);
  });

  test('a load balancer’s callers dial the Service’s port', () => {
    const part = bound(apps, web({ ports: { ssh: { container: 2222, service: 22 } }, loadBalancer: {} }));
    expect(part.flows().map((flow) => `${printEndpoint(flow.from)} ${printPort(flow)} ${flow.address}`)).toEqual([
      'every node 2222/tcp pod',
      'anywhere 22 → 2222/tcp vip',
    ]);
  });

  test('namespaces that Kubernetes makes itself are not made again', () => {
    expect(titles(render(apps, web({ namespace: 'default' })))).toEqual(['Service default/web']);
  });
});
