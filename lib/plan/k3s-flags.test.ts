import type { K3sFlag } from './host-needs';
import { mergeK3sFlags } from './k3s-flags';

const flag = (owner: string, name: string, value: K3sFlag['value'], reason = `${owner} wants it`): K3sFlag => ({
  owner,
  name,
  value,
  reason,
});

test('lists of several owners are joined, sorted and keep every reason', () => {
  const { flags, findings } = mergeK3sFlags('a', [
    flag('k3s', 'disable', ['traefik', 'servicelb']),
    flag('cni', 'disable', ['servicelb', 'coredns']),
  ]);
  expect(flags).toHaveLength(1);
  expect(flags[0]?.value).toEqual(['coredns', 'servicelb', 'traefik']);
  expect(flags[0]?.reason).toBe('cni wants it; k3s wants it');
  expect(findings).toEqual([]);
});

test('a single text beside a list is one more of its entries, as K3s reads it', () => {
  const wanted = [flag('k3s', 'tls-san', ['192.0.2.1']), flag('spec', 'tls-san', 'k8s.example.com')];
  for (const order of [wanted, [...wanted].reverse()]) {
    const { flags, findings } = mergeK3sFlags('a', order);
    expect(flags.map(({ value }) => value)).toEqual([['192.0.2.1', 'k8s.example.com']]);
    expect(findings).toEqual([]);
  }
});

test('a list and a switch do not agree', () => {
  const { findings } = mergeK3sFlags('a', [flag('x', 'disable', ['traefik']), flag('y', 'disable', true)]);
  expect(findings.map(({ code }) => code)).toEqual(['K3S_FLAG_CONFLICT']);
});

test('single values that agree are one line', () => {
  const { flags, findings } = mergeK3sFlags('a', [
    flag('x', 'node-ip', '192.0.2.1'),
    flag('y', 'node-ip', '192.0.2.1'),
  ]);
  expect(flags).toHaveLength(1);
  expect(findings).toEqual([]);
});

test('single values that differ name both owners, both values and the node', () => {
  const { findings } = mergeK3sFlags('hetzner1', [
    flag('flannel', 'flannel-iface', 'eth0'),
    flag('k3s', 'flannel-iface', 'eth1'),
  ]);
  expect(findings.map(({ code, severity }) => ({ code, severity }))).toEqual([
    { code: 'K3S_FLAG_CONFLICT', severity: 'error' },
  ]);
  for (const part of ['flannel-iface', 'hetzner1', '"eth0"', '"eth1"', 'flannel', 'k3s'])
    expect(findings[0]?.message).toContain(part);
  expect(findings[0]?.fix).toBe('take it out of k3s.extraFlags');
});

test('a conflict that extraFlags has no part in offers no fix it cannot keep', () => {
  const { findings } = mergeK3sFlags('a', [flag('x', 'f', '1'), flag('y', 'f', '2')]);
  expect(findings[0]).not.toHaveProperty('fix');
});
