import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { guardedAddresses } from './guarded-addresses';

const loadBalancers = [
  { kind: 'metallb' as const, pools: { main: { addresses: '192.168.50.200-192.168.50.203', network: 'lan' } } },
];
const mqtt = { namespace: 'home', ports: { mqtt: 1883 } };

test('nobody’s addresses, where nothing is balanced', () => {
  expect(guardedAddresses(planOf(smallSpec({ loadBalancers }))).isEmpty).toBe(true);
});

test('nobody’s, where nodes answer by their own', () => {
  const apps = { mqtt: { ...mqtt, loadBalancer: {} } };
  expect(guardedAddresses(planOf(smallSpec({ apps, loadBalancers: [{ kind: 'servicelb' }] }))).isEmpty).toBe(true);
});

test('those of a pool that callers dial, and the API’s', () => {
  const balanced = { loadBalancers, apps: { mqtt: { ...mqtt, loadBalancer: {} } } };
  expect(String(guardedAddresses(planOf(smallSpec(balanced))))).toBe('192.168.50.200/30');
  const pinned = { loadBalancers, apps: { mqtt: { ...mqtt, loadBalancer: { addresses: '192.168.50.201' } } } };
  const endpoint = { vip: '192.168.50.210', network: 'lan' };
  expect(String(guardedAddresses(planOf(smallSpec({ ...pinned, api: { endpoint } }))))).toBe(
    '192.168.50.201, 192.168.50.210',
  );
});
