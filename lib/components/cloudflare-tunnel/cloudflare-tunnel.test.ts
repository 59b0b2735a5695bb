import { load } from 'js-yaml';
import jigga from '../../../clusters/jigga';
import { planOf } from '../../../test/support/plan';
import { bound, render, titles } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import type { ClusterSpec } from '../../spec/cluster';
import { traefik } from '../traefik/index';
import { VERSIONS } from '../versions';
import { cloudflareTunnel } from './index';

interface Config {
  readonly tunnel: string;
  readonly ingress: readonly { hostname?: string; path?: string; service: string; originRequest?: object }[];
  readonly [key: string]: unknown;
}
interface DeploymentSpec {
  readonly replicas: number;
  readonly selector: { matchLabels: object };
  readonly template: {
    metadata: { labels: object; annotations: Record<string, string> };
    spec: { containers: Record<string, unknown>[]; [key: string]: unknown };
  };
}

type Host = { host: string; path?: string; pathType?: 'Prefix' | 'Exact'; port?: string; tunnel?: string };

const spec = (hosts: Host[], tunnel: object = {}, app: object = {}): ClusterSpec =>
  smallSpec({
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    dns: { zones: { 'shop.test': {} } },
    tunnels: [{ kind: 'cloudflare-tunnel', tunnelId: '00000000-0000-4000-8000-000000000000', ...tunnel }],
    apps: {
      web: {
        namespace: 'shop',
        ports: { http: { container: 8080, service: 80 } },
        hosts: hosts.map((host) => ({ tunnel: 'cloudflare-tunnel', ...host })),
        ...app,
      },
    },
  });

const object = (input: ClusterSpec, kind: string) => {
  const found = render(cloudflareTunnel, input).find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};
const config = (input: ClusterSpec) =>
  load((object(input, 'ConfigMap') as unknown as { data: Record<string, string> }).data['config.yaml'] ?? '') as Config;
const deployment = (input: ClusterSpec) => object(input, 'Deployment').spec as DeploymentSpec;
const lines = (input: ClusterSpec) =>
  bound(cloudflareTunnel, input)
    .flows()
    .filter(({ sameNode }) => sameNode !== true)
    .map((flow) => `${printEndpoint(flow.to)} ${printPort(flow)}`);

describe('jigga', () => {
  test('a Deployment of its own namespace, and no more than it needs', () => {
    expect(titles(render(cloudflareTunnel, jigga))).toEqual([
      'ConfigMap cloudflare/cloudflared',
      'Deployment cloudflare/cloudflared',
      'PodDisruptionBudget cloudflare/cloudflared',
    ]);
  });

  test('each host has a rule that leads to its Service, and every other request an answer', () => {
    expect(config(jigga)).toEqual({
      tunnel: '00000000-0000-4000-8000-000000000000',
      'credentials-file': '/etc/cloudflared/credentials/credentials.json',
      metrics: ':2000',
      'no-autoupdate': true,
      ingress: [
        { hostname: 'jigga.xyz', service: 'http://homepage.homepage:80' },
        { hostname: 'passwords.jigga.xyz', service: 'http://vaultwarden.vaultwarden:80' },
        { service: 'http_status:404' },
      ],
    });
  });

  test('the credentials must exist, under the key that is mounted', () => {
    expect(bound(cloudflareTunnel, jigga).secrets()).toMatchObject([
      { namespace: 'cloudflare', name: 'tunnel-credentials', keys: ['credentials.json'] },
    ]);
  });

  test('it calls the edge and the apps of its hosts, and nobody calls it', () => {
    expect(lines(jigga)).toEqual([
      "Cloudflare's edge 7844/udp",
      "Cloudflare's edge 7844/tcp",
      'homepage/homepage 80/tcp',
      'vaultwarden/vaultwarden 80/tcp',
    ]);
    const callers = planOf(jigga).flows.filter(({ to }) => printEndpoint(to) === 'cloudflare/cloudflared');
    expect(callers.map(({ sameNode }) => sameNode)).toEqual([true]);
  });

  test('Traefik neither serves nor dials what the tunnel brings', () => {
    const dialled = bound(traefik, jigga)
      .flows()
      .map(({ to }) => printEndpoint(to));
    expect(dialled).not.toContain('vaultwarden/vaultwarden');
    expect(dialled).toContain('monitoring/grafana');
  });
});

