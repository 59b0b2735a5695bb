import { rentedSpec } from '../../test/support/rented';
import { smallSpec } from '../../test/support/spec';
import { planOf } from '../../test/support/plan';
import { printEndpoint } from './endpoint';
import type { Plan } from './plan';
import { protection } from './protection';

function flow(plan: Plan, from: string, to: string, port: number) {
  const found = plan.flows.find(
    (one) => printEndpoint(one.from) === from && printEndpoint(one.to) === to && one.port?.container.contains(port),
  );
  if (found === undefined) throw new Error(`no flow from ${from} to ${to} on ${port}`);
  return found;
}

test('pods that talk in clear over an untrusted network are exposed between nodes, and not inside one', () => {
  const plan = planOf(rentedSpec());
  const { own, legs, exposed } = protection(flow(plan, 'shop/web', 'shop/cache', 6379), plan);
  expect(own).toBeUndefined();
  expect(legs.map(({ stretch }) => stretch)).toEqual(['inside a node', 'between nodes']);
  expect(exposed).toEqual([{ stretch: 'between nodes', network: 'wan', tunnelled: true, trusted: false }]);
});

test('a tunnel that encrypts protects what rides on it', () => {
  const plan = planOf(rentedSpec({ cni: { kind: 'flannel', backend: 'wireguard-native' } }));
  const { legs, exposed } = protection(flow(plan, 'shop/web', 'shop/cache', 6379), plan);
  expect(exposed).toEqual([]);
  expect(legs.find(({ stretch }) => stretch === 'between nodes')?.encryptedBy).toBe('WireGuard (Flannel)');
});

test('a pod that calls another node itself does not take the tunnel', () => {
  const plan = planOf(rentedSpec({ cni: { kind: 'flannel', backend: 'wireguard-native' } }));
  const { own, legs } = protection(flow(plan, 'kube-system/coredns', 'every server', 6443), plan);
  expect(own).toBe('TLS');
  expect(legs.at(-1)).toEqual({ stretch: 'between nodes', network: 'wan', tunnelled: false, trusted: false });
});

test('what brings TLS along is exposed nowhere', () => {
  const plan = planOf(rentedSpec());
  const { own, exposed } = protection(flow(plan, 'shop/web', 'postgres', 5432), plan);
  expect(own).toBe('TLS 1.3');
  expect(exposed).toEqual([]);
});

test('plain HTTP from a proxy is exposed on the public network', () => {
  const plan = planOf(rentedSpec());
  expect(protection(flow(plan, 'Cloudflare', 'kube-system/traefik', 80), plan).exposed).toEqual([
    { stretch: 'on the network', network: 'wan', tunnelled: false, trusted: false },
  ]);
});

test('calls to the world outside are exposed, whatever network they leave by', () => {
  const plan = planOf(smallSpec());
  expect(protection(flow(plan, 'every node', 'anywhere', 123), plan).exposed).toHaveLength(1);
});

test('callers from anywhere come to a LAN by its router, however far the spec trusts it', () => {
  const apps = { mqtt: { namespace: 'home', ports: { mqtt: 1883 }, loadBalancer: {} } };
  const pools = { main: { addresses: '192.168.50.200', network: 'lan' } };
  const plan = planOf(smallSpec({ apps, loadBalancers: [{ kind: 'metallb', pools }] }));
  expect(protection(flow(plan, 'anywhere', 'home/mqtt', 1883), plan).exposed).toEqual([
    { stretch: 'beyond the cluster', network: 'outside', tunnelled: false, trusted: false },
  ]);
});

test('a network that the spec trusts exposes nobody', () => {
  const plan = planOf(smallSpec());
  const dns = flow(plan, 'every pod', 'kube-system/coredns', 53);
  expect(protection(dns, plan).legs.at(-1)).toMatchObject({ network: 'lan', trusted: true });
  expect(protection(dns, plan).exposed).toEqual([]);
});

test('with one node nothing is between nodes', () => {
  const spec = smallSpec({ nodes: { a: { role: 'server', addresses: { lan: '192.168.50.11' } } } });
  const plan = planOf(spec);
  const { legs } = protection(flow(plan, 'every pod', 'kube-system/coredns', 53), plan);
  expect(legs.map(({ stretch }) => stretch)).toEqual(['inside a node']);
});

test('what a node keeps to itself under IPVS never leaves it', () => {
  const plan = planOf(rentedSpec());
  const local = plan.flows.find(({ over }) => over === 'services');
  expect(local && protection(local, plan).legs.map(({ stretch }) => stretch)).toEqual(['inside a node']);
});

test('pods with IPv6 addresses ask for their node on their own link, which no untrusted network carries', () => {
  const spec = rentedSpec({
    k3s: {
      nodeNetwork: 'wan',
      clusterCidrs: ['10.42.0.0/16', 'fd00:42::/56'],
      serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'],
    },
  });
  const plan = planOf(spec);
  const asked = plan.flows.find(
    ({ from, icmpTypes }) => icmpTypes?.includes('nd-neighbor-solicit') === true && from.kind === 'pods',
  );
  expect(asked && protection(asked, plan).legs.map(({ stretch }) => stretch)).toEqual(['inside a node']);
});
