import { crossroadsSpec } from '../../../test/support/crossroads';
import { findingsOf } from '../../../test/support/plan';
import type { ClusterSpec } from '../../spec/cluster';
import { printPath } from '../../spec/finding';

/** `api.allowFrom[0]: what is wrong`, of each finding. */
const found = (changes: Partial<ClusterSpec>): string[] =>
  findingsOf(crossroadsSpec(changes))
    .filter(({ code }) => code === 'CALLER_LOCKED_OUT')
    .map(({ at: [first = []], message }) => `${printPath(first)}: ${message}`);

type Ssh = NonNullable<NonNullable<ClusterSpec['firewall']>['ssh']>;
const ssh = (...from: NonNullable<Ssh['from']>) => ({ firewall: { kind: 'nftables' as const, ssh: { from } } });
const api = (...allowFrom: NonNullable<NonNullable<ClusterSpec['api']>['allowFrom']>) => ({ api: { allowFrom } });

const ROUTED = { kind: 'lan' as const, interface: 'eth0', prefix: '192.168.50.0/24', gateway: '192.168.50.1' };

describe('callers who can come', () => {
  test.each<[string, Partial<ClusterSpec>]>([
    ['on a network of the nodes', api({ network: 'lan' }, { network: 'sdn' }, { outside: 'nas' })],
    [
      'behind a router of a LAN',
      { ...api({ addresses: '172.30.0.0/16' }), networks: { ...crossroadsSpec().networks, lan: ROUTED } },
    ],
    ['out of an overlay', api({ network: 'mesh' })],
    ['of which a part can', ssh({ addresses: '10.0.0.0/8, 203.0.113.9' }, { addresses: '192.168.0.0/16' })],
    ['from the internet', ssh({ outside: 'office' })],
  ])('%s', (_, changes) => {
    expect(found(changes)).toEqual([]);
  });

  test('from private addresses, by a provider’s network that has such ones itself', () => {
    const networks = { net: { kind: 'public' as const, interface: 'eth0' } };
    const nodes = { a: { role: 'server' as const, addresses: { net: '10.7.0.1' } } };
    const changes = { networks, nodes, outside: {}, k3s: { nodeNetwork: 'net' } };
    expect(found({ ...changes, ...ssh({ addresses: '172.30.0.0/16' }) })).toEqual([]);
  });

  test('wherever nothing guards the nodes', () => {
    expect(found({ ...api({ addresses: 'fd00:50::/64' }), firewall: { kind: 'none' } })).toEqual([]);
  });
});

test('private addresses that would come by the internet, wherever they are let in', () => {
  const front = { kind: 'traefik' as const, mode: 'host-network' as const, network: 'wan' };
  const message = 'and no router of a public network';
  expect(found(ssh({ network: 'lan' }, { addresses: '172.30.0.0/16' }))).toEqual([
    expect.stringMatching(`^firewall\\.ssh\\.from\\[1\\]: .*172\\.30\\.0\\.0/16.* wan, ${message}`),
  ]);
  expect(found({ ingress: [{ ...front, allowFrom: ['cloudflare', { addresses: '172.30.0.0/16' }] }] })).toEqual([
    expect.stringMatching(`^ingress\\[0\\]\\.allowFrom\\[1\\]: .*172\\.30\\.0\\.0/16.* wan, ${message}`),
  ]);
});

test('addresses of another family than the virtual ones that are dialled', () => {
  const apps = (addresses: string): ClusterSpec['apps'] => ({
    mqtt: { namespace: 'home', ports: { mqtt: 1883 }, loadBalancer: { allowFrom: [{ addresses }] } },
  });
  const pools = { global: { addresses: '192.168.50.200/31', network: 'lan' } };
  const loadBalancers: ClusterSpec['loadBalancers'] = [{ kind: 'metallb', pools }];
  expect(found({ loadBalancers, apps: apps('fd00:50::/64') })).toEqual([
    expect.stringContaining('it has IPv6 addresses alone, and what it dials on lan IPv4 ones (192.168.50.200/31)'),
  ]);
  expect(found({ loadBalancers, apps: apps('192.168.50.20') })).toEqual([]);
});

describe('a node that nobody can log in to', () => {
  const onSdn = { network: 'sdn' };

  test('is named', () => {
    expect(found(ssh(onSdn))).toEqual([expect.stringMatching(/^firewall\.ssh\.from: nobody can log in to b by SSH/)]);
  });

  test('is none if another opening of the port lets somebody in', () => {
    const allow = [{ from: [{ addresses: '192.168.50.11' }], port: 22, network: 'lan', reason: 'logins by way of a' }];
    expect(found({ firewall: { kind: 'nftables', ssh: { from: [onSdn] }, allow } })).toEqual([]);
  });
});
