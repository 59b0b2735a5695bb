import jigga from '../../../clusters/jigga';
import { planOf } from '../../../test/support/plan';
import { bound, render, titles, type RenderedObject } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import type { ClusterSpec } from '../../spec/cluster';
import { VERSIONS } from '../versions';
import { certificates } from './certificates';
import { certManager } from './index';

type Certificates = NonNullable<ClusterSpec['certificates']>;
type IssuerSpec = { acme: { server: string; email?: string; privateKeySecretRef: object; solvers: object[] } };

const with_ = (own: Partial<Certificates>, more: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    certificates: {
      kind: 'cert-manager',
      issuers: { le: { server: 'letsencrypt', solvers: [{ kind: 'http01', ingress: 'traefik' }] } },
      ...own,
    },
    ...more,
  });

const issuer = (objects: RenderedObject[], name: string) =>
  objects.find((object) => object.kind === 'ClusterIssuer' && object.metadata.name === name)?.spec as IssuerSpec;
const lines = (spec: ClusterSpec) =>
  bound(certManager, spec)
    .flows()
    .map((flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)}`);

describe('jigga', () => {
  test('the chart with its definitions, and the resolvers that a split network cannot mislead', () => {
    const release = bound(certManager, jigga).helm();
    expect(release).toMatchObject({
      name: 'cert-manager',
      namespace: 'cert-manager',
      repository: 'https://charts.jetstack.io',
      version: VERSIONS.certManagerChart,
      values: {
        crds: { enabled: true, keep: true },
        dns01RecursiveNameservers: '1.1.1.1:53,9.9.9.9:53',
        dns01RecursiveNameserversOnly: true,
      },
    });
  });

  test('an issuer for its zone at Let’s Encrypt, after the webhook that checks it', () => {
    const objects = render(certManager, jigga);
    expect(titles(objects)).toEqual(['ClusterIssuer letsencrypt-dns-prod']);
    expect(objects.find(({ kind }) => kind === 'ClusterIssuer')?.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-wave': '1',
    });
    expect(issuer(objects, 'letsencrypt-dns-prod')).toEqual({
      acme: {
        server: 'https://acme-v02.api.letsencrypt.org/directory',
        privateKeySecretRef: { name: 'letsencrypt-dns-prod-account-key' },
        solvers: [
          {
            dns01: { cloudflare: { apiTokenSecretRef: { name: 'cloudflare-api-token', key: 'api-token' } } },
            selector: { dnsZones: ['jigga.xyz'] },
          },
        ],
      },
    });
  });

  test('the wildcard with a key on a curve, in a namespace that is there', () => {
    expect(render(certificates, jigga)).toMatchObject([
      {
        kind: 'Certificate',
        metadata: { name: 'internal', namespace: 'kube-system' },
        spec: {
          secretName: 'internal-tls',
          dnsNames: ['*.int.jigga.xyz'],
          issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt-dns-prod' },
          privateKey: { algorithm: 'ECDSA', size: 256 },
        },
      },
    ]);
  });

  test('the token is needed where cert-manager reads it, and never written', () => {
    expect(bound(certManager, jigga).secrets()).toMatchObject([
      { namespace: 'cert-manager', name: 'cloudflare-api-token', keys: ['api-token'] },
    ]);
  });

  test('calls the authority, the provider’s API and the named resolvers, and no other', () => {
    const outside = lines(jigga).filter((line) => line.startsWith('cert-manager/cert-manager →'));
    expect(outside.filter((line) => !line.includes('every server'))).toEqual([
      'cert-manager/cert-manager → acme-v02.api.letsencrypt.org 443/tcp',
      "cert-manager/cert-manager → Cloudflare's API 443/tcp",
      'cert-manager/cert-manager → 1.1.1.1 53/udp',
      'cert-manager/cert-manager → 1.1.1.1 53/tcp',
      'cert-manager/cert-manager → 9.9.9.9 53/udp',
      'cert-manager/cert-manager → 9.9.9.9 53/tcp',
    ]);
  });

  test('the API server dials the webhook where it binds, by its endpoints', () => {
    expect(lines(jigga)).toContain('every server → cert-manager/cert-manager-webhook 10250/tcp');
  });
});

describe('other authorities', () => {
  const server = (name: string) => ({
    issuers: { own: { server: name, email: 'ops@example.org', solvers: [{ kind: 'http01', ingress: 'traefik' }] } },
  });

  test.each([
    ['letsencrypt-staging', 'https://acme-staging-v02.api.letsencrypt.org/directory', '443/tcp'],
    ['https://ca.example.org:9000/acme/acme/directory', 'https://ca.example.org:9000/acme/acme/directory', '9000/tcp'],
  ])('%s', (name, directory, port) => {
    const spec = with_(server(name) as Partial<Certificates>);
    expect(issuer(render(certManager, spec), 'own').acme).toMatchObject({
      server: directory,
      email: 'ops@example.org',
    });
    expect(lines(spec)).toContain(`cert-manager/cert-manager → ${new URL(directory).hostname} ${port}`);
  });

  test('two issuers at one authority are one flow', () => {
    const one: Certificates['issuers'][string] = {
      server: 'letsencrypt',
      solvers: [{ kind: 'http01', ingress: 'traefik' }],
    };
    const spec = with_({ issuers: { one, two: one } });
    expect(lines(spec).filter((line) => line.includes('letsencrypt'))).toHaveLength(1);
  });
});

test('without resolvers of its own, DNS-01 asks the zones’ nameservers, wherever they are', () => {
  const spec = { ...jigga, certificates: { ...jigga.certificates, recursiveNameservers: [] } } as ClusterSpec;
  expect(lines(spec)).toContain('cert-manager/cert-manager → anywhere 53/udp');
  expect(bound(certManager, spec).helm()?.values).not.toHaveProperty('dns01RecursiveNameserversOnly');
});

describe('HTTP-01', () => {
  const spec = with_(
    { certificates: { shop: { namespace: 'shop', issuer: 'le', names: ['shop.test'] } } },
    { apps: { web: { namespace: 'shop', ports: { http: 80 } } } },
  );

  test('the ingress passes the authority’s calls on to the solver’s pods, in the certificate’s namespace', () => {
    expect(lines(spec)).toContain('kube-system/traefik → shop/cm-acme-http-solver 8089/tcp');
    expect(planOf(spec).workloads.get('shop/cm-acme-http-solver')).toMatchObject({
      namespace: 'shop',
      labels: { 'acme.cert-manager.io/http01-solver': 'true' },
    });
    expect(issuer(render(certManager, spec), 'le').acme.solvers).toEqual([
      { http01: { ingress: { ingressClassName: 'traefik', serviceType: 'ClusterIP' } } },
    ]);
  });

  test('cert-manager itself comes in where the authority does, and where that sends it on', () => {
    const tried = (ingress: object) =>
      lines({ ...spec, ingress: [{ kind: 'traefik', ...ingress }] as NonNullable<ClusterSpec['ingress']> }).filter(
        (line) => /^cert-manager\/cert-manager → .*(traefik|node)/.test(line),
      );
    expect(tried({ mode: 'host-network' })).toEqual(['cert-manager/cert-manager → every node 80/tcp']);
    const behind = { mode: 'load-balancer', redirects: { web: 'websecure' } };
    expect(tried(behind)).toEqual([
      'cert-manager/cert-manager → kube-system/traefik 80 → 8000/tcp',
      'cert-manager/cert-manager → kube-system/traefik 443 → 8443/tcp',
    ]);
  });

  test('it writes no records and needs no token', () => {
    expect(lines(spec).filter((line) => /53\/|Cloudflare/.test(line))).toEqual([]);
    expect(bound(certManager, spec).secrets()).toEqual([]);
  });

  test('a certificate waits for the namespace of its Secret, which somebody else makes', () => {
    const { waves, namespaces } = planOf(spec);
    expect(namespaces.map(({ name }) => name)).toContain('shop');
    expect(waves.get('certificates')).toBeGreaterThan(waves.get('namespaces') ?? 0);
    expect(titles(render(certificates, spec))).toEqual(['Certificate shop/shop']);
  });
});

test('metrics are served only where they are asked for', () => {
  const ports = (spec: ClusterSpec) =>
    bound(certManager, spec)
      .listeners()
      .map(({ ports: { container } }) => container.first);
  expect(ports(with_({}))).toEqual([10250, 6080, 9403]);
  expect(ports(with_({ metrics: true }))).toEqual([10250, 6080, 9403, 9402, 9402, 9402]);
  expect(bound(certManager, with_({ metrics: true })).helm()?.values['prometheus']).toEqual({ enabled: true });
});

test('every end of a flow is a workload that exists', () => {
  const plan = planOf(jigga);
  for (const { from, to } of plan.flows) {
    for (const end of [from, to])
      if (end.kind === 'workload') expect([...plan.workloads.keys()]).toContain(end.workload);
  }
});
