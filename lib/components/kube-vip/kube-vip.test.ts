import homelab from '../../../clusters/homelab';
import { codesOf, planOf } from '../../../test/support/plan';
import { bound, render, titles, type RenderedObject } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { clusterSchema, type ClusterSpec } from '../../spec/cluster';
import { kubeVip } from './index';

type Balancer = Extract<NonNullable<ClusterSpec['loadBalancers']>[number], { kind: 'kube-vip' }>;
type DaemonSet = {
  template: {
    spec: {
      affinity?: { nodeAffinity: object };
      tolerations: { effect: string }[];
      hostNetwork: boolean;
      containers: { image: string; env: { name: string; value?: string; valueFrom?: object }[] }[];
    };
  };
};

const find = (objects: RenderedObject[], kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);
const podOf = (objects: RenderedObject[], name: string) =>
  (find(objects, 'DaemonSet', name)?.spec as DaemonSet).template.spec;
const environment = (objects: RenderedObject[], name: string) =>
  Object.fromEntries(podOf(objects, name).containers[0]?.env.map((one) => [one.name, one.value]) ?? []);
const dataOf = (objects: RenderedObject[]) =>
  (find(objects, 'ConfigMap', 'kubevip') as unknown as { data: Record<string, string> }).data;

const POOLS = { global: { addresses: '192.168.50.200-192.168.50.209', network: 'lan' } };
const vip = { api: { endpoint: { vip: '192.168.50.10', network: 'lan' } } };
const spec = (changes: Partial<Balancer> = {}, more: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({
    loadBalancers: [
      {
        kind: 'kube-vip',
        controlPlane: {},
        services: {},
        pools: POOLS,
        ...changes,
      },
    ],
    ...vip,
    ...more,
  });
const data = (pools: Balancer['pools']) => dataOf(render(kubeVip, spec(pools === undefined ? {} : { pools })));

describe('homelab', () => {
  const objects = render(kubeVip, homelab);
  const api = environment(objects, 'kube-vip-control-plane');
  const services = environment(objects, 'kube-vip-services');

  test('announces the API at .230 on the bridge, from the servers by K3s’s own label', () => {
    expect(api).toMatchObject({ address: '192.168.1.230', vip_interface: 'vmbr0', cp_enable: 'true', vip_arp: 'true' });
    expect(JSON.stringify(podOf(objects, 'kube-vip-control-plane').affinity)).toContain(
      '"key":"node-role.kubernetes.io/control-plane","operator":"In","values":["true"]',
    );
    expect(JSON.stringify(objects)).not.toContain('node-role.kubernetes.io/master');
  });

  test('a leader holds it for 5 seconds, renews within 3 and others try every second', () => {
    expect(api).toMatchObject({ vip_leaseduration: '5', vip_renewdeadline: '3', vip_retryperiod: '1' });
  });

  test('reaches the API by loopback, which needs neither the address nor a Service', () => {
    for (const one of [api, services])
      expect(one).toMatchObject({ KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '6444' });
  });

  test('each role has its own DaemonSet, metrics and leases', () => {
    expect(api).toMatchObject({ prometheus_server: ':2112' });
    expect(api).not.toHaveProperty('svc_enable');
    expect(services).toMatchObject({
      svc_enable: 'true',
      svc_election: 'true',
      svc_leasename: 'plndr-svcs-lock',
      prometheus_server: ':2113',
      vip_servicesinterface: 'vmbr0',
    });
    expect(services).not.toHaveProperty('cp_enable');
  });

  test('uses the names that kube-vip 1.2 reads, and Kubernetes’ name of the node', () => {
    for (const gone of ['vip_address', 'vip_cidr', 'kubernetes_addr']) expect(api).not.toHaveProperty(gone);
    expect(api).toMatchObject({ vip_subnet: '32' });
    const [container] = podOf(objects, 'kube-vip-services').containers;
    expect(container?.image).toBe('ghcr.io/kube-vip/kube-vip:v1.2.3');
    expect(container?.env.find(({ name }) => name === 'vip_nodename')?.valueFrom).toEqual({
      fieldRef: { fieldPath: 'spec.nodeName' },
    });
  });

  test('its pool is a range, and is written as one', () => {
    expect(dataOf(objects)).toEqual({ 'range-global': '192.168.1.231-192.168.1.239' });
  });

  test('K3s starts the same bytes that Argo CD keeps', () => {
    expect(render(kubeVip, homelab, 'bootstrap')).toEqual(objects);
    expect(titles(objects)).toContain('Deployment kube-system/kube-vip-cloud-provider');
  });

  test('runs where nothing else may', () => {
    const { tolerations, hostNetwork } = podOf(objects, 'kube-vip-control-plane');
    expect(tolerations.map(({ effect }) => effect)).toEqual(['NoSchedule', 'NoExecute']);
    expect(hostNetwork).toBe(true);
  });
});

describe('the pools’ config map', () => {
  const network = 'lan';

  test('one prefix is a prefix', () => {
    expect(data({ global: { addresses: '192.168.50.200/29', network } })).toEqual({
      'cidr-global': '192.168.50.200/29',
    });
  });

  test('several ranges stand in one line without spaces', () => {
    expect(data({ global: { addresses: ['192.168.50.200', '192.168.50.210-192.168.50.212'], network } })).toEqual({
      'range-global': '192.168.50.200-192.168.50.200,192.168.50.210-192.168.50.212',
    });
  });

  test('a prefix never stands beside a range, which it would hide', () => {
    expect(
      data({
        global: { addresses: '192.168.50.200/29', network },
        shop: { addresses: '192.168.50.211-192.168.50.214', network },
      }),
    ).toEqual({
      'range-global': '192.168.50.200-192.168.50.207',
      'range-shop': '192.168.50.211-192.168.50.214',
    });
  });

  test('nobody allocates where there is no pool', () => {
    const loadBalancers = [{ kind: 'kube-vip' as const, controlPlane: {} }];
    expect(titles(render(kubeVip, smallSpec({ loadBalancers, ...vip })))).toEqual([
      'ClusterRole system:kube-vip-role',
      'ClusterRoleBinding system:kube-vip-binding',
      'DaemonSet kube-system/kube-vip-control-plane',
      'ServiceAccount kube-system/kube-vip',
    ]);
  });
});

describe('what it owns', () => {
  const owned = (input: ClusterSpec) =>
    planOf(input)
      .provided.filter(({ owner }) => owner === 'kube-vip')
      .map(({ name }) => name);

  test('all that it is asked for, and nothing else', () => {
    expect(owned(spec())).toEqual(['api-address', 'load-balancer-addresses', 'load-balancer-announcement']);
    expect(owned(spec({ pools: {} }))).toEqual(['api-address', 'load-balancer-announcement']);
  });

  test('announcing Services to which nobody gives addresses is a gap', () => {
    expect(codesOf(spec({ pools: {} }))).toEqual(['CAPABILITY_MISSING']);
  });

  test('a virtual API address that nobody announces is a gap, and so is an announcer without an address', () => {
    expect(codesOf(smallSpec(vip))).toEqual(['CAPABILITY_MISSING']);
    expect(codesOf(spec({}, { api: {} }))).toEqual(['SPEC_INVALID']);
  });

  test('its addresses lie in their network and overlap nothing', () => {
    expect(codesOf(spec())).toEqual([]);
    expect(codesOf(spec({}, { api: { endpoint: { vip: '192.168.51.10', network: 'lan' } } }))).toEqual([
      'ADDRESS_OUTSIDE_NETWORK',
    ]);
    expect(codesOf(spec({}, { api: { endpoint: { vip: '192.168.50.203', network: 'lan' } } }))).toEqual([
      'ADDRESS_OVERLAP',
    ]);
  });

  test('its metrics are ports of the nodes', () => {
    const ports = bound(kubeVip, spec()).listeners();
    expect(ports.map(({ on, ports: { host } }) => `${JSON.stringify(on)} ${String(host)}`)).toEqual([
      '{"nodes":"servers"} 2112',
      '{"nodes":"all"} 2113',
    ]);
  });

  test('one metrics port for both roles is a collision', () => {
    expect(codesOf(spec({ services: { metricsPort: 2112 } }))).toEqual(['PORT_TWICE']);
  });
});

describe('BGP', () => {
  const bgp = { asn: 64501, peers: { edge: { address: '192.168.50.1', asn: 64500 } } };
  const daemonSets = (input: ClusterSpec) =>
    titles(render(kubeVip, input)).filter((title) => title.startsWith('DaemonSet'));

  test('tells the routers, bears the address on loopback and elects nobody', () => {
    const objects = render(kubeVip, spec({ mode: 'bgp', bgp }));
    const env = environment(objects, 'kube-vip-control-plane');
    expect(env).toMatchObject({
      vip_arp: 'false',
      bgp_enable: 'true',
      bgp_as: '64501',
      bgp_peers: '192.168.50.1:64500::false',
      bgp_routerinterface: 'eth0',
      vip_interface: 'lo',
    });
    expect(env).not.toHaveProperty('vip_leaderelection');
  });

  test('one pod of a node speaks for the API and for Services: a router keeps one session with each', () => {
    const input = spec({ mode: 'bgp', bgp });
    const objects = render(kubeVip, input);
    expect(environment(objects, 'kube-vip-control-plane')).toMatchObject({ cp_enable: 'true', svc_enable: 'true' });
    expect(environment(objects, 'kube-vip-services')).not.toHaveProperty('cp_enable');
    const { workloads, listeners } = planOf(input);
    expect(workloads.get('kube-system/kube-vip-services')?.nodes).toBe('agents');
    expect(
      listeners.filter(({ owner }) => owner === 'kube-vip').map(({ on, ports }) => [on, String(ports.host)]),
    ).toEqual([
      [{ nodes: 'servers' }, '2112'],
      [{ nodes: 'agents' }, '2113'],
    ]);
    expect(codesOf(input)).toEqual([]);
  });

  test('without agents nothing is left for a second DaemonSet; for Services alone it runs everywhere', () => {
    const servers = Object.entries(smallSpec().nodes).map(([name, node]) => [name, { ...node, role: 'server' }]);
    const nodes = Object.fromEntries(servers) as ClusterSpec['nodes'];
    expect(daemonSets(spec({ mode: 'bgp', bgp }, { nodes }))).toEqual(['DaemonSet kube-system/kube-vip-control-plane']);
    const alone: ClusterSpec = smallSpec({
      loadBalancers: [{ kind: 'kube-vip', mode: 'bgp', bgp, services: {}, pools: POOLS }],
    });
    expect(daemonSets(alone)).toEqual(['DaemonSet kube-system/kube-vip-services']);
    expect(planOf(alone).workloads.get('kube-system/kube-vip-services')?.nodes).toBe('all');
  });

  test('addresses of a network that no node is on are told all the same, by the interface that leads to the router', () => {
    const far = { kind: 'lan' as const, interface: 'eth7', prefix: '198.51.100.0/28' };
    const pools = { global: { addresses: '198.51.100.8/29', network: 'far' } };
    const networks = { ...smallSpec().networks, far };
    const forServices = smallSpec({
      loadBalancers: [{ kind: 'kube-vip', mode: 'bgp', bgp, services: {}, pools }],
      networks,
    });
    for (const input of [spec({ mode: 'bgp', bgp, pools }, { networks }), forServices]) {
      const objects = render(kubeVip, input);
      expect(environment(objects, 'kube-vip-services')).toMatchObject({ bgp_routerinterface: 'eth0' });
      expect(JSON.stringify(objects)).not.toContain('"values":[]');
    }
  });

  test('a node is known to its routers by the interface of the network on which they meet', () => {
    const dmz = { kind: 'lan' as const, interface: 'eth1', prefix: '192.168.60.0/24' };
    const nodes = Object.entries(smallSpec().nodes).map(([name, node], i) => [
      name,
      { ...node, addresses: { ...node.addresses, dmz: `192.168.60.${i + 11}` } },
    ]);
    const peers = { edge: { address: '192.168.60.1', asn: 64500 } };
    const input = spec(
      { mode: 'bgp', bgp: { asn: 64501, peers } },
      { networks: { ...smallSpec().networks, dmz }, nodes: Object.fromEntries(nodes) as ClusterSpec['nodes'] },
    );
    expect(environment(render(kubeVip, input), 'kube-vip-services')).toMatchObject({ bgp_routerinterface: 'eth1' });
  });

  test('who speaks for both bears addresses of the families of both', () => {
    const pools = { global: { addresses: 'fd00:50::c8/125', network: 'lan' } };
    const objects = render(kubeVip, spec({ mode: 'bgp', bgp, pools }));
    expect(environment(objects, 'kube-vip-control-plane')).toMatchObject({ vip_subnet: '32,128' });
    expect(environment(objects, 'kube-vip-services')).toMatchObject({ vip_subnet: '128' });
  });

  test('is a flow to each router from each role', () => {
    const flows = bound(kubeVip, spec({ mode: 'bgp', bgp })).flows();
    expect(flows.map((flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)}`)).toEqual(
      expect.arrayContaining([
        'kube-system/kube-vip-control-plane → router edge 179/tcp',
        'kube-system/kube-vip-services → router edge 179/tcp',
      ]),
    );
  });

  test('needs a router', () => {
    expect(clusterSchema.safeParse(spec({ mode: 'bgp' })).error?.issues[0]?.path.join('.')).toBe('loadBalancers.0.bgp');
  });
});
