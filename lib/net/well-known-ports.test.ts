import { K3S } from './well-known';
import { PORTS, type WellKnownPort } from './well-known-ports';

const rows: readonly (readonly [string, WellKnownPort])[] = Object.entries(PORTS);

describe('well-known ports', () => {
  test('agree with the defaults of K3s', () => {
    expect(PORTS.k3sApi.port).toBe(K3S.httpsListenPort);
    expect(PORTS.k3sLoadBalancer.port).toBe(K3S.lbServerPort);
    expect(PORTS.nodePortTcp.range).toEqual(K3S.nodePortRange);
    expect(PORTS.nodePortUdp.range).toEqual(K3S.nodePortRange);
  });

  test('a row with two protocols is two rows of the same ports', () => {
    const byName = new Map(rows);
    // NFS's lock manager has two numbers, and each name says which.
    for (const [name, row] of rows.filter(([each]) => each.endsWith('Tcp') && each !== 'lockdTcp')) {
      const twin = byName.get(name.replace(/Tcp$/, 'Udp'));
      expect([name, twin?.protocol, twin?.range]).toEqual([name, 'udp', row.range]);
      expect(row.protocol).toBe('tcp');
    }
  });

  test('the numbers that people confuse are the ones they confuse', () => {
    expect(PORTS.flannelWireguard4.range).toEqual(PORTS.calicoWireguard4.range);
    expect(PORTS.flannelWireguard4.range).toEqual(PORTS.wireguard.range);
    expect(PORTS.ciliumWireguard.range.overlaps(PORTS.wireguard.range)).toBe(false);
    expect(PORTS.flannelVxlan.range).toEqual(PORTS.ciliumVxlan.range);
    expect(PORTS.calicoVxlan.range).toEqual(PORTS.swarmOverlay.range);
    expect(PORTS.metallbMemberlistUdp.range).toEqual(PORTS.swarmGossipUdp.range);
  });

  test('tunnels are UDP', () => {
    const tunnels = rows.filter(([name]) => /vxlan|wireguard|geneve|overlay|tailscale/i.test(name));
    expect(tunnels.filter(([, { protocol }]) => protocol !== 'udp')).toEqual([]);
    expect(tunnels).not.toEqual([]);
  });

  test('every row names its source', () => {
    expect(rows.filter(([, { source }]) => source === '')).toEqual([]);
  });
});
