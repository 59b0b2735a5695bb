import { planOf } from '../../test/support/plan';
import { onOverlay } from '../../test/host/setup-specs';
import jigga from '../../clusters/jigga';
import { nodeFacts } from './node-facts';

const KEYS = { a: `${'A'.repeat(42)}A=`, b: `${'B'.repeat(42)}A=` };
const spec = onOverlay(KEYS, 'nftables');
const facts = (node: string, of = spec) => nodeFacts(planOf(of), node);
const kind = (word: string, node: string, of = spec) => facts(node, of).filter((line) => line.startsWith(`${word} `));

test('a machine is told by its name and by addresses that are there before any tunnel', () => {
  expect(facts('b').slice(0, 5)).toEqual(['cluster setup-test', 'node b', 'hostname b', 'k3s agent', 'ssh 22']);
  expect(kind('address', 'b')).toEqual(['address eth0 192.0.2.2']);
});

test('an overlay is told with the node’s own public key', () => {
  expect(kind('overlay', 'a')).toEqual([`overlay wg-test overlay ${KEYS.a}`]);
});

test('MTU is told of the networks’ interfaces and of what the pod network makes', () => {
  expect(kind('mtu', 'a')).toEqual(['mtu cni0 1370', 'mtu eth0 1500', 'mtu flannel.1 1370', 'mtu wg-test 1420']);
  expect(kind('mtu', 'ichigo', jigga)).toContain('mtu eth1 1450');
});

test('listeners are those of the node itself, of its own role', () => {
  expect(kind('listener', 'a')).toEqual(
    expect.arrayContaining([
      'listener tcp 22 22 firewall',
      'listener tcp 6443 6443 k3s',
      'listener udp 51999 51999 wireguard',
    ]),
  );
  expect(kind('listener', 'b')).not.toContain('listener tcp 6443 6443 k3s');
});

test('no value holds white space, so that a shell reads a line as words', () => {
  for (const line of facts('a')) expect(line).toMatch(/^[a-z0-9]+( [!-~]+){1,4}$/);
});
