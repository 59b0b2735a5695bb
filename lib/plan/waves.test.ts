import type { CapabilityName, Provided, Required } from './capability';
import { waves } from './waves';

const provides = (owner: string, name: CapabilityName): Provided => ({ owner, name, failure: '', source: [owner] });
const requires = (owner: string, name: CapabilityName): Required => ({ owner, name, source: [owner] });

test('a component comes one wave after the latest of those it needs', () => {
  const { waves: order, findings } = waves(
    ['apps', 'cni', 'dns', 'k3s'],
    [provides('k3s', 'control-plane'), provides('cni', 'pod-network'), provides('dns', 'cluster-dns')],
    [
      requires('cni', 'control-plane'),
      requires('dns', 'pod-network'),
      requires('apps', 'cluster-dns'),
      requires('apps', 'control-plane'),
    ],
  );
  expect(Object.fromEntries(order)).toEqual({ k3s: 0, cni: 1, dns: 2, apps: 3 });
  expect(findings).toEqual([]);
});

test('a cycle is named step by step, once', () => {
  const { findings } = waves(
    ['cni', 'vip'],
    [provides('vip', 'api-address'), provides('cni', 'service-routing')],
    [requires('cni', 'api-address'), requires('vip', 'service-routing')],
  );
  expect(findings.map((finding) => finding.code)).toEqual(['CAPABILITY_CYCLE']);
  expect(findings[0]?.message).toContain('cni needs api-address');
  expect(findings[0]?.message).toContain('vip needs service-routing');
  expect(findings[0]?.at).toEqual([['cni'], ['vip']]);
});

test('what nobody provides delays nobody: another check says that it is missing', () => {
  const { waves: order } = waves(['apps'], [], [requires('apps', 'cluster-dns')]);
  expect(order.get('apps')).toBe(0);
});

test('the order of the lists decides nothing', () => {
  const provided = [provides('k3s', 'control-plane'), provides('cni', 'pod-network')];
  const required = [requires('cni', 'control-plane'), requires('apps', 'pod-network')];
  const forth = waves(['apps', 'cni', 'k3s'], provided, required).waves;
  const back = waves(['k3s', 'cni', 'apps'], [...provided].reverse(), [...required].reverse()).waves;
  expect(Object.fromEntries(back)).toEqual(Object.fromEntries(forth));
});

test('what others than its own process use delays nobody', () => {
  const need: Required = { ...requires('k3s', 'api-address'), usedBy: 'operators' };
  const { waves: order, findings } = waves(
    ['k3s', 'vip'],
    [provides('vip', 'api-address'), provides('k3s', 'control-plane')],
    [need, requires('vip', 'control-plane')],
  );
  expect(Object.fromEntries(order)).toEqual({ k3s: 0, vip: 1 });
  expect(findings).toEqual([]);
});
