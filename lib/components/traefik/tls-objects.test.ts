import { planOf } from '../../../test/support/plan';
import { bound, render, type RenderedObject } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { apps } from '../apps/index';
import { traefik } from './index';

const TLS = {
  transports: {
    vault: {
      serverName: 'vault.internal.example.com',
      rootCas: [{ configMap: 'public-ca' }, { secret: 'vault-ca' }],
      clientCertificates: ['traefik-client'],
      disableHttp2: true,
      maxIdleConnectionsPerHost: 20,
      dialTimeout: '5s',
      responseHeaderTimeout: '1m30s',
    },
    lab: { insecureSkipVerify: true },
  },
  tlsOptions: {
    default: { minVersion: 'VersionTLS12' as const, sniStrict: true },
    mutual: {
      minVersion: 'VersionTLS12' as const,
      cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
      curvePreferences: ['X25519'],
      clientAuth: { secrets: ['clients-ca'] },
    },
  },
};
const MODES: readonly (readonly [string, object, string])[] = [
  ['K3s’s own, behind a Service', {}, 'kube-system'],
  ['K3s’s own, on the host network', { mode: 'host-network' }, 'kube-system'],
  ['a release of its own', { install: 'own' }, 'traefik'],
];
const spec = (more: object): ClusterSpec =>
  smallSpec({
    loadBalancers: [{ kind: 'servicelb' }],
    ingress: [{ kind: 'traefik', ...TLS, ...more }] as NonNullable<ClusterSpec['ingress']>,
    apps: {
      vault: {
        namespace: 'vault',
        ports: { https: { container: 8200, tls: true } },
        hosts: [{ host: 'vault.example.com', tlsOptions: 'mutual' }, { host: 'plain.example.com' }],
      },
      lab: { namespace: 'lab', ports: { https: { container: 8443, tls: true } }, hosts: ['lab.example.com'] },
    },
  });
const named = (objects: readonly RenderedObject[], kind: string, name: string) =>
  objects.find((one) => one.kind === kind && one.metadata.name === name);

describe.each(MODES)('%s', (_, more, namespace) => {
  const objects = render(traefik, spec(more));

  test('has a transport beside each app, whose Secrets are there', () => {
    expect(named(objects, 'ServersTransport', 'vault')).toMatchObject({
      apiVersion: 'traefik.io/v1alpha1',
      metadata: {
        namespace: 'vault',
        annotations: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' },
      },
      spec: {
        serverName: 'vault.internal.example.com',
        rootCAs: [{ configMap: 'public-ca' }, { secret: 'vault-ca' }],
        certificatesSecrets: ['traefik-client'],
        disableHTTP2: true,
        maxIdleConnsPerHost: 20,
        forwardingTimeouts: { dialTimeout: '5s', responseHeaderTimeout: '1m30s' },
      },
    });
    expect(named(objects, 'ServersTransport', 'lab')?.spec).toEqual({ insecureSkipVerify: true });
  });

  test('has its options where its own pods are', () => {
    expect(named(objects, 'TLSOption', 'default')).toMatchObject({
      metadata: { namespace },
      spec: { minVersion: 'VersionTLS12', sniStrict: true },
    });
    expect(named(objects, 'TLSOption', 'mutual')?.spec).toEqual({
      minVersion: 'VersionTLS12',
      cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
      curvePreferences: ['X25519'],
      clientAuth: { clientAuthType: 'RequireAndVerifyClientCert', secretNames: ['clients-ca'] },
    });
  });

  test('is told of both by the apps’ own objects', () => {
    const own = render(apps, spec(more));
    expect(named(own, 'Service', 'vault')?.metadata.annotations).toEqual({
      'traefik.ingress.kubernetes.io/service.serversscheme': 'https',
      'traefik.ingress.kubernetes.io/service.serverstransport': 'vault-vault@kubernetescrd',
    });
    expect(named(own, 'Ingress', 'vault-mutual')?.metadata.annotations).toEqual({
      'traefik.ingress.kubernetes.io/router.tls.options': `${namespace}-mutual@kubernetescrd`,
    });
    expect(named(own, 'Ingress', 'vault')?.metadata).not.toHaveProperty('annotations');
  });

  test('needs the Secrets that these refer to, by name alone', () => {
    const secrets = bound(traefik, spec(more)).secrets();
    expect(secrets.map((one) => `${one.namespace}/${one.name} ${one.keys.join()}`)).toEqual([
      'vault/vault-ca ca.crt',
      'vault/traefik-client tls.crt,tls.key',
      `${namespace}/clients-ca ca.crt`,
    ]);
  });
});

test('an unchecked certificate is not taken for proof', () => {
  const said = planOf(spec({}))
    .flows.filter(({ reason }) => reason.startsWith('Traefik passes on'))
    .map(({ encryptedBy, to }) => [to.kind === 'workload' ? to.workload : '', encryptedBy]);
  expect(said).toEqual([
    ['lab/lab', 'TLS, the certificate unchecked'],
    ['vault/vault', 'TLS'],
  ]);
});

test('a Traefik of its own has objects to deliver for the sake of these alone', () => {
  const own = bound(traefik, spec({ install: 'own', transports: {} }));
  expect(own.delivers).toBe(true);
  expect(bound(traefik, spec({ install: 'own', transports: {}, tlsOptions: {} })).delivers).toBe(false);
});

test('the document says what is asked of either side, and what is not checked', () => {
  const note = bound(traefik, spec({}))
    .notes()
    .find(({ title }) => title === 'How TLS is spoken');
  expect(note?.text).toContain('with RequireAndVerifyClientCert of clients');
  expect(note?.text).toContain('To `lab`: its certificate is **not checked**');
  expect(note?.text).toContain('must bear `vault.internal.example.com`, signed by `public-ca` and `vault-ca`');
});
