import { crossroadsSpec } from '../../../test/support/crossroads';
import { codesOf, planOf, walkTo } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { k3sConfig } from './config';

const flags = (spec: ClusterSpec, node: string) =>
  Object.fromEntries((planOf(spec).k3sFlags.get(node) ?? []).map((flag) => [flag.name, flag.value]));
const CRITICAL = ['cluster-cidr', 'cluster-dns', 'cluster-domain', 'disable', 'flannel-backend', 'service-cidr'];

test('one server starts the cluster, everyone else joins it by its node address', () => {
  const spec = smallSpec();
  expect(flags(spec, 'a')).toMatchObject({ 'cluster-init': true, 'token-file': '/etc/rancher/k3s/token' });
  for (const node of ['b', 'c']) {
    expect(flags(spec, node)).toMatchObject({
      server: 'https://192.168.50.11:6443',
      'token-file': '/etc/rancher/k3s/token',
    });
    expect(flags(spec, node)).not.toHaveProperty('cluster-init');
  }
  expect(flags(spec, 'a')).not.toHaveProperty('server');
});

test('the server that starts can be named', () => {
  const spec = smallSpec({ k3s: { nodeNetwork: 'lan', initServer: 'b' } });
  expect(flags(spec, 'b')).toHaveProperty('cluster-init');
  expect(flags(spec, 'a')).toMatchObject({ server: 'https://192.168.50.12:6443' });
});

test('flags that K3s wants equal on every server are equal', () => {
  const spec = smallSpec();
  const pick = (node: string) => CRITICAL.map((name) => [name, flags(spec, node)[name]]);
  expect(pick('b')).toEqual(pick('a'));
  expect(pick('a').every(([, value]) => value !== undefined)).toBe(true);
});

test('agents get no server flag', () => {
  const agent = flags(smallSpec(), 'c');
  for (const name of [...CRITICAL, 'tls-san', 'advertise-address', 'service-node-port-range'])
    expect(agent).not.toHaveProperty(name);
});

test('packaged components that nothing uses are left out', () => {
  expect(flags(smallSpec(), 'a').disable).toEqual(['servicelb', 'traefik']);
  const withTraefik = smallSpec({ ingress: [{ kind: 'traefik', mode: 'host-network' }] });
  expect(flags(withTraefik, 'a').disable).toEqual(['servicelb']);
});

test('etcd needs a second server, the API and the kubelet none', () => {
  const ports = (spec: ClusterSpec) =>
    planOf(spec)
      .flows.filter((flow) => flow.declaredBy === 'k3s')
      .map((flow) => String(flow.port?.host));
  expect(ports(smallSpec())).toContain('2379-2380');
  const single = smallSpec({ nodes: { a: { role: 'server', addresses: { lan: '192.168.50.11' } } } });
  expect(ports(single)).not.toContain('2379-2380');
  expect(ports(single)).toEqual(expect.arrayContaining(['6443', '10250']));
});

test('operators reach the API only from where the spec says', () => {
  const operators = (spec: ClusterSpec) =>
    planOf(spec).flows.filter((flow) => flow.reason.startsWith('operators call'));
  expect(operators(smallSpec())).toEqual([]);
  const [flow] = operators(smallSpec({ api: { allowFrom: [{ network: 'lan' }] } }));
  expect(flow).toMatchObject({
    from: { kind: 'range', name: 'lan' },
    to: { kind: 'nodes', select: 'servers' },
    over: 'lan',
  });
});

test("the API's certificate covers what a kubeconfig holds, and every server's own address", () => {
  const own = ['192.168.50.11', '192.168.50.12'];
  expect(flags(smallSpec(), 'b')['tls-san']).toEqual(own);
  const vip = smallSpec({
    api: { endpoint: { vip: '192.168.50.10', network: 'lan' } },
    k3s: { nodeNetwork: 'lan', tlsNames: ['api.example.com'] },
  });
  expect(flags(vip, 'b')['tls-san']).toEqual(['192.168.50.10', ...own, 'api.example.com']);
});

test('it covers the addresses within and without, whichever of them a kubeconfig names', () => {
  const spec = (endpoint: string) =>
    smallSpec({
      networks: {
        lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24' },
        wan: { kind: 'public', interface: 'eth1' },
      },
      nodes: {
        a: { role: 'server', addresses: { lan: '192.168.50.11', wan: '198.51.100.11' } },
        b: { role: 'server', addresses: { lan: '192.168.50.12', wan: '198.51.100.12' } },
      },
      api: { endpoint: { network: endpoint } },
    });
  const inner = ['192.168.50.11', '192.168.50.12'];
  expect(flags(spec('lan'), 'a')['tls-san']).toEqual(inner);
  expect(flags(spec('wan'), 'a')['tls-san']).toEqual([...inner, '198.51.100.11', '198.51.100.12']);
  const external = { ...spec('lan'), k3s: { nodeNetwork: 'lan', externalNetwork: 'wan' } };
  expect(flags(external, 'a')['tls-san']).toEqual([...inner, '198.51.100.11', '198.51.100.12']);
});

test('nodes join by the virtual address where kube-vip announces it to all of them, else by the first server', () => {
  const endpoint = { vip: '192.168.50.10', network: 'lan' };
  const announced = smallSpec({ api: { endpoint }, loadBalancers: [{ kind: 'kube-vip', controlPlane: {} }] });
  expect(flags(announced, 'a')).not.toHaveProperty('server');
  expect(['b', 'c'].map((node) => flags(announced, node)['server'])).toEqual([
    'https://192.168.50.10:6443',
    'https://192.168.50.10:6443',
  ]);
  expect(flags(smallSpec({ api: { endpoint } }), 'c')['server']).toBe('https://192.168.50.11:6443');
  const elsewhere = {
    ...announced,
    networks: { ...announced.networks, desk: { kind: 'lan' as const, interface: 'eth1', prefix: '192.168.60.0/24' } },
    api: { endpoint: { vip: '192.168.60.10', network: 'desk' } },
  };
  expect(flags(elsewhere, 'c')['server']).toBe('https://192.168.50.11:6443');
});

