import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import type { FlannelOptions } from '../components/flannel/options';
import { podEntrances } from './pod-entrance';

const entrances = (backend: FlannelOptions['backend'], migrating: FlannelOptions['migrating'] = false) =>
  podEntrances(planOf(smallSpec({ cni: { kind: 'flannel', backend, migrating } })), 'a').map(
    ({ device, sources }) => `${device} ${sources ?? 'any'}`,
  );

test('a tunnel’s pods come by its device, and by no other', () => {
  expect(entrances('vxlan')).toEqual(['cni0 any', 'flannel.1 any']);
  expect(entrances('wireguard-native')).toEqual(['cni0 any', 'flannel-wg any']);
});

test('while nodes roll, by the devices of both backends', () => {
  expect(entrances('wireguard-native', true)).toEqual(['cni0 any', 'flannel-wg any', 'flannel.1 any']);
});

test('without a tunnel, by the node network from pods and nodes alone', () => {
  expect(entrances('host-gw')).toEqual(['cni0 any', 'eth0 10.42.0.0/16, 192.168.50.11-192.168.50.13']);
});
