import { runsK3s } from '../../spec/orchestrator';
import type { Flow } from '../../plan/flow';
import { ANY_POD } from '../../plan/endpoint';
import { SERVICES } from '../../plan/claim';
import { cniRoutesServices } from '../../plan/service-router';
import type { Cluster } from '../../spec/cluster';
import type { K3s } from '../../spec/k3s';
import { register } from '../component';
import { K3S_PROCESS } from '../k3s-process';

type Proxy = K3s['proxy'];

/** Kernel modules of IPVS: the core, and a scheduler each. Source: kube-proxy pkg/proxy/ipvs/README.md. */
const IPVS_MODULES = ['ip_vs', 'ip_vs_rr', 'ip_vs_sh', 'ip_vs_wrr', 'nf_conntrack'];

/** kube-proxy, which in K3s is part of the k3s process on every node and no DaemonSet. */
export const kubeProxy = register<Proxy>({
  name: 'kube-proxy',
  title: 'kube-proxy',
  options: (spec) => (!runsK3s(spec) || cniRoutesServices(spec) ? undefined : spec.k3s.proxy),
  provides: () => [
    {
      name: 'service-routing',
      failure:
        'Service addresses lead to the endpoints that the kernel last knew, dead ones included; names still resolve, and pods still reach pods by address.',
      process: K3S_PROCESS,
      source: ['k3s', 'proxy'],
    },
  ],
  requires: () => [{ name: 'control-plane', source: ['k3s', 'proxy'] }],
  flows: (proxy) => (proxy.mode === 'ipvs' ? [servicesAreLocal] : []),
  k3s: (proxy, spec, node) =>
    spec.nodes[node] === undefined ? [] : [{ name: 'kube-proxy-arg', value: args(proxy), reason: why(proxy) }],
  host: (proxy) => (proxy.mode === 'ipvs' ? { modules: modules(proxy), packages: TOOLS } : {}),
  commands: ({ mode }) => ({ services: ROUTES[mode] }),
  notes: (proxy, spec) => [{ section: 'services', title: 'How Services are routed', text: text(proxy, spec) }],
});

/** What shows the routes of Services, by the mode. */
const ROUTES: Readonly<Record<Proxy['mode'], readonly string[]>> = {
  ipvs: ['sudo ipvsadm -Ln', 'ip addr show kube-ipvs0', 'sudo iptables -t nat -L -n | head -50'],
  iptables: ['sudo iptables -t nat -L KUBE-SERVICES -n'],
  nftables: ['sudo nft list table ip kube-proxy'],
};

const TOOLS = [
  { name: 'ipset', reason: 'kube-proxy in IPVS mode keeps its address lists in ipsets' },
  { name: 'ipvsadm', reason: 'shows the IPVS table to an operator' },
];

/**
 * Under IPVS every Service address sits on kube-ipvs0, so that a pod's call to it is a packet to the node itself
 * and passes the node's INPUT hook before IPVS sends it on. Source: kernel net/netfilter/ipvs/ip_vs_core.c (LOCAL_IN).
 */
const servicesAreLocal: Omit<Flow, 'declaredBy'> = {
  from: ANY_POD,
  to: ANY_POD,
  protocol: 'any',
  over: SERVICES,
  address: 'service',
  grants: false,
  reason: 'pods call Services, whose addresses IPVS keeps on the node itself',
  source: ['k3s', 'proxy', 'mode'],
};

function args(proxy: Proxy): string[] {
  if (proxy.mode !== 'ipvs') return [`proxy-mode=${proxy.mode}`];
  return ['proxy-mode=ipvs', `ipvs-scheduler=${proxy.scheduler}`, ...(proxy.strictArp ? ['ipvs-strict-arp=true'] : [])];
}

function why(proxy: Proxy): string {
  return proxy.mode === 'iptables'
    ? "K3s's default, written so that it cannot drift"
    : `asked for; K3s's default is iptables`;
}

function modules(proxy: Proxy) {
  const names = new Set([...IPVS_MODULES, `ip_vs_${proxy.scheduler}`]);
  return [...names].sort().map((name) => ({ name, reason: 'kube-proxy routes Services by IPVS' }));
}

/** Source: Kubernetes KEP-5495. */
const LEAVING =
  'Kubernetes gives IPVS up: kube-proxy warns of it from 1.35 on, and is to do without it by 1.40. `iptables` and `nftables` are the ways to go.';

function text(proxy: Proxy, spec: Cluster): string {
  const range = spec.k3s.serviceCidrs.join(' and ');
  const how = {
    iptables: 'rewrites the destination with iptables rules as the packet enters the node',
    ipvs: `balances with IPVS (scheduler \`${proxy.scheduler}\`); Service addresses sit on the device \`kube-ipvs0\` of every node`,
    nftables: 'rewrites the destination with nftables maps as the packet enters the node',
  }[proxy.mode];
  return [
    `kube-proxy runs inside the k3s process of every node, not as a DaemonSet, and ${how}.`,
    `There is no route for ${range}: a packet to a Service leaves the node only after kube-proxy has rewritten it to an endpoint's address.`,
    'The choice is made once per connection and remembered by connection tracking.',
    ...(proxy.mode === 'ipvs' ? [LEAVING] : []),
  ].join(' ');
}
