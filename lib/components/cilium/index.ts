import { PORTS } from '../../net/well-known-ports';
import { overlayNeed } from '../../plan/overlay-need';
import { register } from '../component';
import { ciliumFlows } from './flows';
import { hostNeeds } from './host';
import { LINES } from './line';
import { mtuPaths, routeMtu } from './mtu';
import { CHART, CHART_HOSTS, CHART_REPOSITORY, NAMESPACE, RELEASE } from './names';
import { ciliumNotes } from './notes';
import type { CiliumOptions } from './options';
import { listeners, reservedServices, workloads } from './parts';
import { encryptedBy, tunnelOf, WIREGUARD_DEVICE } from './routing';
import { ciliumValues } from './values';

const source = ['cni'];

const POD_RANGES = [
  "# pod range of each node, as Cilium's operator assigned it",
  'kubectl get ciliumnodes -o custom-columns=NODE:.metadata.name,RANGES:.spec.ipam.podCIDRs',
];

/** Source: Cilium docs, IPsec transparent encryption. */
const IPSEC_KEY =
  "key of Cilium's IPsec, as 3+ rfc4106(gcm(aes)) HEX 128, where HEX is what openssl rand -hex 20 prints";

const SERVICE_LIST = ['sudo k3s crictl exec -i $(sudo k3s crictl ps -q --name cilium-agent) cilium-dbg service list'];

/** Cilium: pod network, policies, and where asked for the routing of Services. */
export const cilium = register<CiliumOptions>({
  name: 'cilium',
  options: (spec) => (spec.cni.kind === 'cilium' ? spec.cni : undefined),
  provides: (options, spec) => [
    {
      name: 'pod-network',
      failure:
        'what the kernel was told goes on: open and new connections between known pods; new pods on that node get no network.',
      source,
    },
    {
      name: 'policy-engine',
      failure: 'on that node policies that change are not enforced; those in force stay in the kernel.',
      source,
    },
    {
      name: 'crds',
      scope: 'cilium.io',
      failure: "Cilium's own kinds of object are still written, and nobody acts on them",
      source,
    },
    ...(options.kubeProxyReplacement
      ? [
          {
            name: 'service-routing' as const,
            failure: 'on that node Service addresses go on leading to the endpoints it last knew, dead ones included.',
            source: [...source, 'kubeProxyReplacement'],
          },
        ]
      : []),
    // Where Cilium also gives the addresses out, that component owns their announcement.
    ...(options.l2Announcements && !spec.loadBalancers.some(({ kind }) => kind === 'cilium')
      ? [
          {
            name: 'load-balancer-announcement' as const,
            failure: 'LoadBalancer addresses are answered for by another node within seconds.',
            source: [...source, 'l2Announcements'],
          },
        ]
      : []),
  ],
  requires: (_, spec) => [{ name: 'control-plane', source }, ...overlayNeed(spec, spec.k3s.nodeNetwork, source)],
  helm: (options, spec) => ({
    name: RELEASE,
    namespace: NAMESPACE,
    chart: CHART,
    repository: CHART_REPOSITORY,
    hosts: CHART_HOSTS,
    version: LINES[options.version].chart,
    values: ciliumValues(options, spec),
    bootstrap: 'network',
    // A hook makes Hubble's certificates and is waited for; images, nodes and all may take more than Helm's five minutes.
    timeout: '15m0s',
  }),
  reservedServices,
  listeners,
  flows: ciliumFlows,
  workloads,
  secrets: ({ encryption }) =>
    encryption === 'ipsec'
      ? [{ namespace: NAMESPACE, name: 'cilium-ipsec-keys', keys: ['keys'], purpose: IPSEC_KEY }]
      : [],
  mtu: mtuPaths,
  podNetwork: (options, spec) => {
    const tunnel = tunnelOf(options);
    const secret = encryptedBy(options);
    return {
      podDevices: ['cilium_*', 'lxc*'],
      tunnelDevices: [
        ...(tunnel === undefined ? [] : [tunnel.device]),
        ...(options.encryption === 'wireguard' ? [WIREGUARD_DEVICE] : []),
      ],
      underlay: spec.k3s.nodeNetwork,
      encapsulation: tunnel?.name ?? 'none',
      ...(secret === undefined ? {} : { encryptedBy: secret }),
      encrypts: 'pod-to-pod',
      mtu: routeMtu(options, spec),
      // Without a tunnel pods call nodes under their own addresses. Source: Cilium bpf/lib/nat.h, snat_v4_needed.
      masquerades: tunnel !== undefined,
      nodesKnown:
        'Cilium knows nodes by who they are: `host` is a pod’s own node, `remote-node` any other, and `kube-apiserver` those that run the API server. It tells no other nodes apart, nor the processes of one.',
      ...(tunnel !== undefined && options.encryption === 'wireguard'
        ? { wrappedIn: { port: PORTS.ciliumWireguard.range, device: WIREGUARD_DEVICE } }
        : {}),
      // So that the other node's host firewall knows which pod calls. Source: Cilium bpf/bpf_lxc.c, ENABLE_HOST_FIREWALL.
      ...(tunnel !== undefined && options.hostFirewall ? { toNodes: 'tunnel' as const } : {}),
    };
  },
  k3s: (options, spec, node) =>
    spec.nodes[node]?.role === 'server'
      ? [
          { name: 'flannel-backend', value: 'none', reason: 'Cilium is the pod network; equal on every server' },
          {
            name: 'disable-network-policy',
            value: true,
            reason: 'Cilium enforces network policies; equal on every server',
          },
          ...(options.kubeProxyReplacement
            ? [{ name: 'disable-kube-proxy', value: true, reason: 'Cilium routes Services; equal on every server' }]
            : []),
        ]
      : [],
  commands: (options) => ({
    podRanges: POD_RANGES,
    ...(options.kubeProxyReplacement ? { services: SERVICE_LIST } : {}),
  }),
  notes: ciliumNotes,
  host: hostNeeds,
});
