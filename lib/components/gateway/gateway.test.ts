import eddisonso from '../../../clusters/eddisonso';
import { documentOf, part } from '../../../test/support/document';
import { codesOf, planOf } from '../../../test/support/plan';
import { bound, render, titles, type RenderedObject } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import type { ClusterSpec } from '../../spec/cluster';
import { gateway } from './index';

const POOL = { main: { addresses: '192.168.50.200-192.168.50.209', network: 'lan' } };
const withGateway = (options: object = {}, changes: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({
    loadBalancers: [{ kind: 'metallb', pools: POOL }],
    ingress: [
      {
        kind: 'gateway',
        namespace: 'edge',
        image: 'registry.test/gateway:1',
        ports: { http: { container: 8080, service: 80 } },
        ...options,
      },
    ] as NonNullable<ClusterSpec['ingress']>,
    apps: { web: { namespace: 'shop', ports: { http: { container: 3000, service: 80 } }, hosts: ['web.test'] } },
    ...changes,
  });

interface Service {
  readonly type: string;
  readonly selector: object;
  readonly ports: readonly { name: string; port: number; targetPort: number; protocol: string }[];
  readonly allocateLoadBalancerNodePorts?: boolean;
  readonly externalTrafficPolicy: string;
}
interface Deployment {
  readonly template: {
    readonly spec: {
      readonly automountServiceAccountToken: boolean;
      readonly serviceAccountName?: string;
      readonly nodeSelector?: object;
      readonly affinity?: object;
      readonly securityContext: object;
      readonly containers: readonly {
        readonly ports: readonly object[];
        readonly livenessProbe: object;
        readonly readinessProbe: object;
        readonly env?: readonly object[];
        readonly volumeMounts: readonly object[];
      }[];
      readonly volumes: readonly object[];
    };
  };
}
const find = (spec: ClusterSpec, kind: string): RenderedObject | undefined =>
  render(gateway, spec).find((object) => object.kind === kind);
const service = (spec: ClusterSpec) => find(spec, 'Service')?.spec as Service;
const pod = (spec: ClusterSpec) => (find(spec, 'Deployment')?.spec as Deployment).template.spec;
const container = (spec: ClusterSpec) => {
  const [only] = pod(spec).containers;
  if (only === undefined) throw new Error('no container');
  return only;
};
const lines = (spec: ClusterSpec) =>
  bound(gateway, spec)
    .flows()
    .map((flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)} ${flow.address}`);
const routes = (spec: ClusterSpec) =>
  (find(spec, 'ConfigMap') as unknown as { data: Record<string, string> }).data['routes.yaml'] ?? '';

describe('eddisonso', () => {
  test('one image, its Service and its routes', () => {
    expect(titles(render(gateway, eddisonso))).toEqual([
      'ConfigMap core/gateway-routes',
      'Deployment core/gateway',
      'Service core/gateway',
    ]);
  });

  test('a range is a thousand ports of the Service, each to its own, and none of them a NodePort', () => {
    const { ports, allocateLoadBalancerNodePorts, externalTrafficPolicy } = service(eddisonso);
    expect(ports).toHaveLength(1004);
    expect(ports).toContainEqual({ name: 'containers-8000', port: 8000, targetPort: 8000, protocol: 'TCP' });
    expect(ports).toContainEqual({ name: 'containers-8999', port: 8999, targetPort: 8999, protocol: 'TCP' });
    expect(ports).toContainEqual({ name: 'ssh-short', port: 22, targetPort: 2222, protocol: 'TCP' });
    expect({ allocateLoadBalancerNodePorts, externalTrafficPolicy }).toEqual({
      allocateLoadBalancerNodePorts: false,
      externalTrafficPolicy: 'Local',
    });
    expect(find(eddisonso, 'Service')?.metadata.annotations).toEqual({
      'metallb.io/loadBalancerIPs': '192.168.3.200',
    });
  });

  test('everywhere else a range is one: in flows, in listeners, in what it owns, in the document', () => {
    const own = bound(gateway, eddisonso);
    expect(own.listeners().map(({ ports }) => String(ports.service ?? ports.container))).toEqual([
      '8000-8999',
      '80',
      '443',
      '2222',
      '22',
      '9091',
    ]);
    expect(lines(eddisonso)).toContain('anywhere → core/gateway 8000-8999/tcp vip');
    expect(
      own
        .provides()
        .filter(({ name }) => name === 'ingress-port')
        .map(({ scope }) => scope),
    ).toContain('8000-8999/tcp on 192.168.3.200');
    expect(documentOf(eddisonso).match(/\b8500\b/)).toBeNull();
  });

  test('calls the Services behind its routes, what it needs itself, and the containers of users', () => {
    const flows = lines(eddisonso);
    expect(flows).toContain('core/gateway → core/auth-service 80 → 8080/tcp service');
    expect(flows).toContain('core/gateway → core/haproxy 5432/tcp service');
    expect(flows).toContain('core/gateway → pods of compute 22/tcp pod');
    expect(flows).not.toContain('core/gateway → core/postgres 5432/tcp service');
    // Two routes lead to one port of an app: one flow.
    expect(new Set(flows).size).toBe(flows.length);
  });

  test('its firewall opens the range once, at the virtual address alone', () => {
    const text = part(documentOf(eddisonso), 'Rules of `s0`');
    expect(text.match(/8000-8999/g)).toHaveLength(1);
    expect(text).toContain('| `192.168.3.200` | `8000-8999/tcp` |');
  });

  test('runs without root and without a token, and reads certificate and routes', () => {
    const spec = pod(eddisonso);
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.nodeSelector).toEqual({ 'core-services': 'true' });
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532 });
    expect(spec.volumes).toEqual([
      { name: 'routes', configMap: { name: 'gateway-routes' } },
      { name: 'certificate', secret: { secretName: 'eddisonso-wildcard-tls', defaultMode: 0o440 } },
    ]);
    expect(container(eddisonso).volumeMounts).toMatchObject([
      { mountPath: '/routes.yaml', subPath: 'routes.yaml' },
      { mountPath: '/tls' },
    ]);
    expect(container(eddisonso).readinessProbe).toMatchObject({ httpGet: { path: '/readyz', port: 9091 } });
    // Single ports alone: the list opens nothing.
    expect(container(eddisonso).ports).toHaveLength(4);
  });

  test('its Secret must be there, and the certificate before its pods', () => {
    expect(planOf(eddisonso).secrets).toContainEqual(
      expect.objectContaining({ name: 'postgres-credentials', keys: ['DATABASE_URL'], owner: 'gateway' }),
    );
    expect(bound(gateway, eddisonso).requires()).toContainEqual(expect.objectContaining({ name: 'certificates' }));
  });
});

describe('routes', () => {
  const apps = {
    web: {
      namespace: 'shop',
      ports: { http: { container: 3000, service: 80 }, admin: { container: 9000, service: 443, tls: true } },
      hosts: [
        { host: 'web.test', port: 'http' },
        { host: 'web.test', path: '/a/longer', port: 'http' },
        { host: 'web.test', path: '/a', port: 'admin' },
        { host: 'web.test', path: '/z', pathType: 'Exact' as const, port: 'http' },
      ],
    },
  };
  const tried = (spec: ClusterSpec) =>
    [...routes(spec).matchAll(/path: (\S+)\n +pathType: (\S+)\n +priority: (\d)/g)].map(([, ...found]) =>
      found.join(' '),
    );

  test('exact paths, then prefixes, the longer first, then the root', () => {
    expect(tried(withGateway({}, { apps }))).toEqual(['/z Exact 3', '/a/longer Prefix 2', '/a Prefix 2', '/ Prefix 1']);
  });

  test('of one priority a name is tried before a wildcard that fits it too', () => {
    const own = ['*.example.com', 'one.example.com'].map((host) => ({ host, app: 'web', port: 'http' }));
    const spec = withGateway({ routes: own }, { apps: { web: { ...apps.web, hosts: [] } } });
    expect(routes(spec)).toMatch(/host: one\.example\.com[^]*host: "\*\.example\.com"/);
  });

  test('a backend that speaks TLS is said to', () => {
    expect(routes(withGateway({}, { apps }))).toContain('target: web.shop:443\n    tls: true');
  });

  test('its own routes stand beside those of apps, and are hosts of the cluster', () => {
    const spec = withGateway({ routes: [{ host: 'old.test', app: 'web' }] });
    expect(routes(spec)).toContain('host: old.test');
    expect(planOf(spec).hosts.map(({ host }) => host)).toEqual(['web.test', 'old.test']);
    expect(planOf(spec).records.map(({ name }) => name)).toEqual(['old.test', 'web.test']);
  });

  test('other routes make other pods', () => {
    const checksum = (spec: ClusterSpec) =>
      JSON.stringify(find(spec, 'Deployment')).match(/checksum\/routes":"(\w+)/)?.[1];
    const one = withGateway();
    expect(checksum(one)).toBe(checksum(withGateway()));
    expect(checksum(one)).not.toBe(checksum(withGateway({ routes: [{ host: 'old.test', app: 'web' }] })));
  });

  test('an app on the host network is called at its node', () => {
    const spec = withGateway({}, { apps: { web: { ...apps.web, hostNetwork: true } } });
    const flow = bound(gateway, spec)
      .flows()
      .find(({ reason }) => reason.includes('passes on'));
    expect(flow).toMatchObject({ over: 'lan', address: 'service' });
    expect(String(flow?.port?.host)).toBe('3000');
  });
});

describe('where it runs', () => {
  const announcedBy = (names: string[]) => [
    { kind: 'metallb' as const, mode: 'l2' as const, pools: { main: { ...POOL.main, nodes: { names } } } },
  ];

  test('with Local on those of its nodes that announce, and not elsewhere', () => {
    const local = withGateway({ externalTrafficPolicy: 'Local' }, { loadBalancers: announcedBy(['b', 'c']) });
    expect(planOf(local).workloads.get('edge/gateway')?.nodes).toEqual({ names: ['b', 'c'] });
    expect(JSON.stringify(pod(local).affinity)).toContain('"values":["b","c"]');
    const cluster = withGateway({}, { loadBalancers: announcedBy(['b', 'c']) });
    expect(pod(cluster)).not.toHaveProperty('affinity');
  });

  test('with Local on nodes none of which announces, nobody would answer', () => {
    const spec = withGateway(
      { externalTrafficPolicy: 'Local', nodes: { names: ['a'] } },
      { loadBalancers: announcedBy(['b']) },
    );
    expect(codesOf(spec)).toContain('CAPABILITY_MISSING');
  });
});

test('several replicas are spread, and an eviction leaves one', () => {
  expect(titles(render(gateway, withGateway({ replicas: 2 })))).toContain('PodDisruptionBudget edge/gateway');
  expect(titles(render(gateway, withGateway()))).not.toContain('PodDisruptionBudget edge/gateway');
});

test('rights at the API are for the namespaces that it watches, and for reading alone', () => {
  const spec = withGateway({ watches: ['rooms'] });
  expect(titles(render(gateway, spec))).toEqual(
    expect.arrayContaining([
      'Role rooms/gateway-watches',
      'RoleBinding rooms/gateway-watches',
      'ServiceAccount edge/gateway',
    ]),
  );
  expect(JSON.stringify(find(spec, 'Role'))).not.toMatch(/secrets|create|update|\*/);
  expect(pod(spec)).toMatchObject({ serviceAccountName: 'gateway', automountServiceAccountToken: true });
  expect(lines(spec)).toContain('edge/gateway → every server 443 → 6443/tcp service');
  expect(lines(withGateway()).join()).not.toContain('every server');
});

test('probes connect to the first port where no health port is named', () => {
  expect(container(withGateway()).livenessProbe).toMatchObject({ tcpSocket: { port: 8080 } });
});

test('variables by value and by Secret', () => {
  const spec = withGateway({
    environment: { LEVEL: 'info' },
    secretEnvironment: { DSN: { name: 'db', key: 'dsn' } },
  });
  expect(container(spec).env).toEqual([
    { name: 'LEVEL', value: 'info' },
    { name: 'DSN', valueFrom: { secretKeyRef: { name: 'db', key: 'dsn' } } },
  ]);
});

test('pods behind it that a selector finds are a workload of their own', () => {
  const spec = withGateway({
    forwards: [{ port: 'http', namespace: 'rooms', selector: { room: 'yes' }, to: '1000-2000', reason: 'rooms' }],
  });
  expect(lines(spec)).toContain('edge/gateway → rooms/behind-gateway-http 1000-2000/tcp pod');
  expect(planOf(spec).workloads.get('rooms/behind-gateway-http')?.labels).toEqual({ room: 'yes' });
});

test('a range may lead to one port, and a large one is applied by the server', () => {
  const spec = withGateway({ ports: { all: { container: 9000, service: '20000-23999', protocol: 'udp' } } });
  expect(new Set(service(spec).ports.map(({ targetPort }) => targetPort))).toEqual(new Set([9000]));
  expect(find(spec, 'Service')?.metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'ServerSideApply=true',
  });
});

test('two gateways of two names stand side by side', () => {
  const allowFrom = [{ network: 'lan' }];
  const [one] = withGateway({ allowFrom }).ingress ?? [];
  const two = { ...one, name: 'second', addresses: '192.168.50.201' };
  const spec = withGateway({ addresses: '192.168.50.200', allowFrom });
  const apps = { web: { namespace: 'shop', ports: { http: 80 }, hosts: ['web.test'], ingress: 'second' } };
  const both = { ...spec, apps, ingress: [...(spec.ingress ?? []), two] } as ClusterSpec;
  expect(codesOf(both)).toEqual([]);
  const maps = render(gateway, both).filter(({ kind }) => kind === 'ConfigMap');
  expect(maps.map((map) => [map.metadata.name, JSON.stringify(map).includes('web.test')])).toEqual([
    ['gateway-routes', false],
    ['second-routes', true],
  ]);
});
