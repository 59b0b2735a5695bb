import { requireAll } from '../../plan/capability';
import { runsK3s } from '../../spec/orchestrator';
import { PORTS } from '../../net/well-known-ports';
import { PortRange } from '../../net/port';
import { PODS } from '../../plan/claim';
import { nodes, workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { probe } from '../../plan/probe';
import { addressKind } from '../../plan/network-kind';
import type { Cluster } from '../../spec/cluster';
import { apiFlow } from '../api-flow';
import { register } from '../component';
import { TAINTS_OF_SERVERS } from '../placement';

/** Name, labels and port as in K3s's manifests/metrics-server. */
const METRICS_SERVER = 'kube-system/metrics-server';
const SECURE = PortRange.of(10250);
const source = ['k3s', 'disable'];

/** The resource metrics of `kubectl top` and autoscalers, as K3s packages them. */
export const metricsServer = register<Record<string, never>>({
  name: 'metrics-server',
  title: 'metrics-server',
  options: (spec) => (!runsK3s(spec) || spec.k3s.disable.includes('metrics-server') ? undefined : {}),
  requires: () => requireAll(source, 'pod-network', 'cluster-dns'),
  reservedServices: () => [{ name: METRICS_SERVER, purpose: 'resource metrics', source }],
  workloads: () => [
    {
      name: METRICS_SERVER,
      namespace: 'kube-system',
      labels: { 'k8s-app': 'metrics-server' },
      hostNetwork: false,
      nodes: 'all',
      tolerates: TAINTS_OF_SERVERS,
      source,
    },
  ],
  listeners: () => [
    {
      on: { workload: METRICS_SERVER },
      protocol: 'tcp',
      bind: 'all',
      ports: { container: SECURE, service: PortRange.of(443) },
      purpose: 'resource metrics',
      source,
    },
  ],
  flows: (_, spec) => flows(spec),
});

const flows = (spec: Cluster): Omit<Flow, 'declaredBy'>[] => [
  apiFlow(
    spec,
    { name: METRICS_SERVER, hostNetwork: false },
    'metrics-server learns of nodes and pods, and asks whether a caller may',
    source,
  ),
  // Source: k3s manifests/metrics-server, metrics-server-deployment.yaml.
  probe({ name: METRICS_SERVER, port: SECURE.first, tls: true, source }),
  {
    from: workload(METRICS_SERVER),
    to: nodes('all'),
    protocol: 'tcp',
    port: { container: PORTS.kubelet.range, host: PORTS.kubelet.range },
    over: PODS,
    address: addressKind(spec, spec.k3s.nodeNetwork),
    encryptedBy: 'TLS',
    reason: 'kubelet metrics',
    source,
  },
  {
    from: nodes('servers'),
    to: workload(METRICS_SERVER),
    protocol: 'tcp',
    port: { container: SECURE, service: PortRange.of(443) },
    over: PODS,
    address: 'pod',
    encryptedBy: 'TLS',
    reason: 'the API server passes on requests for metrics',
    source,
  },
];
