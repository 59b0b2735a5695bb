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

const SCRIPT = 'sudo host-setup/host-setup.sh';

test('what the machine needs is planned, applied, confirmed and verified, and only then comes K3s', () => {
  order(
    rented,
    'openssl rand -hex 32',
    `${SCRIPT} plan wayleave`,
    `${SCRIPT} apply wayleave --install`,
    `${SCRIPT} confirm`,
    `${SCRIPT} verify wayleave`,
    'INSTALL_K3S_VERSION=v1.34.6+k3s1 sh -s - server',
  );
});

test('every node gets its folder and the script, in place of those of last time', () => {
  for (const i of [1, 2, 3])
    order(
      rented,
      `ssh LOGIN@203.0.113.${i} rm -rf wayleave host-setup`,
      `LOGIN@203.0.113.${i}:wayleave`,
      `scp -rp ../../host-setup LOGIN@203.0.113.${i}:`,
    );
});

test('that the first server brings along what K3s applies first is said', () => {
  expect(rented).toContain('first: it starts the cluster, and applies what its folder brought along for that');
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

test('rules are confirmed where there are any', () => {
  expect(start(rentedSpec({ firewall: { kind: 'nftables' } }))).toContain('`host-setup.sh open-ssh`');
  const without = start(rentedSpec({ firewall: { kind: 'none' } }));
  expect(without).not.toContain('host firewall');
  expect(without).not.toContain('confirm');
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