describe('pods', () => {
  const { replicas, template, selector } = deployment(jigga);
  const [container] = template.spec.containers;

  test('as many as asked for, on different nodes', () => {
    expect(replicas).toBe(2);
    expect(template.spec['topologySpreadConstraints']).toMatchObject([
      {
        topologyKey: 'kubernetes.io/hostname',
        maxSkew: 1,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: selector,
      },
    ]);
    expect(template.metadata.labels).toEqual(selector.matchLabels);
  });

  test('of a pinned version, without any right that they do not need', () => {
    expect(container?.['image']).toBe(`docker.io/cloudflare/cloudflared:${VERSIONS.cloudflared}`);
    expect(template.spec['securityContext']).toMatchObject({ runAsNonRoot: true });
    expect(template.spec['automountServiceAccountToken']).toBe(false);
    expect(container?.['securityContext']).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  test('ready when they are connected', () => {
    expect(container?.['readinessProbe']).toMatchObject({ httpGet: { path: '/ready', port: 'metrics' } });
    expect(container?.['ports']).toMatchObject([{ name: 'metrics', containerPort: 2000 }]);
  });

  test('new ones come with a new configuration, and only then', () => {
    const checksum = (input: ClusterSpec) => deployment(input).template.metadata.annotations['checksum/config'];
    const one = checksum(spec([{ host: 'a.shop.test' }]));
    expect(checksum(spec([{ host: 'a.shop.test' }], { replicas: 3 }))).toBe(one);
    expect(checksum(spec([{ host: 'b.shop.test' }]))).not.toBe(one);
  });

  test('a single one cannot be held back from being moved', () => {
    expect(titles(render(cloudflareTunnel, spec([{ host: 'a.shop.test' }], { replicas: 1 })))).not.toContain(
      'PodDisruptionBudget cloudflare/cloudflared',
    );
  });
});

describe('rules', () => {
  const rules = (hosts: Host[], app: object = {}) => config(spec(hosts, {}, app)).ingress;

  test('the first that fits decides, so that what fits less comes first', () => {
    const hosts: Host[] = [
      { host: '*.shop.test' },
      { host: 'a.shop.test' },
      { host: 'a.shop.test', path: '/admin/' },
      { host: 'a.shop.test', path: '/admin', pathType: 'Exact' },
    ];
    expect(rules(hosts).map(({ hostname, path }) => [hostname, path])).toEqual([
      ['a.shop.test', '^/admin(/|$)'],
      ['a.shop.test', '^/admin$'],
      ['a.shop.test', undefined],
      ['*.shop.test', undefined],
      [undefined, undefined],
    ]);
  });

  test('a path is taken by the letter', () => {
    const [rule] = rules([{ host: 'a.shop.test', path: '/v1.0/(x)' }]);
    expect(new RegExp(rule?.path ?? '').test('/v1.0/(x)/y')).toBe(true);
    expect(new RegExp(rule?.path ?? '').test('/v1x0/(x)')).toBe(false);
    expect(new RegExp(rule?.path ?? '').test('/v1.0/(x)y')).toBe(false);
  });

  test('an app that speaks TLS must be the one that the client asked for', () => {
    const ports = { https: { container: 8443, service: 443, tls: true } };
    expect(rules([{ host: 'a.shop.test' }], { ports })[0]).toEqual({
      hostname: 'a.shop.test',
      service: 'https://web.shop:443',
      originRequest: { originServerName: 'a.shop.test' },
    });
  });
});

test.each([
  ['auto', ['7844/udp', '7844/tcp']],
  ['quic', ['7844/udp']],
  ['http2', ['7844/tcp']],
])('protocol %s calls the edge by it', (protocol, ports) => {
  const input = spec([{ host: 'a.shop.test' }], { protocol });
  expect(lines(input).filter((line) => line.startsWith('Cloudflare'))).toEqual(
    ports.map((port) => `Cloudflare's edge ${port}`),
  );
  expect(config(input)['protocol']).toBe(protocol === 'auto' ? undefined : protocol);
});

test('it may share a namespace with apps, which is made once', () => {
  const { namespaces } = planOf(spec([{ host: 'a.shop.test' }], { namespace: 'shop' }));
  expect(namespaces.filter(({ name }) => name === 'shop')).toHaveLength(1);
});
