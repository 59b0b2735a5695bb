import { crossroadsSpec } from '../../../test/support/crossroads';
import { planOf } from '../../../test/support/plan';
import type { ClusterSpec } from '../../spec/cluster';
import { ports } from './ports';

test('who calls a port that is bound on one network is who comes by it', () => {
  const allow: NonNullable<ClusterSpec['firewall']>['allow'] = [
    { from: [{ network: 'sdn' }, 'anywhere'], port: 9100, encryptedBy: 'TLS', reason: 'metrics' },
  ];
  const plan = planOf(crossroadsSpec({ firewall: { kind: 'nftables', ssh: { from: [{ network: 'lan' }] }, allow } }));
  const rows = ports(plan)
    .blocks.join('\n')
    .split('\n')
    .filter((line) => line.includes('| metrics |'))
    .map((line) => line.split(' | ').slice(-2).join(': '));
  expect(rows.sort()).toEqual([
    'addresses on `lan`: anywhere; sdn (`10.1.0.0/24`) |',
    'addresses on `sdn`: sdn (`10.1.0.0/24`) |',
  ]);
});
