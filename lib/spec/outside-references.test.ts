import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

const said = (addresses: unknown, k3s?: unknown) =>
  parseCluster(
    broken([['outside', 'mail', 'addresses'], addresses], ...(k3s === undefined ? [] : [[['k3s'], k3s] as const])),
  ).findings.map(({ at, message }) => `${at.map(printPath).join()}: ${message}`);

test('nobody outside has an address of a pod or a Service', () => {
  expect(said('10.43.0.10')).toEqual([
    'outside.mail.addresses: 10.43.0.10 lies in 10.43.0.0/16, which this cluster gives to its own Services',
  ]);
  expect(said(['10.42.1.0/24', '10.42.7.1-10.42.7.9'])).toEqual([
    'outside.mail.addresses: 10.42.1.0/24, 10.42.7.1-10.42.7.9 lies in 10.42.0.0/16, which this cluster gives to its own pods',
  ]);
});

test('the ranges are those of the spec', () => {
  const k3s = { nodeNetwork: 'lan', clusterCidrs: ['10.50.0.0/16'] };
  expect(said('10.42.1.0/24', k3s)).toEqual([]);
  expect(said('10.50.1.0/24', k3s)).toHaveLength(1);
});

test('a party so wide that pods are in it is somebody else, too', () => {
  expect(said('0.0.0.0/0')).toEqual([]);
  expect(said('10.0.0.0/8')).toEqual([]);
});

test('what cannot be read is reported by itself', () => {
  expect(said('10.43.0.300')).toHaveLength(1);
  expect(said(['10.43.0.1, 10.43.0.2'])).toHaveLength(1);
});