test('and every other server’s on that network, for when the one in the kubeconfig is away', () => {
  const named = smallSpec({ api: { endpoint: { network: 'lan' } } });
  expect(flags(named, 'b')['tls-san']).toEqual(['192.168.50.11', '192.168.50.12']);
});

test('an extra flag that overrules a derived one is a conflict, not a silent winner', () => {
  const spec = smallSpec({ k3s: { nodeNetwork: 'lan', extraFlags: { server: { 'cluster-cidr': '10.50.0.0/16' } } } });
  const conflicts = walkTo(spec).findings.filter((finding) => finding.code === 'K3S_FLAG_CONFLICT');
  expect(conflicts).toHaveLength(2);
  expect(conflicts[0]?.message).toContain('cluster-cidr');
});

test('labels and taints of a node become its flags', () => {
  const nodes = {
    a: {
      role: 'server' as const,
      addresses: { lan: '192.168.50.11' },
      labels: { zone: 'x' },
      taints: ['dedicated=db:NoSchedule'],
    },
  };
  expect(flags(smallSpec({ nodes }), 'a')).toMatchObject({
    'node-label': ['zone=x'],
    'node-taint': ['dedicated=db:NoSchedule'],
  });
});

test('the config file says why each line is there, and holds no token', () => {
  const { path, content } = k3sConfig(planOf(smallSpec()), 'a');
  expect(path).toBe('/etc/rancher/k3s/config.yaml');
  const lines = content.split('\n');
  for (const [i, line] of lines.entries()) if (/^[a-z]/.test(line)) expect(lines[i - 1]).toMatch(/^#/);
  expect(content).not.toMatch(/^token:/m);
});

describe('where the node network is an overlay', () => {
  const spec = smallSpec({
    networks: {
      wan: { kind: 'public', interface: 'eth0' },
      mesh: { kind: 'wireguard', interface: 'wg0', prefix: '10.90.0.0/24', over: 'wan' },
    },
    nodes: {
      a: {
        role: 'server',
        addresses: { wan: '198.51.100.1', mesh: '10.90.0.1' },
        wireguard: { mesh: { publicKey: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' } },
      },
    },
    k3s: { nodeNetwork: 'mesh' },
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
  });
  const over = (input: ClusterSpec, reason: RegExp) => [
    ...new Set(
      planOf(input)
        .flows.filter((flow) => reason.test(flow.reason))
        .map((flow) => flow.over),
    ),
  ];

  test('operators are let in on the network they are on, and on no other', () => {
    expect(over({ ...spec, api: { allowFrom: [{ network: 'mesh' }] } }, /^operators call/)).toEqual(['mesh']);
    const far = { ...spec, api: { allowFrom: [{ addresses: '203.0.113.7' }] } };
    expect(over(far, /^operators call/)).toEqual(['wan']);
  });

  test('requests from outside come by the way out', () => {
    expect(over(spec, /^requests from outside/)).toEqual(['wan']);
  });
});

test('each operator’s kubeconfig names a server where that operator meets it, and a virtual address or name where there is one', () => {
  const urls = (endpoint?: NonNullable<ClusterSpec['api']>['endpoint']) =>
    planOf(
      crossroadsSpec({
        api: {
          allowFrom: [{ network: 'sdn' }, { outside: 'office' }],
          ...(endpoint === undefined ? {} : { endpoint }),
        },
      }),
    )
      .flows.filter(({ source }) => source[0] === 'api')
      .map(({ over, setBy }) => [over, ...(setBy ?? [])].join(' '))
      .sort();
  expect(urls()).toEqual(['sdn kubeconfig: https://10.1.0.11:6443', 'wan kubeconfig: https://198.51.100.1:6443']);
  expect(urls({ host: 'api.shop.test' })).toEqual([
    'sdn kubeconfig: https://api.shop.test:6443',
    'wan kubeconfig: https://api.shop.test:6443',
  ]);
});

describe('a virtual address of the API is dialled on its own network, whoever calls', () => {
  const endpoint = { vip: '192.168.50.10', network: 'lan' };
  const api = { endpoint, allowFrom: [{ network: 'sdn' }, { network: 'mesh' }, { outside: 'office' }] };
  const arriving = (loadBalancers: NonNullable<ClusterSpec['loadBalancers']>) =>
    planOf(crossroadsSpec({ api, loadBalancers }))
      .flows.filter(({ source }) => source[0] === 'api')
      .map(({ over, source }) => `${String(source.at(-1))} by ${over}`)
      .sort();

  test('by ARP', () => {
    const kubeVip = [{ kind: 'kube-vip' as const, controlPlane: {} }];
    expect(arriving(kubeVip)).toEqual(['0 by lan', '1 by mesh', '2 by lan']);
    // Nobody dials a server's own address, which the certificate does not name.
    expect(codesOf(crossroadsSpec({ api, loadBalancers: kubeVip }))).not.toContain('API_NAME_MISSING');
  });

  test('by BGP over the network on which the router meets the node', () => {
    const peers = { router: { address: '10.1.0.1', asn: 64512 } };
    expect(arriving([{ kind: 'kube-vip', mode: 'bgp', controlPlane: {}, bgp: { asn: 64513, peers } }])).toEqual([
      '0 by sdn',
      '1 by mesh',
      '2 by sdn',
    ]);
  });
});
