import { broken } from '../../test/specs/small';
import { parseCluster } from './parse';

const said = (api: unknown) => parseCluster(broken([['api'], api])).findings.map(({ message, fix }) => [message, fix]);

test('a port that nothing maps to K3s', () => {
  expect(said({ port: 8443 })).toEqual([
    ['K3s answers on 6443, and nothing before it maps 8443: api.endpoint names no host', '6443'],
  ]);
  expect(said({ port: 8443, endpoint: { network: 'lan' } })).toHaveLength(1);
});

test('a port of whatever stands before K3s', () => {
  expect(said({ port: 8443, endpoint: { host: 'k8s.example.com' } })).toEqual([]);
  expect(said({ port: 6443 })).toEqual([]);
});
