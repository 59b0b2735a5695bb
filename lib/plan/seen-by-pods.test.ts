import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';
import { printEndpoint } from './endpoint';
import { calledSeen, callersSeen, concernsPods, type PodPeer } from './seen-by-pods';

const mqtt = (loadBalancer: object) => ({ mqtt: { namespace: 'home', ports: { mqtt: 1883 }, loadBalancer } });
const pools = { main: { addresses: '192.168.50.230-192.168.50.239', network: 'lan' } };
const balanced = (more: Partial<ClusterSpec>, loadBalancer: object = { allowFrom: [{ network: 'lan' }] }) =>
  smallSpec({ loadBalancers: [{ kind: 'metallb', mode: 'l2', pools }], apps: mqtt(loadBalancer), ...more });

function words(peer: PodPeer): string {
  switch (peer.kind) {
    case 'workload':
      return peer.workload.name;
    case 'nodes':
      return `nodes ${peer.addresses === undefined ? 'by who they are' : String(peer.addresses.size)}`;
    case 'addresses':
      return String(peer.addresses);
    default:
      return peer.kind;
  }
}

function callers(spec: ClusterSpec, to: string, from?: string): string[] {
  const plan = planOf(spec);
  const flows = plan.flows.filter(
    (flow) =>
      concernsPods(flow, plan) &&
      flow.sameNode !== true &&
      printEndpoint(flow.to) === to &&
      (from === undefined || printEndpoint(flow.from) === from),
  );
  return [...new Set(flows.flatMap((flow) => callersSeen(flow, plan)).map(words))].sort();
}

describe('a node that calls a pod of another node', () => {
  const METRICS = 'kube-system/metrics-server';

  test('comes by the tunnel under one of 256 addresses that no pod has', () => {
    const plan = planOf(smallSpec());
    expect(callers(smallSpec(), METRICS)).toEqual(['nodes 256']);
    const { nodesAppearAs } = plan.podNetwork;
    expect(nodesAppearAs?.toString()).toContain('10.42.7.0');
    expect(nodesAppearAs?.toString()).not.toContain('10.42.7.1');
  });

  test('comes without a tunnel under its own', () => {
    const spec = smallSpec({ cni: { kind: 'flannel', backend: 'host-gw' } });
    expect(planOf(spec).podNetwork.nodesAppearAs?.toString()).toBe('192.168.50.11-192.168.50.13');
  });

  test('while backends change, under either', () => {
    const spec = smallSpec({ cni: { kind: 'flannel', backend: 'host-gw', migrating: { from: 'vxlan' } } });
    expect(planOf(spec).podNetwork.nodesAppearAs?.size).toBe(259n);
  });

  test('is known to Cilium by what it is', () => {
    expect(callers(smallSpec({ cni: { kind: 'cilium' } }), METRICS)).toEqual(['nodes by who they are']);
  });

  test('comes under Calico out of a range of its own', () => {
    expect(planOf(smallSpec({ cni: { kind: 'calico' } })).podNetwork.nodesAppearAs?.toString()).toBe('10.44.0.0/22');
    const bare: ClusterSpec['cni'] = { kind: 'calico', encapsulation: 'None', bgp: true };
    expect(planOf(smallSpec({ cni: bare })).podNetwork.nodesAppearAs?.toString()).toBe('192.168.50.11-192.168.50.13');
    const some: ClusterSpec['cni'] = { kind: 'calico', encapsulation: 'VXLANCrossSubnet' };
    expect(planOf(smallSpec({ cni: some })).podNetwork.nodesAppearAs?.toString()).toBe(
      '10.44.0.0/22, 192.168.50.11-192.168.50.13',
    );
  });
});

describe('who calls a Service’s address', () => {
  test('is met under it, or behind a node that passes the call on', () => {
    expect(callers(balanced({}), 'home/mqtt')).toEqual(['192.168.50.0/24', 'nodes 256']);
  });

  test('is met under it alone, where the policy is Local', () => {
    const local = { allowFrom: [{ network: 'lan' }], externalTrafficPolicy: 'Local' };
    expect(callers(balanced({}, local), 'home/mqtt')).toEqual(['192.168.50.0/24']);
  });

  test('is hidden by kube-proxy even if it is a pod, and not by Cilium', () => {
    const pod = (cni: NonNullable<ClusterSpec['cni']>) => {
      const spec = balanced({ cni }, { allowFrom: ['anywhere'] });
      const plan = planOf(spec);
      const [flow] = plan.flows.filter(({ to }) => printEndpoint(to) === 'home/mqtt');
      if (flow === undefined) throw new Error('mqtt has no caller');
      const from = { kind: 'workload', workload: 'kube-system/metrics-server' } as const;
      return callersSeen({ ...flow, from, address: 'vip' }, plan).map(words);
    };
    expect(pod({ kind: 'flannel' })).toEqual(['kube-system/metrics-server', 'nodes 256']);
    expect(pod({ kind: 'cilium' })).toEqual(['kube-system/metrics-server']);
  });
});

test('what only carries packets, or comes inside a connection, concerns no pod’s policy', () => {
  const plan = planOf(
    smallSpec({ cni: { kind: 'flannel', backend: 'host-gw' }, k3s: { nodeNetwork: 'lan', proxy: { mode: 'ipvs' } } }),
  );
  const carriers = plan.flows.filter(({ grants }) => grants === false);
  expect(carriers.map(({ declaredBy }) => declaredBy).sort()).toEqual(['flannel', 'kube-proxy']);
  expect(carriers.some((flow) => concernsPods(flow, plan))).toBe(false);
});

test('a probe comes from the pod’s own node', () => {
  const plan = planOf(smallSpec());
  const probes = plan.flows.filter(({ sameNode }) => sameNode === true);
  expect(probes.length).toBeGreaterThan(0);
  for (const probe of probes) expect(callersSeen(probe, plan)).toEqual([{ kind: 'own-node' }]);
});

test('a name that is called keeps the addresses that the spec knows', () => {
  const spec = smallSpec({
    outside: { db: { names: ['db.example.net'], addresses: '203.0.113.7' } },
    apps: { web: { namespace: 'shop', needs: [{ outside: 'db', port: 5432, reason: 'orders' }] } },
  });
  const plan = planOf(spec);
  const [flow] = plan.flows.filter(({ declaredBy, from }) => declaredBy === 'apps' && from.kind === 'workload');
  if (flow === undefined) throw new Error('web calls nobody');
  const [peer] = calledSeen(flow, plan);
  expect(peer?.kind === 'names' ? [peer.fqdns, String(peer.addresses)] : peer).toEqual([
    ['db.example.net'],
    '203.0.113.7',
  ]);
});

test('somebody outside known by a wide prefix has none of the pods’ addresses', () => {
  const spec = smallSpec({
    outside: { everyone: { addresses: '10.0.0.0/8' } },
    apps: { web: { namespace: 'shop', needs: [{ outside: 'everyone', port: 443, reason: 'updates' }] } },
  });
  const plan = planOf(spec);
  const flow = plan.flows.find(({ to }) => printEndpoint(to) === 'everyone');
  const [peer] = flow === undefined ? [] : calledSeen(flow, plan);
  expect(peer === undefined ? '' : words(peer)).toBe('10.0.0.0-10.41.255.255, 10.43.0.0-10.255.255.255');
});
