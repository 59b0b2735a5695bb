import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

type Path = readonly (string | number)[];

const found = (path: Path, value: unknown) => parseCluster(broken([path, value])).findings;

const argocd = (changes: object) => ({ kind: 'argocd', repository: 'https://git.example.com/a/b.git', ...changes });

test.each<[what: string, Path, value: unknown, at: string, says: RegExp, fix?: string]>([
  ['an interface .', ['networks', 'lan', 'interface'], '.', 'networks.lan.interface', /"\." must be an interface name/],
  ['an interface ..', ['nodes', 'beta', 'interfaces'], { lan: '..' }, 'nodes.beta.interfaces.lan', /interface name/],
  ['an interface like an option', ['networks', 'lan', 'interface'], '-e', 'networks.lan.interface', /no hyphen first/],
  ['a label key with a space', ['nodes', 'beta', 'labels'], { 'a b': 'c' }, 'nodes.beta.labels["a b"]', /label key/],
  ['a label value with a space', ['nodes', 'beta', 'labels'], { a: 'b c' }, 'nodes.beta.labels.a', /a label value/],
  [
    'a label that kubelet refuses',
    ['nodes', 'beta', 'labels'],
    { 'node-role.kubernetes.io/worker': 'true' },
    'nodes.beta.labels["node-role.kubernetes.io/worker"]',
    /must not lie in kubernetes\.io or k8s\.io: kubelet does not start/,
  ],
  ['a selector that is no label', ['apps', 'web', 'selector'], { app: 'a/b' }, 'apps.web.selector.app', /label value/],
  ['a taint without an effect', ['nodes', 'beta', 'taints'], ['a=b'], 'nodes.beta.taints[0]', /key=value:Effect/],
  ['a taint with a space', ['nodes', 'beta', 'taints'], ['a=b c:NoExecute'], 'nodes.beta.taints[0]', /as in labels/],
  ['a domain with a final dot', ['k3s', 'clusterDomain'], 'Home.Lan.', 'k3s.clusterDomain', /DNS name/, 'home.lan'],
  ['a domain with a space', ['k3s', 'clusterDomain'], 'home lan', 'k3s.clusterDomain', /DNS name/],
  ['a wildcard for the API', ['k3s', 'tlsNames'], ['*.example.com'], 'k3s.tlsNames[0]', /a host name .* or an address/],
  ['a web address', ['k3s', 'tlsNames'], ['https://api.example.com:6443'], 'k3s.tlsNames[0]', /./, 'api.example.com'],
  ['an address too high', ['k3s', 'tlsNames'], ['10.0.0.300'], 'k3s.tlsNames[0]', /a host name .* or an address/],
  ['an address for a host', ['outside', 'mail'], { names: ['10.0.0.5'] }, 'outside.mail.names[0]', /a full host name/],
  ['a prefix for a host', ['outside', 'mail'], { names: ['10.0.0.5/24'] }, 'outside.mail.names[0]', /a full host name/],
  ['an endpoint with a port', ['api'], { endpoint: { host: 'a.lan:6443' } }, 'api.endpoint.host', /./, 'a.lan'],
  ['a token file below nothing', ['k3s', 'tokenFile'], 'etc/token', 'k3s.tokenFile', /an absolute path/],
  ['a token file with a space', ['k3s', 'tokenFile'], '/etc/my token', 'k3s.tokenFile', /an absolute path of letters/],
  ['a token file with a quote', ['k3s', 'tokenFile'], '/etc/$(id)', 'k3s.tokenFile', /an absolute path of letters/],
  ['a token file by detours', ['k3s', 'tokenFile'], '/etc/../root/t', 'k3s.tokenFile', /without \. or \.\./],
  ['a folder as token file', ['k3s', 'tokenFile'], '/etc//t/', 'k3s.tokenFile', /./, '/etc/t'],
  ['a way out of the repository', ['gitops'], argocd({ path: 'a/../../b' }), 'gitops.path', /without \. or \.\./],
  ['the repository itself', ['gitops'], argocd({ path: '.' }), 'gitops.path', /without \. or \.\./],
  ['a revision with a space', ['gitops'], argocd({ revision: 'my branch' }), 'gitops.revision', /without spaces/],
])('%s', (_, path, value, at, says, ...[fix]) => {
  const findings = found(path, value);
  expect(findings.map((one) => one.at.map(printPath).join())).toEqual([at]);
  expect(findings[0]?.message).toMatch(says);
  expect(findings[0]?.fix).toBe(fix);
});

test.each<[Path, unknown]>([
  [['networks', 'lan', 'interface'], 'br-lan.10@x'],
  [['nodes', 'beta', 'labels'], { 'topology.kubernetes.io/zone': 'cellar', disk: '' }],
  [
    ['nodes', 'beta', 'taints'],
    ['example.com/gpu:NoSchedule', 'a=b:NoExecute'],
  ],
  [['k3s', 'clusterDomain'], 'lan'],
  [
    ['k3s', 'tlsNames'],
    ['api', 'api.example.com', '10.0.0.3', 'fd00::1'],
  ],
  [['k3s', 'tokenFile'], '/var/lib/rancher/k3s/.token-1'],
  [['gitops'], argocd({ path: 'dist/..hidden', revision: 'release/1.x' })],
])('what is right at %j is silent', (path, value) => {
  expect(found(path, value)).toEqual([]);
});

test('an unknown app is not corrected to the one that calls it', () => {
  const need = (app: string) => [{ app, reason: 'x' }];
  expect(found(['apps', 'web', 'needs'], need('wbe'))[0]?.fix).toBeUndefined();
  expect(found(['apps', 'cache', 'needs'], need('wbe'))[0]?.fix).toBe('web');
});
