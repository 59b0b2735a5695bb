import { PortRange } from '../../net/port';
import { sensitive } from './sensitive';

const listener = (port: number, protocol: 'tcp' | 'udp', purpose = 'x') => ({
  ports: { container: PortRange.of(port), host: PortRange.of(port) },
  protocol,
  purpose,
});

test('what has no credentials is for no stranger; what asks for some draws them', () => {
  expect(sensitive(listener(10250, 'tcp'))).toEqual({ what: 'the kubelet', never: true });
  expect(sensitive(listener(2380, 'tcp'))).toMatchObject({ what: 'etcd', never: true });
  expect(sensitive(listener(8472, 'udp'))).toMatchObject({ never: true });
  expect(sensitive(listener(6443, 'tcp'))).toMatchObject({ never: false });
  expect(sensitive(listener(2222, 'tcp', 'SSH'))).toEqual({ what: 'SSH', never: false });
});

test('metrics are known by what they are for; what nobody knows is nobody’s to judge', () => {
  expect(sensitive(listener(9962, 'tcp', 'metrics of the agent'))).toMatchObject({ never: true });
  expect(sensitive(listener(443, 'tcp', 'entrypoint websecure'))).toBeUndefined();
  expect(sensitive(listener(10250, 'udp'))).toBeUndefined();
});
