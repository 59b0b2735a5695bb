import { codesOf, findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const KEYS = ['HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=', 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg='] as const;

const overlay = (mtuBytes: number, outer: readonly [string, string]): ClusterSpec =>
  smallSpec({
    networks: {
      lan: { kind: 'lan', interface: 'eth0', prefix: outer[0].includes(':') ? 'fd00:50::/64' : '192.168.50.0/24' },
      tunnels: { kind: 'wireguard', interface: 'wg0', prefix: '10.9.0.0/24', over: 'lan', mtuBytes },
    },
    nodes: {
      a: {
        role: 'server',
        addresses: { lan: outer[0], tunnels: '10.9.0.1' },
        wireguard: { tunnels: { publicKey: KEYS[0] } },
      },
      b: {
        role: 'agent',
        addresses: { lan: outer[1], tunnels: '10.9.0.2' },
        wireguard: { tunnels: { publicKey: KEYS[1] } },
      },
    },
    k3s: { nodeNetwork: 'tunnels' },
  });

test('what a tunnel takes depends on the addresses outside it: 60 bytes over IPv4, 80 over IPv6', () => {
  const four = ['192.168.50.11', '192.168.50.12'] as const;
  const six = ['fd00:50::11', 'fd00:50::12'] as const;
  expect(codesOf(overlay(1440, four))).toEqual([]);
  expect(codesOf(overlay(1441, four))).toEqual(['MTU_TOO_LARGE']);
  expect(codesOf(overlay(1420, six))).toEqual([]);
  const [finding] = findingsOf(overlay(1440, six));
  expect(finding).toMatchObject({ code: 'MTU_TOO_LARGE', fix: '1420' });
  expect(finding?.message).toContain('20 too large');
});

test('the smallest link counts, and its place is named', () => {
  const spec = overlay(1440, ['192.168.50.11', '192.168.50.12']);
  const { b } = spec.nodes;
  const nodes = { ...spec.nodes, ...(b ? { b: { ...b, mtuBytes: { lan: 1400 } } } : {}) };
  const findings = findingsOf({ ...spec, nodes });
  expect(findings.map(({ code }) => code).sort()).toEqual(['MTU_DIFFERS', 'MTU_TOO_LARGE']);
  expect(findings.find(({ code }) => code === 'MTU_TOO_LARGE')).toMatchObject({
    fix: '1340',
    at: expect.arrayContaining([['nodes', 'b', 'mtuBytes', 'lan']]) as unknown,
  });
});
