import { documentOf, part } from '../../../test/support/document';
import { codesOf, planOf } from '../../../test/support/plan';
import { bound } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { wireguard } from './index';

const node = (i: number): ClusterSpec['nodes'][string] => ({
  role: i === 1 ? 'server' : 'agent',
  addresses: { wan: `198.51.100.${i}`, mesh: `10.8.0.${i}` },
  wireguard: { mesh: { publicKey: Buffer.alloc(32, i).toString('base64') } },
  observedPodRange: `10.42.${i}.0/24`,
});

const overlay = (backend: 'host-gw' | 'vxlan', topology: 'mesh' | { hub: string } = 'mesh'): ClusterSpec =>
  smallSpec({
    networks: {
      wan: { kind: 'public', interface: 'eth0' },
      mesh: { kind: 'wireguard', interface: 'wg-mesh', prefix: '10.8.0.0/24', over: 'wan', topology },
    },
    nodes: { a: node(1), b: node(2), c: node(3) },
    k3s: { nodeNetwork: 'mesh', datastore: 'sqlite' },
    cni: { kind: 'flannel', backend },
  });

/** What a node takes from its peers. */
const taken = (spec: ClusterSpec, name: string, device = 'wg-mesh') => {
  const files = bound(wireguard, spec).host(planOf(spec), name).files ?? [];
  const conf = files.find(({ path }) => path === `/etc/wireguard/${device}.conf`)?.content ?? '';
  return [...conf.matchAll(/^AllowedIPs = (.*)$/gm)].map(([, prefixes]) => prefixes);
};

describe('pods that travel without a tunnel of their own', () => {
  test('are taken from the peer whose range theirs is', () => {
    const spec = overlay('host-gw');
    expect(codesOf(spec)).not.toContain('SPEC_INVALID');
    expect(taken(spec, 'a')).toEqual(['10.8.0.2/32, 10.42.2.0/24', '10.8.0.3/32, 10.42.3.0/24']);
    const whole = documentOf(spec);
    expect(whole).toContain('`AllowedIPs` name the sender');
    expect(part(whole, 'Addresses that are told, and not dialled')).toMatch(
      /`AllowedIPs = 10\.42\.1\.0\/24`.* \| POD: /,
    );
    expect(part(whole, 'When a node has another pod range')).toContain('custom-columns=NODE');
    expect(whole).not.toContain('nothing relies on them');
  });

  test('come by the hub, all but a node’s own', () => {
    const spec = overlay('host-gw', { hub: 'b' });
    expect(taken(spec, 'a')).toEqual(['10.8.0.0/24, 10.42.2.0/24, 10.42.3.0/24']);
    expect(taken(spec, 'b')).toEqual(['10.8.0.1/32, 10.42.1.0/24', '10.8.0.3/32, 10.42.3.0/24']);
    expect(taken(spec, 'c')).toEqual(['10.8.0.0/24, 10.42.1.0/24, 10.42.2.0/24']);
  });

  test('are taken on the overlay that carries them, and on no other', () => {
    const spec = overlay('host-gw');
    const side = { kind: 'wireguard' as const, interface: 'wg-side', prefix: '10.9.0.0/24', over: 'wan', port: 51821 };
    const nodes = Object.entries(spec.nodes).map(([name, { addresses, wireguard: keys, ...one }], i) => [
      name,
      {
        ...one,
        addresses: { ...addresses, side: `10.9.0.${i + 1}` },
        wireguard: { ...keys, side: { publicKey: Buffer.alloc(32, i + 11).toString('base64') } },
      },
    ]);
    const both = {
      ...spec,
      networks: { ...spec.networks, side },
      nodes: Object.fromEntries(nodes) as typeof spec.nodes,
    };
    expect(taken(both, 'a')).toEqual(taken(spec, 'a'));
    expect(taken(both, 'a', 'wg-side')).toEqual(['10.9.0.2/32', '10.9.0.3/32']);
  });

  test('a tunnel between the nodes’ own addresses needs none of it', () => {
    const spec = overlay('vxlan');
    expect(taken(spec, 'a')).toEqual(['10.8.0.2/32', '10.8.0.3/32']);
    expect(documentOf(spec)).not.toContain('`AllowedIPs` name');
  });
});
