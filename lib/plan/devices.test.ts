import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { addressesBehind, devicesOf } from './devices';

const { spec } = planOf(
  smallSpec({
    networks: {
      lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24' },
      storage: { kind: 'lan', interface: 'eth1', prefix: '192.168.60.0/24' },
      same: { kind: 'lan', interface: 'eth0', prefix: '192.168.70.0/24' },
    },
    nodes: {
      a: { role: 'server', addresses: { lan: '192.168.50.11', storage: '192.168.60.11', same: '192.168.70.11' } },
      b: { role: 'agent', addresses: { lan: '192.168.50.12', storage: '192.168.60.12' }, interfaces: { lan: 'eno1' } },
      c: { role: 'agent', addresses: { lan: '192.168.50.13' } },
    },
  }),
);

test('a node has the interfaces of the networks it is on, by its own names', () => {
  expect(['a', 'b', 'c'].map((node) => devicesOf(spec, node))).toEqual([['eth0', 'eth1'], ['eno1', 'eth1'], ['eth0']]);
});

test('behind one interface may be addresses of several networks', () => {
  const behind = (node: string, device: string) => addressesBehind(spec, node, device).map(String);
  expect(behind('a', 'eth0')).toEqual(['192.168.50.11', '192.168.70.11']);
  expect(behind('b', 'eth1')).toEqual(['192.168.60.12']);
  expect(behind('b', 'eth0')).toEqual([]);
});
