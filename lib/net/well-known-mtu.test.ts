import { MtuSum } from './mtu';
import { MTU_BYTES, OVERHEAD, type Overhead } from './well-known-mtu';

/** The sums that were worked out, and measured on real links, before this code existed. */
test.each<[string, number, Overhead[], number]>([
  ['Flannel VXLAN on Ethernet', MTU_BYTES.ethernet, [OVERHEAD.flannelVxlan], 1450],
  ['Flannel WireGuard on Ethernet', MTU_BYTES.ethernet, [OVERHEAD.flannelWireguard], 1420],
  ['Flannel VXLAN in host WireGuard', MTU_BYTES.ethernet, [OVERHEAD.wgQuick, OVERHEAD.flannelVxlan], 1370],
  ['Flannel VXLAN in a VXLAN SDN', 1450, [OVERHEAD.flannelVxlan], 1400],
  ['Cilium Geneve and WireGuard', MTU_BYTES.ethernet, [OVERHEAD.geneve4, OVERHEAD.ciliumWireguardBefore1195], 1370],
  ['the same since 1.19.5', MTU_BYTES.ethernet, [OVERHEAD.geneve4, OVERHEAD.ciliumWireguard], 1355],
])('%s', (_, base, overheads, expected) => {
  const sum = overheads.reduce((rest, { label, bytes }) => rest.minus(label, bytes), MtuSum.of(base));
  expect(sum.bytes).toBe(expected);
});

test('an outer IPv6 header is 20 bytes longer than an IPv4 one', () => {
  expect(OVERHEAD.vxlan6.bytes - OVERHEAD.vxlan4.bytes).toBe(20);
  expect(OVERHEAD.geneve6.bytes - OVERHEAD.geneve4.bytes).toBe(20);
  expect(OVERHEAD.wireguard6.bytes - OVERHEAD.wireguard4.bytes).toBe(20);
});

test('every overhead names its source', () => {
  const rows: readonly Overhead[] = Object.values(OVERHEAD);
  expect(rows.filter(({ source, label }) => source === '' || label === '')).toEqual([]);
});
