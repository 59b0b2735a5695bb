import { findingsOf, planOf, walkTo } from '../../../test/support/plan';
import { bound, render } from '../../../test/support/render';
import { DUAL_RANGES, smallSpec } from '../../../test/support/spec';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { protection } from '../../plan/protection';
import { clusterSchema, type ClusterSpec } from '../../spec/cluster';
import { cilium } from './index';
import type { CiliumOptions } from './options';
import { ciliumValues } from './values';

type Cni = Extract<ClusterSpec['cni'], { kind: 'cilium' }>;

const withCilium = (cni: Partial<Cni> = {}, changes: Partial<ClusterSpec> = {}) =>
  smallSpec({ cni: { kind: 'cilium', ...cni }, firewall: { kind: 'none' }, ...changes });
const valuesOf = (input: ClusterSpec) => {
  const spec = clusterSchema.parse(input);
  return ciliumValues(spec.cni as CiliumOptions, spec);
};
const flags = (input: ClusterSpec, node: string) =>
  Object.fromEntries((planOf(input).k3sFlags.get(node) ?? []).map(({ name, value }) => [name, value]));
const ports = (input: ClusterSpec) =>
  planOf(input)
    .flows.filter(({ declaredBy }) => declaredBy === 'cilium')
    .map((flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)}`);
const notes = (input: ClusterSpec) =>
  planOf(input)
    .notes.map(({ text }) => text)
    .join('\n');

test('a cluster with Cilium has one owner of everything, and nothing is missing', () => {
  expect(findingsOf(withCilium())).toEqual([]);
});

describe('K3s', () => {
  test('servers start no Flannel, no policy controller and no kube-proxy', () => {
    expect(flags(withCilium(), 'a')).toMatchObject({
      'flannel-backend': 'none',
      'disable-network-policy': true,
      'disable-kube-proxy': true,
    });
    expect(flags(withCilium(), 'a')).not.toHaveProperty('kube-proxy-arg');
  });

  test('kube-proxy stays where Cilium does not replace it', () => {
    const kept = withCilium({ kubeProxyReplacement: false });
    expect(flags(kept, 'a')).toMatchObject({ 'kube-proxy-arg': ['proxy-mode=iptables'] });
    expect(flags(kept, 'a')).not.toHaveProperty('disable-kube-proxy');
    const owner = (spec: ClusterSpec) => planOf(spec).provided.find(({ name }) => name === 'service-routing')?.owner;
    expect([owner(kept), owner(withCilium())]).toEqual(['kube-proxy', 'cilium']);
  });

  test('agents get none of the servers’ flags', () => {
    expect(Object.keys(flags(withCilium(), 'c'))).not.toEqual(expect.arrayContaining(['flannel-backend']));
  });
});

describe('values', () => {
  test('the API is reached by loopback, which needs no Service', () => {
    expect(valuesOf(withCilium())).toMatchObject({
      kubeProxyReplacement: true,
      k8sServiceHost: '127.0.0.1',
      k8sServicePort: 6444,
    });
  });

  test('pods get K3s’s range, not Cilium’s own default', () => {
    expect(valuesOf(withCilium({ nodeMaskBits: 25 })).ipam).toEqual({
      mode: 'cluster-pool',
      operator: { clusterPoolIPv4PodCIDRList: ['10.42.0.0/16'], clusterPoolIPv4MaskSize: 25 },
    });
  });

  test('dual stack: both ranges, and a share of the IPv6 one for each node', () => {
    const k3s = {
      nodeNetwork: 'lan',
      clusterCidrs: ['10.42.0.0/16', 'fd00:42::/56'],
      serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'],
    };
    const values = valuesOf(withCilium({}, { k3s }));
    expect(values).toMatchObject({ ipv4: { enabled: true }, ipv6: { enabled: true } });
    expect(values.ipam.operator).toMatchObject({
      clusterPoolIPv6PodCIDRList: ['fd00:42::/56'],
      clusterPoolIPv6MaskSize: 64,
    });
  });

  test.each([
    [undefined, 3, 2],
    [5, 3, 3],
    [undefined, 1, 1],
  ])('operator replicas %s on %d nodes: %d', (operatorReplicas, nodeCount, replicas) => {
    const nodes = Object.fromEntries(Object.entries(smallSpec().nodes).slice(0, nodeCount));
    const cni = operatorReplicas === undefined ? {} : { operatorReplicas };
    expect(valuesOf(withCilium(cni, { nodes })).operator.replicas).toBe(replicas);
  });

  test('Hubble is off unless asked for, and its certificates are made in the cluster', () => {
    expect(valuesOf(withCilium()).hubble).toEqual({ enabled: false });
    expect(valuesOf(withCilium({ hubble: { ui: true } })).hubble).toMatchObject({
      relay: { enabled: true },
      ui: { enabled: true },
      tls: { auto: { method: 'cronJob' } },
    });
  });

  test('a host firewall guards every interface of the nodes, not only those that Cilium would find', () => {
    const networks = {
      ...smallSpec().networks,
      storage: { kind: 'lan' as const, interface: 'eth1', prefix: '192.168.60.0/24' },
    };
    const nodes = { a: { role: 'server' as const, addresses: { lan: '192.168.50.11', storage: '192.168.60.11' } } };
    expect(valuesOf(withCilium({}, { networks, nodes })).devices).toEqual(['eth0', 'eth1']);
    expect(valuesOf(withCilium({ hostFirewall: false }, { networks, nodes })).devices).toBeUndefined();
    expect(valuesOf(withCilium({ devices: ['bond0'] })).devices).toEqual(['bond0']);
  });

  test('strict encryption stands where the line of releases has it', () => {
    const strict = { encryption: 'wireguard', strictEncryption: true } as const;
    const mode = { enabled: true, cidr: '10.42.0.0/16', allowRemoteNodeIdentities: true };
    expect(valuesOf(withCilium(strict)).encryption?.strictMode).toEqual({ egress: mode });
    expect(valuesOf(withCilium({ ...strict, version: '1.18' })).encryption?.strictMode).toEqual(mode);
  });

  test('the release is installed before there is a pod network, at the exact version of its line', () => {
    const release = (version: '1.18' | '1.20') => bound(cilium, withCilium({ version })).helm();
    expect(release('1.20')).toMatchObject({ namespace: 'kube-system', bootstrap: 'network', version: '1.20.0' });
    expect(release('1.18')).toMatchObject({ version: '1.18.12' });
  });

  test('its hooks have longer than Helm’s five minutes', () => {
    const [chart] = render(cilium, withCilium({ hubble: { relay: true } }), 'bootstrap');
    expect(chart?.spec).toMatchObject({ timeout: '15m0s', failurePolicy: 'abort' });
  });
});

describe('one word of the spec', () => {
  const geneve = withCilium({ routing: 'geneve', encryption: 'wireguard' });
  const vxlan = withCilium({ routing: 'vxlan', encryption: 'wireguard' });
  const native = withCilium({ routing: 'native' });

  test.each([
    ['geneve', geneve, '6081', 'cilium_geneve'],
    ['vxlan', vxlan, '8472', 'cilium_vxlan'],
  ] as const)('%s: value, port, listener, device, module and note change together', (name, spec, port, device) => {
    const { plan, parts } = walkTo(spec);
    expect(valuesOf(spec)).toMatchObject({ routingMode: 'tunnel', tunnelProtocol: name });
    expect(ports(spec)).toContain(`every node → every node ${port}/udp`);
    expect(plan.listeners.map(({ ports }) => String(ports.host))).toContain(port);
    expect(plan.podNetwork).toMatchObject({ encapsulation: name, tunnelDevices: [device, 'cilium_wg0'] });
    const modules = parts.find((part) => part.name === 'cilium')?.host(plan, 'a').modules ?? [];
    expect(modules.map((module) => module.name)).toEqual([name, 'wireguard']);
    expect(notes(spec)).toContain(`UDP ${port}`);
  });

  test('the other tunnel’s port is nowhere', () => {
    expect(ports(geneve).join()).not.toContain('8472');
    expect(ports(vxlan).join()).not.toContain('6081');
  });

  test('native: no tunnel, routes between nodes, and pods that show their own addresses', () => {
    expect(valuesOf(native)).toMatchObject({
      routingMode: 'native',
      autoDirectNodeRoutes: true,
      ipv4NativeRoutingCIDR: '10.42.0.0/16',
    });
    expect(valuesOf(native)).not.toHaveProperty('tunnelProtocol');
    expect(planOf(native).podNetwork).toMatchObject({ encapsulation: 'none', tunnelDevices: [], masquerades: false });
    expect(ports(native)).toContain('every pod → every pod any');
  });
});

describe('MTU', () => {
  const mtu = (cni: Partial<Cni>) => planOf(withCilium(cni)).podNetwork.mtu.toString();

  test.each([
    [{ routing: 'geneve', encryption: 'wireguard' }, '1500 − 50 Geneve − 95 WireGuard = 1355'],
    [{ routing: 'geneve', encryption: 'wireguard', version: '1.18' }, '1500 − 50 Geneve − 80 WireGuard = 1370'],
    [{ routing: 'vxlan' }, '1500 − 50 VXLAN = 1450'],
    [{ routing: 'native', encryption: 'wireguard' }, '1500 − 95 WireGuard = 1405'],
    [{ routing: 'vxlan', encryption: 'ipsec' }, '1500 − 50 VXLAN − 77 IPsec = 1373'],
    [{ routing: 'native', mtuBytes: 1400 }, '1400'],
  ] as const)('%j', (cni, sum) => expect(mtu(cni)).toBe(sum));

  test('the chart is told the link, from which it subtracts by itself', () => {
    expect(valuesOf(withCilium({ encryption: 'wireguard' })).MTU).toBe(1500);
  });
});

describe('encryption', () => {
  const web = { web: { namespace: 'shop', ports: { http: 8080 }, hosts: ['shop.example.com'] } };
  const clear = { kind: 'public', interface: 'eth0' } as const;
  const open = withCilium(
    { encryption: 'wireguard' },
    {
      networks: { wan: clear },
      nodes: {
        a: { role: 'server', addresses: { wan: '198.51.100.1' } },
        b: { role: 'agent', addresses: { wan: '198.51.100.2' } },
      },
      k3s: { nodeNetwork: 'wan' },
      ingress: [{ kind: 'traefik', mode: 'host-network' }],
      apps: { ...web, cache: { namespace: 'shop', ports: { redis: 6379 }, needs: [{ app: 'web', reason: 'pages' }] } },
    },
  );
  const exposed = (from: string, to: string) => {
    const plan = planOf(open);
    const flow = plan.flows.find((one) => printEndpoint(one.from) === from && printEndpoint(one.to) === to);
    if (flow === undefined) throw new Error('no such flow');
    return protection(flow, plan).exposed.map(({ stretch }) => stretch);
  };

  test('WireGuard covers pod to remote pod, and not a host-network ingress that calls one', () => {
    expect(exposed('shop/cache', 'shop/web')).toEqual([]);
    expect(exposed('kube-system/traefik', 'shop/web')).toEqual(['between nodes']);
    expect(planOf(open).podNetwork.encryptedBy).toBe("Cilium's pod-to-pod WireGuard");
  });

  test('node encryption leaves servers out, and the document says so', () => {
    expect(notes(withCilium({ encryption: 'wireguard', nodeEncryption: true }))).toMatch(/Servers take no part/);
  });

  test('what strict mode drops is said, and that it is IPv4 where pods have both', () => {
    const strict = withCilium({ encryption: 'wireguard', strictEncryption: true });
    expect(notes(strict)).toContain('Packets from pod to pod that would leave in clear are dropped');
    expect(notes({ ...strict, k3s: { nodeNetwork: 'lan', ...DUAL_RANGES } })).toContain('IPv4 packets from pod to pod');
  });

  test('WireGuard and IPsec bring their own flow, IPsec its Secret', () => {
    expect(ports(withCilium({ encryption: 'wireguard' }))).toContain('every node → every node 51871/udp');
    expect(ports(withCilium({ encryption: 'ipsec' }))).toContain('every node → every node esp');
    expect(planOf(withCilium({ encryption: 'ipsec' })).secrets).toContainEqual(
      expect.objectContaining({
        namespace: 'kube-system',
        name: 'cilium-ipsec-keys',
        keys: ['keys'],
        purpose: expect.stringContaining('rfc4106(gcm(aes))') as string,
      }),
    );
  });
});

test('health, Hubble and the API: who talks to whom', () => {
  const lines = ports(withCilium({ hubble: { ui: true } }));
  expect(lines).toEqual(
    expect.arrayContaining([
      'every node → every node 4240/tcp',
      'every node → every node echo-request',
      'kube-system/hubble-relay → every node 4244/tcp',
      'kube-system/hubble-ui → kube-system/hubble-relay 80 → 4245/tcp',
      'kube-system/cilium → every server 6443/tcp',
      'kube-system/cilium-operator → every server 6443/tcp',
    ]),
  );
  expect(ports(withCilium()).join()).not.toMatch(/hubble|4244/);
});

test('the reverse-path filter is off on Cilium’s devices, and bridges are nobody’s business', () => {
  const { plan, parts } = walkTo(withCilium());
  const keys = parts.flatMap((part) => part.host(plan, 'a').sysctls ?? []).map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(['-net.ipv4.conf.lxc*.rp_filter', 'net.ipv4.conf.all.rp_filter']));
  expect(keys.join()).not.toContain('bridge');
});

test('announcing beside another announcer is two owners', () => {
  const owners = planOf(withCilium({ l2Announcements: true })).provided.filter(
    ({ name }) => name === 'load-balancer-announcement',
  );
  expect(owners.map(({ owner }) => owner)).toEqual(['cilium']);
});
