import { nearest } from './suggest';

test.each<[string, string[], string | undefined]>([
  ['databse', ['cache', 'database'], 'database'],
  ['Server', ['agent', 'server'], 'server'],
  ['wireguard', ['host-gw', 'vxlan', 'wireguard-native'], 'wireguard-native'],
  ['load', ['load-balancer', 'load-shedder'], undefined],
  ['', ['-a'], undefined],
  ['bgp', ['vxlan', 'host-gw'], undefined],
])('%s among %j', (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
  expect(nearest(word, known.values())).toBe(meant);
});
