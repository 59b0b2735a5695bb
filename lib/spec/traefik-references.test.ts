import { smallSpec } from '../../test/support/spec';
import { printPath } from './finding';
import { parseCluster } from './parse';

const APPS = {
  vault: { namespace: 'vault', ports: { https: { container: 8200, tls: true } }, hosts: ['vault.example.com'] },
  web: { namespace: 'web', ports: { http: 80 }, hosts: ['web.example.com'] },
  quiet: { namespace: 'web', ports: { http: 81 } },
};
const told = (traefik: object, apps: object = APPS) =>
  parseCluster({ ...smallSpec(), ingress: [{ kind: 'traefik', ...traefik }], apps }).findings.map(
    ({ code, at, message, fix }) => `${code} ${at.map(printPath).join(' + ')}: ${message} [${fix ?? ''}]`,
  );

test('a transport for an app that ends TLS itself, and options that a host names', () => {
  const apps = { ...APPS, vault: { ...APPS.vault, hosts: [{ host: 'vault.example.com', tlsOptions: 'strict' }] } };
  const traefik = {
    transports: { vault: { serverName: 'vault.internal.example.com', rootCas: [{ configMap: 'vault-ca' }] } },
    tlsOptions: { strict: { minVersion: 'VersionTLS13' } },
  };
  expect(told(traefik, apps)).toEqual([]);
});

test('an app that is not there, is not served, or speaks no TLS', () => {
  const transports = {
    valt: {},
    quiet: { dialTimeout: '5s' },
    web: { insecureSkipVerify: true, serverName: 'a.example.com', dialTimeout: '5s' },
  };
  expect(told({ transports })).toEqual([
    expect.stringMatching(/^SPEC_INVALID ingress\[0\]\.transports\.quiet: ingress traefik serves no host of app quiet/),
    expect.stringMatching(/^SPEC_UNKNOWN_NAME ingress\[0\]\.transports\.valt: there is no app "valt".* \[vault\]$/),
    expect.stringMatching(/^SPEC_INVALID ingress\[0\]\.transports\.web\.insecureSkipVerify: app web speaks no TLS/),
    expect.stringMatching(/^SPEC_INVALID ingress\[0\]\.transports\.web\.serverName: app web speaks no TLS/),
  ]);
});

test('options that the ingress does not have', () => {
  const apps = { web: { ...APPS.web, hosts: [{ host: 'web.example.com', tlsOptions: 'strickt' }] } };
  expect(told({ tlsOptions: { strict: {} } }, apps)).toEqual([
    'SPEC_UNKNOWN_NAME apps.web.hosts[0].tlsOptions: ingress traefik has no TLS option "strickt"; it has strict [strict]',
  ]);
});

test('one host name with two sets of options', () => {
  const hosts = [
    { host: 'web.example.com', tlsOptions: 'strict' },
    { host: 'web.example.com', path: '/b' },
  ];
  expect(told({ tlsOptions: { strict: {} } }, { web: { ...APPS.web, hosts } })).toEqual([
    expect.stringMatching(
      /^SPEC_INVALID apps\.web\.hosts\[1\] \+ apps\.web\.hosts\[0\]: web\.example\.com is to be served with two sets of TLS options, strict and the default ones/,
    ),
  ]);
});

test('what contradicts itself', () => {
  const problems = told({
    transports: { vault: { insecureSkipVerify: true, rootCas: [{ secret: 'ca' }], dialTimeout: '5 seconds' } },
    tlsOptions: {
      old: { minVersion: 'VersionTLS13', maxVersion: 'VersionTLS12' },
      suites: { minVersion: 'VersionTLS13', cipherSuites: ['TLS_AES_128_GCM_SHA256'] },
      mutual: { clientAuth: {} },
      asked: { clientAuth: { type: 'RequestClientCert' } },
    },
  });
  expect(problems.map((line) => line.slice(0, line.indexOf(':'))).sort()).toEqual([
    'SPEC_INVALID ingress[0].tlsOptions.mutual.clientAuth.secrets',
    'SPEC_INVALID ingress[0].tlsOptions.old.maxVersion',
    'SPEC_INVALID ingress[0].tlsOptions.suites.cipherSuites',
    'SPEC_INVALID ingress[0].transports.vault.dialTimeout',
    'SPEC_INVALID ingress[0].transports.vault.insecureSkipVerify',
  ]);
});

test('Argo CD’s pages are led in by Traefik alone', () => {
  const pages = (ingress: string) =>
    parseCluster({
      ...smallSpec(),
      ingress: [{ kind: 'easyhaproxy' }, { kind: 'traefik' }],
      gitops: { kind: 'argocd', repository: 'https://example.com/a.git', host: 'cd.example.com', ingress },
    }).findings.map(({ code, at, message }) => `${code} ${at.map(printPath).join(' + ')}: ${message}`);
  expect(pages('easyhaproxy')).toEqual([
    'SPEC_INVALID gitops.ingress: ingress easyhaproxy (easyhaproxy) does not lead to Argo CD’s pages',
  ]);
  expect(pages('traefik')).toEqual([]);
});
