import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

const said = (cni: object) =>
  parseCluster(broken([['cni'], cni])).findings.map(({ code, at }) => `${code} ${at.map(printPath).join(' + ')}`);

test('Cilium’s IPsec beside its host firewall, stated or not', () => {
  const both = ['SPEC_INVALID cni.encryption + cni.hostFirewall'];
  expect(said({ kind: 'cilium', encryption: 'ipsec' })).toEqual(both);
  expect(said({ kind: 'cilium', encryption: 'ipsec', hostFirewall: true })).toEqual(both);
});

test('either of them alone', () => {
  expect(said({ kind: 'cilium', encryption: 'ipsec', hostFirewall: false })).toEqual([]);
  expect(said({ kind: 'cilium', encryption: 'wireguard' })).toEqual([]);
  expect(said({ kind: 'flannel' })).toEqual([]);
});
