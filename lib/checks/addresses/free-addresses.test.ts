import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const lan = { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24', gateway: '192.168.50.1' } as const;
const suggested = (spec: ClusterSpec) =>
  findingsOf(spec)
    .filter(({ code }) => code === 'ADDRESS_OVERLAP')
    .map(({ suggest }) => suggest?.value);
const pool = (addresses: string, reserved: string): ClusterSpec =>
  smallSpec({
    networks: { lan: { ...lan, reserved: [{ owner: 'hosts', addresses: reserved }] } },
    loadBalancers: [{ kind: 'metallb', pools: { main: { addresses, network: 'lan' } } }],
  });

describe('a pool', () => {
  test('keeps what of it is free, with what is free beside it', () => {
    const spec = pool('192.168.50.230-192.168.50.235', '192.168.50.225, 192.168.50.233-192.168.50.235');
    expect(suggested(spec)).toEqual(['192.168.50.226-192.168.50.232']);
  });

  test('gets as much as it had, where much is free', () => {
    expect(suggested(pool('192.168.50.100-192.168.50.109', '192.168.50.104'))).toEqual([
      '192.168.50.105-192.168.50.114',
    ]);
  });

  test('goes elsewhere where nothing of it is free', () => {
    expect(suggested(pool('192.168.50.2-192.168.50.5', '192.168.50.2-192.168.50.10'))).toEqual([
      '192.168.50.14-192.168.50.17',
    ]);
  });
});

test('what DHCP hands out gets holes', () => {
  const spec = smallSpec({ networks: { lan: { ...lan, dhcp: '192.168.50.10-192.168.50.99' } } });
  expect(suggested(spec)).toEqual(['192.168.50.10, 192.168.50.14-192.168.50.99']);
});

test('ranges of pods and Services leave what others take first to others', () => {
  const k3s = (clusterCidr: string) => smallSpec({ k3s: { nodeNetwork: 'lan', clusterCidrs: [clusterCidr] } });
  expect(suggested(k3s('192.168.0.0/16'))).toEqual(['10.44.0.0/16']);
  expect(suggested(k3s('10.43.0.0/16'))).toEqual(['10.44.0.0/16']);
});

test('one finding accepted of several in one range leaves the others', () => {
  const accept = [{ code: 'ADDRESS_OVERLAP' as const, at: 'nodes.b.addresses.lan', reason: 'a fixed lease' }];
  const spec = smallSpec({ networks: { lan: { ...lan, dhcp: '192.168.50.12-192.168.50.99' } }, accept });
  const [finding, ...more] = findingsOf(spec);
  expect(more).toEqual([]);
  expect(finding?.message).toContain('192.168.50.13 of c');
  expect(finding?.message).not.toContain('of b');
});

describe('a network may be called as a part of a spec is', () => {
  const called = (name: string, spec: ClusterSpec) =>
    JSON.parse(
      JSON.stringify(spec).replace(/"lan":|(?<="(?:nodeN|n)etwork":)"lan"/g, (word) => word.replace('lan', name)),
    ) as ClusterSpec;

  test('a machine’s address on it is no lease', () => {
    const twice = {
      a: { role: 'server', addresses: { lan: '192.168.50.11' } },
      b: { role: 'agent', addresses: { lan: '192.168.50.11' } },
    } as const;
    const messages = findingsOf(called('dhcp', smallSpec({ nodes: twice }))).map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringContaining('both claim 192.168.50.11'));
  });

  test('nor free for a pool', () => {
    const spec = pool('192.168.50.10-192.168.50.20', '192.168.50.15');
    expect(suggested(called('prefix', spec))).toEqual(suggested(spec));
  });
});
