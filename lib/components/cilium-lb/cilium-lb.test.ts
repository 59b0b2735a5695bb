import { codesOf, planOf } from '../../../test/support/plan';
import { render } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { unavailable } from '../chosen';
import { REGISTRY } from '../registry';
import { clusterSchema, type ClusterSpec } from '../../spec/cluster';
import type { LoadBalancerService } from '../../plan/load-balancer';
import { ciliumLb } from './index';

type Lb = Extract<NonNullable<ClusterSpec['loadBalancers']>[number], { kind: 'cilium' }>;
const POOL = { main: { addresses: '192.168.50.200-192.168.50.209', network: 'lan' } };

const withPools = (pools: Lb['pools'] = POOL, more: Partial<Lb> = {}, changes: Partial<ClusterSpec> = {}) =>
  smallSpec({
    cni: { kind: 'cilium' },
    firewall: { kind: 'none' },
    loadBalancers: [{ kind: 'cilium', pools, ...more }],
    ...changes,
  });
const specs = (input: ClusterSpec, kind: string, loadBalancers: readonly LoadBalancerService[] = []) =>
  Object.fromEntries(
    render(ciliumLb, input, 'manifests', { loadBalancers })
      .filter((object) => object.kind === kind)
      .map(({ metadata, spec }) => [metadata.name, spec]),
  );

test('it is a component of its own, though the spec calls it by the CNI’s name', () => {
  const spec = clusterSchema.parse(withPools());
  expect(unavailable(REGISTRY, spec)).toEqual([]);
  expect(codesOf(withPools())).toEqual([]);
  const owners = planOf(withPools()).provided.filter(({ name }) => name.startsWith('load-balancer-'));
  expect(owners.map(({ name, owner }) => `${name} ${owner}`)).toEqual([
    'load-balancer-addresses cilium-lb',
    'load-balancer-announcement cilium-lb',
  ]);
});

test('asking Cilium for L2 announcements beside it makes no second owner, and is not needed', () => {
  expect(codesOf(withPools(POOL, {}, { cni: { kind: 'cilium', l2Announcements: true } }))).toEqual([]);
  const release = planOf(withPools()).releases.find(({ name }) => name === 'cilium');
  expect(release?.values['l2announcements']).toEqual({ enabled: true });
});

test('it needs Cilium as the CNI, with the routing of Services', () => {
  const flannel = withPools(POOL, {}, { cni: { kind: 'flannel' } });
  expect(codesOf(flannel)).toContain('CAPABILITY_MISSING');
});

test('a pool is a range from its first to its last address', () => {
  const pools = { main: { addresses: ['192.168.50.200-192.168.50.209', '192.168.50.220'], network: 'lan' } };
  expect(specs(withPools(pools), 'CiliumLoadBalancerIPPool')).toEqual({
    main: {
      blocks: [
        { start: '192.168.50.200', stop: '192.168.50.209' },
        { start: '192.168.50.220', stop: '192.168.50.220' },
      ],
    },
  });
});

test('a pool that Services name serves those alone, the others everyone else', () => {
  const pools = { ...POOL, spare: { addresses: '192.168.50.230', network: 'lan' } };
  const service = { name: 'media/player', pool: 'spare' } as LoadBalancerService;
  const key = 'io.kubernetes.service.name';
  expect(specs(withPools(pools), 'CiliumLoadBalancerIPPool', [service])).toMatchObject({
    main: { serviceSelector: { matchExpressions: [{ key, operator: 'NotIn', values: ['player'] }] } },
    spare: { serviceSelector: { matchExpressions: [{ key, operator: 'In', values: ['player'] }] } },
  });
});

test('addresses are claimed inside their network: outside it, or on a node, is a fault', () => {
  const outside = { main: { addresses: '192.168.51.200', network: 'lan' } };
  const onNode = { main: { addresses: '192.168.50.13-192.168.50.20', network: 'lan' } };
  expect(codesOf(withPools(outside))).toContain('ADDRESS_OUTSIDE_NETWORK');
  expect(codesOf(withPools(onNode))).toContain('ADDRESS_OVERLAP');
});

test.each([
  ['all', undefined],
  ['servers', { matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] }],
  ['agents', { matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' }] }],
] as const)('announced by %s', (nodes, nodeSelector) => {
  const [policy] = Object.values(specs(withPools(POOL, { nodes }), 'CiliumL2AnnouncementPolicy'));
  expect(policy).toMatchObject({ loadBalancerIPs: true, externalIPs: false, interfaces: ['^eth0$'] });
  expect((policy as { nodeSelector?: object }).nodeSelector).toEqual(nodeSelector);
});

test('interfaces are matched whole, dots and all', () => {
  const [policy] = Object.values(specs(withPools(POOL, { interfaces: ['eth0.10'] }), 'CiliumL2AnnouncementPolicy'));
  expect(policy).toMatchObject({ interfaces: ['^eth0\\.10$'] });
});
