import { requireAll } from '../../plan/capability';
import { runsK3s } from '../../spec/orchestrator';
import { PortRange } from '../../net/port';
import { DNS_PORT } from '../../net/well-known-ports';
import { OUTSIDE } from '../../plan/claim';
import { CLUSTER_DNS, lookUps } from '../../plan/cluster-dns';
import { ANY_POD, workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { rendersPolicies } from '../../plan/policies';
import { probe } from '../../plan/probe';
import { outsideLookUps } from '../../plan/resolvers';
import { cniRoutesServices } from '../../plan/service-router';
import type { Cluster } from '../../spec/cluster';
import { apiFlow } from '../api-flow';
import { register } from '../component';
import { TAINTS_OF_SERVERS } from '../placement';

/** Name, labels and ports as in K3s's manifests/coredns.yaml. */
const COREDNS = CLUSTER_DNS;
const METRICS = PortRange.of(9153);
const HEALTH = 8080;
const READY = 8181;

/** Cluster DNS, as K3s packages it. */
export const coredns = register<{ readonly domain: string }>({
  name: 'coredns',
  title: 'CoreDNS',
  options: (spec) =>
    !runsK3s(spec) || spec.k3s.disable.includes('coredns') ? undefined : { domain: spec.k3s.clusterDomain },
  provides: () => [
    {
      name: 'cluster-dns',
      failure:
        'No pod resolves a name any more, so new connections by name fail; those that are open go on. K3s runs one replica; it keeps no state, so a new one answers at once.',
      source: ['k3s', 'clusterDns'],
    },
  ],
  requires: () => requireAll(['k3s', 'clusterDns'], 'pod-network', 'service-routing'),
  reservedServices: () => [{ name: 'kube-system/kube-dns', purpose: 'cluster DNS', source: ['k3s', 'clusterDns'] }],
  workloads: () => [
    {
      name: COREDNS,
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-dns' },
      hostNetwork: false,
      nodes: 'all',
      tolerates: TAINTS_OF_SERVERS,
      source: ['k3s', 'clusterDns'],
    },
  ],
  listeners: () => [
    ...(['udp', 'tcp'] as const).map((protocol) => ({
      on: { workload: COREDNS },
      protocol,
      bind: 'all',
      ports: { container: DNS_PORT, service: DNS_PORT },
      purpose: 'cluster DNS',
      source: ['k3s', 'clusterDns'],
    })),
    {
      on: { workload: COREDNS },
      protocol: 'tcp',
      bind: 'all',
      ports: { container: METRICS, service: METRICS },
      purpose: 'CoreDNS metrics',
      source: ['k3s', 'clusterDns'],
    },
    ...[HEALTH, READY].map((port) => ({
      on: { workload: COREDNS },
      protocol: 'tcp' as const,
      bind: 'all',
      ports: { container: PortRange.of(port) },
      purpose: port === HEALTH ? 'whether CoreDNS lives' : 'whether CoreDNS is ready',
      probed: true,
      source: ['k3s', 'clusterDns'],
    })),
  ],
  flows: (_, spec) => flows(spec),
  notes: ({ domain }, spec) => [{ section: 'dns', title: 'Names inside the cluster', text: text(domain, spec) }],
});

function flows(spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const source = ['k3s', 'clusterDns'];
  const forwarded = "names outside the cluster, by the node's own resolvers";
  return [
    ...lookUps(ANY_POD, 'pods resolve names', source),
    ...outsideLookUps(spec, workload(COREDNS), OUTSIDE, forwarded, source),
    // Source: k3s manifests/coredns.yaml, livenessProbe and readinessProbe.
    ...[HEALTH, READY].map((port) => probe({ name: COREDNS, port, source })),
    apiFlow(spec, { name: COREDNS, hostNetwork: false }, 'CoreDNS watches Services and endpoints', source),
  ];
}

/** Source: k3s pkg/agent/config/config.go, locateOrGenerateResolvConf. */
const UPSTREAM =
  "Other names go to the resolvers of CoreDNS's node: those of `/etc/resolv.conf`, or of systemd-resolved where that file names one that only the node itself reaches (loopback or link-local); where both do, K3s takes Google's.";
const CLOSED =
  'Policies let CoreDNS ask whoever is outside the cluster: a resolver that runs on a node is not, and gives no answer. State the resolvers at `dns.upstreams`, or name another to the kubelet by `resolv-conf` of K3s.';

function upstreams({ dns }: Cluster): string {
  const one = dns.upstreams.length === 1;
  return `The spec names ${one ? 'it' : 'them'}: ${dns.upstreams.join(', ')}. Policies let CoreDNS ask ${one ? 'this one' : 'these'} alone, so ${one ? 'it has' : 'they have'} to be what \`/etc/resolv.conf\` of the nodes says.`;
}

function text(domain: string, spec: Cluster): string {
  const router = cniRoutesServices(spec) ? 'Cilium' : 'kube-proxy';
  return [
    `A pod's \`/etc/resolv.conf\` names ${spec.k3s.clusterDns}, the Service of CoreDNS.`,
    `\`<service>.<namespace>.svc.${domain}\` is the Service's address; inside its namespace the first label is enough.`,
    'A headless Service answers with the addresses of its pods.',
    UPSTREAM,
    ...(rendersPolicies(spec) ? [spec.dns.upstreams.length === 0 ? CLOSED : upstreams(spec)] : []),
    'CoreDNS keeps no state: after a restart pods simply ask again.',
    '',
    'How a pod resolves the name of a Service:',
    '',
    "1. The app asks its resolver, which reads `/etc/resolv.conf`: the nameserver, and `search` with the pod's own namespace first.",
    `2. A query leaves for ${spec.k3s.clusterDns}, port 53 of UDP.`,
    `3. What ${router} told the kernel leads it to the pod of CoreDNS, on whichever node that is.`,
    '4. CoreDNS looks the name up among the Services it has from the Kubernetes API, and answers from memory.',
    "5. The answer is the Service's address, to be kept for a few seconds only; the app opens its connection to it.",
  ].join('\n');
}
