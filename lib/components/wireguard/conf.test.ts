import { documentOf } from '../../../test/support/document';
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
const taken = (spec: ClusterSpec, name: string) => {
  const files = bound(wireguard, spec).host(planOf(spec), name).files ?? [];
  const conf = files.find(({ path }) => path === '/etc/wireguard/wg-mesh.conf')?.content ?? '';
  return [...conf.matchAll(/^AllowedIPs = (.*)$/gm)].map(([, prefixes]) => prefixes);
};

describe('pods that travel without a tunnel of their own', () => {
  test('are taken from the peer whose range theirs is', () => {
    const spec = overlay('host-gw');
    expect(codesOf(spec)).not.toContain('SPEC_INVALID');
    expect(taken(spec, 'a')).toEqual(['10.8.0.2/32, 10.42.2.0/24', '10.8.0.3/32, 10.42.3.0/24']);
    expect(documentOf(spec)).toContain('`AllowedIPs` name the sender');
  });

  test('come by the hub, all but a node’s own', () => {
    const spec = overlay('host-gw', { hub: 'b' });
    expect(taken(spec, 'a')).toEqual(['10.8.0.0/24, 10.42.2.0/24, 10.42.3.0/24']);
    expect(taken(spec, 'b')).toEqual(['10.8.0.1/32, 10.42.1.0/24', '10.8.0.3/32, 10.42.3.0/24']);
    expect(taken(spec, 'c')).toEqual(['10.8.0.0/24, 10.42.1.0/24, 10.42.2.0/24']);
  });

  test('a tunnel between the nodes’ own addresses needs none of it', () => {
    const spec = overlay('vxlan');
    expect(taken(spec, 'a')).toEqual(['10.8.0.2/32', '10.8.0.3/32']);
    expect(documentOf(spec)).not.toContain('`AllowedIPs` name');
  });
});
