import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

type Change = readonly [path: readonly (string | number)[], value: unknown];

/** Place, message and fix of all that is said of a spec with these changes. */
function said(changes: readonly Change[], letters = {}) {
  return parseCluster(broken(...changes), letters).findings.map(({ at: [path = []], message, fix }) => ({
    at: printPath(path),
    message,
    fix,
  }));
}

test('a misspelt word beside which a text of another form would do', () => {
  const solvers = [{ kind: 'http01', ingress: 'traefik' }];
  const certificates = { kind: 'cert-manager', issuers: { le: { server: 'lets-encrypt', solvers } } };
  expect(said([[['certificates'], certificates]])).toEqual([
    {
      at: 'certificates.issuers.le.server',
      message: '"lets-encrypt" must be letsencrypt, letsencrypt-staging or an https address',
      fix: 'letsencrypt',
    },
  ]);
});

test('a misspelt key is one fault, also where the mapping needs this key or another', () => {
  expect(said([[['outside', 'mail'], { name: ['smtp.example.net'] }]])).toEqual([
    {
      at: 'outside.mail.name',
      message: '"name" is no key of outside.mail; its keys are addresses, names, notes, purpose',
      fix: 'names',
    },
  ]);
});

test('a number in quotes, and a word that YAML takes for a number', () => {
  expect(said([[['apps', 'cache', 'ports', 'redis'], '6379']])).toMatchObject([{ fix: '6379' }]);
  const cilium: Change[] = [
    [['cni'], { kind: 'cilium', version: 1.2 }],
    [['firewall'], { kind: 'none' }],
  ];
  const message = 'must be one of 1.18 or 1.20, not the number 1.2';
  expect(said(cilium, { sourceText: () => '1.20' })).toEqual([
    { at: 'cni.version', message, fix: 'put it in quotes: "1.20"' },
  ]);
});

test('what would be refused in its turn is not told as a fix', () => {
  const swarm = { managers: ['alpha'], network: 'lan', bridgePool: '10.61.0.0/16' };
  expect(said([[['apps', 'cache', 'ports', 'redis'], '70000']])).toMatchObject([{ fix: undefined }]);
  expect(said([[['firewall'], { kind: 'nftables', ssh: { port: '70000', from: ['anywhere'] } }]])).toMatchObject([
    { at: 'firewall.ssh.port', fix: undefined },
  ]);
  expect(said([[['swarm'], { ...swarm, addressPool: '10.60.0.7/28' }]])).toMatchObject([
    { at: 'swarm.addressPool', fix: undefined },
  ]);
});
