import { join } from 'node:path';
import { optionsOf } from './component-options';
import { readOptions, type Option } from './options';

const all = readOptions(join(__dirname, '../..'));

function option(path: string, kind?: string): Option | undefined {
  return all.find((one) => one.path === path && one.kind === kind);
}

test('an option has the words of its docstring, its default and whose it is', () => {
  expect(option('k3s.clusterCidrs')).toEqual({
    path: 'k3s.clusterCidrs',
    type: 'list: prefix',
    preset: '10.42.0.0/16 (K3s)',
    meaning: 'Pod ranges, one a family.',
  });
  expect(option('cni.backend', 'flannel')).toMatchObject({
    preset: 'vxlan (K3s)',
    type: '`vxlan`, `wireguard-native`, `host-gw`',
  });
});

test('what JSON Schema cannot tell apart has its word', () => {
  expect(option('k3s.clusterDns')?.type).toBe('address');
  expect(option('k3s.nodePorts')?.type).toBe('ports');
  expect(option('k3s.nodeNetwork')?.type).toBe('network name');
  expect(option('api.allowFrom')?.type).toBe('list: source');
  expect(option('apps.<name>.nodes')?.type).toBe('nodes');
  expect(option('apps.<name>.hosts')?.type).toBe('list: host pattern or mapping');
  expect(option('nodes.<name>.addresses')?.type).toBe('by name: addresses');
});

test('required ones say so, and alternatives with one key tell which is which', () => {
  expect(option('networks')?.preset).toBe('**required**');
  const ports = all.filter(({ path }) => path === 'apps.<name>.needs[].port');
  expect(ports.map(({ when, type }) => [when, type])).toEqual([
    ['With `app`', 'text'],
    ['With `workload`', 'ports'],
    ['With `nodes` or `outside`', 'ports'],
  ]);
  for (const key of ['app', 'kubernetes', 'nodes', 'outside', 'workload'])
    expect(option(`apps.<name>.needs[].${key}`)?.preset).toBe('**one of these**');
  expect(option('apps.<name>.needs[].reason')?.preset).toBe('**required**');
  expect(option('api.endpoint.network')?.preset).toBe('**one of these**, and with `vip`');
  expect(all.filter(({ path }) => path === 'apps.<name>.needs[].reason')).toHaveLength(1);
  const token = option('certificates.issuers.<name>.solvers[].apiToken', 'cert-manager');
  expect(token?.when).toBe('With `kind: dns01-cloudflare`');
});

test('a component has the options of its kind, of its key, and of what is its business', () => {
  const paths = (name: string, others: string[] = []) => optionsOf(name, all, others).map(({ path }) => path);
  expect(paths('flannel').every((path) => path.startsWith('cni.'))).toBe(true);
  expect(paths('mss-clamp')).toEqual(['mssClamp', 'mssClamp.network', 'mssClamp.segmentBytes']);
  expect(paths('kube-proxy')[0]).toBe('k3s.proxy');
  expect(paths('sysctl')).toEqual([]);
  expect(paths('certificates')[0]).toBe('certificates.certificates');
  expect(paths('cilium')).toContain('loadBalancers[].pools');
  expect(paths('cilium', ['cilium-lb'])).not.toContain('loadBalancers[].pools');
  expect(paths('cilium-lb')).toContain('loadBalancers[].pools');
});
