import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { overlapAtSite } from './overlap-at-site';

const lan = (more: object = {}) => ({
  kind: 'lan' as const,
  interface: 'eth0',
  prefix: '192.168.50.0/24',
  gateway: '192.168.50.1',
  site: 'attic',
  ...more,
});
const found = (...specs: ClusterSpec[]) => {
  const rule = overlapAtSite();
  for (const spec of specs) rule.add(planOf(spec));
  return rule.findings();
};
const home = smallSpec({ name: 'home', networks: { lan: lan() } });
const shed = (last: number, more: object = {}): ClusterSpec =>
  smallSpec({
    name: 'shed',
    networks: { lan: lan(more) },
    nodes: { x: { role: 'server', addresses: { lan: `192.168.50.${last}` } } },
  });

test('two machines with one address, in two clusters', () => {
  expect(found(home, shed(13))).toMatchObject([
    {
      code: 'ADDRESS_OVERLAP',
      cluster: 'shed',
      at: [['nodes', 'x', 'addresses', 'lan']],
      others: [{ cluster: 'home', at: ['nodes', 'c', 'addresses', 'lan'] }],
    },
  ]);
  expect(found(home, shed(14))).toEqual([]);
});

test('without a site networks are each cluster’s own, and so they are at two sites', () => {
  expect(found(home, shed(13, { site: 'garden' }))).toEqual([]);
  expect(found(smallSpec({ name: 'a' }), smallSpec({ name: 'b' }))).toEqual([]);
});

test('what is the network’s, and what one keeps for the other, may be in both', () => {
  const dhcp = '192.168.50.100-192.168.50.199';
  const reserved = [{ owner: 'home', addresses: '192.168.50.11-192.168.50.13' }];
  const both = smallSpec({ name: 'home', networks: { lan: lan({ dhcp }) } });
  expect(found(both, shed(14, { dhcp, reserved }))).toEqual([]);
  expect(found(both, shed(120))).toMatchObject([{ code: 'ADDRESS_OVERLAP' }]);
});

test('one machine of two clusters has its address in both', () => {
  const twin = smallSpec({
    name: 'twin',
    networks: { lan: lan() },
    nodes: { a: { role: 'server', addresses: { lan: '192.168.50.11' } } },
  });
  expect(found(home, twin)).toEqual([]);
});
