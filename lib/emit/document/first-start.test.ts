import homelab from '../../../clusters/homelab';
import jigga from '../../../clusters/jigga';
import { documentOf, part } from '../../../test/support/document';
import { rentedSpec } from '../../../test/support/rented';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const start = (spec: ClusterSpec) => part(documentOf(spec), 'First start, command by command');
const rented = start(rentedSpec());
const order = (text: string, ...parts: string[]) => {
  const places = parts.map((one) => text.indexOf(one));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
};

test('packages, files, modules, settings, firewall, and only then K3s', () => {
  order(
    rented,
    'openssl rand -hex 32',
    'apt-get install',
    'sudo cp -r wayleave/etc/. /etc/',
    'sudo chmod 0755 /etc/ufw/before.init',
    'systemctl restart systemd-modules-load',
    'sysctl --system',
    'ufw enable',
    'INSTALL_K3S_VERSION=v1.34.6+k3s1 sh -s - server',
  );
});

test('what K3s applies first goes to the first server, before its first start', () => {
  expect(rented.match(/scp -rp bootstrap/g)).toHaveLength(1);
  expect(rented).toContain('scp -rp bootstrap LOGIN@203.0.113.1:wayleave/');
  order(rented, 'sudo cp wayleave/bootstrap/* /var/lib/rancher/k3s/server/manifests/', 'curl -sfL');
});

test('the token reaches every node, readable by root alone, and is on no command line', () => {
  expect(
    rented.match(/install -D -m 0600 -o root -g root \/dev\/stdin \/etc\/rancher\/k3s\/token' < token/g),
  ).toHaveLength(3);
});

test('the first server, then the others, then agents', () => {
  order(start(smallSpec()), '`a` first', 'until it is Ready, `b`', 'Then the agents, `c`', 'sh -s - agent');
  const second = start(smallSpec({ k3s: { nodeNetwork: 'lan', initServer: 'b' } }));
  order(second, '# b', '# a', '# c');
  expect(second).toContain('`b` first');
});

test('the firewall is that of the spec', () => {
  const nft = start(rentedSpec({ firewall: { kind: 'nftables' } }));
  expect(nft).toContain('systemctl enable --now wayleave-firewall');
  expect(nft).not.toMatch(/ufw/);
  expect(start(rentedSpec({ firewall: { kind: 'none' } }))).not.toContain('host firewall');
});

test('services of the machine that no note starts are started', () => {
  const clamped = start(smallSpec({ mssClamp: { network: 'lan' } }));
  expect(clamped).toContain('systemctl enable --now wayleave-mss-clamp.service');
  expect(clamped.match(/enable --now wayleave-firewall/g)).toHaveLength(1);
});

test('without Argo CD the rest is applied by hand', () => {
  const { gitops: _, ...spec } = rentedSpec();
  expect(start(spec)).toContain('kubectl apply --server-side -f apps/');
  expect(rented).not.toContain('kubectl apply');
});

test('Secrets are made once the first server runs: namespaces first, files in place of values, and the stall by name', () => {
  const text = start(jigga);
  order(
    text,
    '`ichigo` first',
    'sudo k3s kubectl create namespace tailscale',
    'create secret generic operator-oauth --from-file=client_id=FILE --from-file=client_secret=FILE',
    'The other servers',
  );
  expect(text).toContain('create secret generic tunnel-credentials --from-file=credentials.json=FILE');
  expect(text).toMatch(/pods of .*Tailscale \(wave \d\).* do not start/);
  expect(text).not.toContain('create namespace kube-system');
  expect(rented).not.toContain('create secret');
});

test('a Secret that a controller finds by its label gets it', () => {
  const gitops = { kind: 'argocd' as const, repository: 'git@git.example.org:shop/infrastructure.git' };
  expect(start(rentedSpec({ gitops }))).toContain(
    'label secret wayleave-repository argocd.argoproj.io/secret-type=repository',
  );
});

test('an MTU that is not Ethernet’s is looked for on the machine', () => {
  expect(start(jigga)).toContain('ip link show eth1   # must say mtu 1450');
  expect(start(jigga)).not.toContain('ip link show eth0');
  expect(start(smallSpec())).not.toContain('must have MTU');
});

test('replicas that wait for a second node are no fault', () => {
  order(start(homelab), '`node1` first', 'until a second node has joined', '`node2` and `node3`');
  expect(start(jigga)).not.toContain('until a second node has joined');
});
