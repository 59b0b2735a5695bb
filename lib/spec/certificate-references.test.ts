import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

const dns01 = (...zones: string[]) => ({
  kind: 'dns01-cloudflare',
  apiToken: { name: 'token', key: 'api-token' },
  ...(zones.length === 0 ? {} : { zones }),
});
const http01 = { kind: 'http01', ingress: 'traefik' };

function said(solvers: object[] | undefined, names: string[], ingress: object[] = [{ kind: 'traefik' }]): string[] {
  const certificates = {
    kind: 'cert-manager',
    issuers: { le: { server: 'letsencrypt', ...(solvers && { solvers }) } },
    certificates: { web: { namespace: 'shop', issuer: 'le', names } },
  };
  return parseCluster(broken([['certificates'], certificates], [['ingress'], ingress])).findings.map(
    ({ code, at, message }) => `${code} ${at.map(printPath).join(' + ')}: ${message}`,
  );
}

test.each([
  ['a wildcard by DNS-01', [dns01()], ['*.shop.test']],
  ['a name in the solver’s zone, and the zone itself', [dns01('shop.test')], ['shop.test', 'a.b.shop.test']],
  ['a name by HTTP-01 beside a wildcard by DNS-01', [http01, dns01('shop.test')], ['other.test', '*.shop.test']],
])('%s can be proven', (_, solvers, names) => {
  expect(said(solvers, names)).toEqual([]);
});

test('a wildcard by HTTP-01', () => {
  expect(said([http01], ['a.shop.test', '*.shop.test'])).toEqual([
    expect.stringMatching(/^SPEC_INVALID certificates\.certificates\.web\.names\[1\]: .*HTTP-01.*\*\.shop\.test/),
  ]);
});

test('a name in none of the solvers’ zones', () => {
  expect(said([dns01('shop.test')], ['workshop.test'])).toEqual([
    expect.stringMatching(/names\[0\]: issuer le proves names of shop\.test, and workshop\.test is none of them/),
  ]);
});

test('an issuer without a solver, or with a list of none: said once, and the rest is planned', () => {
  const message = /^SPEC_INVALID certificates\.issuers\.le\.solvers: issuer le has no solver/;
  for (const solvers of [[], undefined]) {
    expect(said(solvers, ['a.shop.test'])).toEqual([expect.stringMatching(message)]);
  }
});

test('an ingress that would not lead the challenge to its pod', () => {
  const ingress = [{ kind: 'easyhaproxy', name: 'traefik' }];
  expect(said([http01], ['a.shop.test'], ingress)).toContainEqual(
    expect.stringMatching(/issuers\.le\.solvers\[0\]\.ingress: ingress traefik \(easyhaproxy\) does not lead/),
  );
});
