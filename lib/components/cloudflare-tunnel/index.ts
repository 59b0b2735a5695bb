import { createHash } from 'node:crypto';
import type { Chart } from 'cdk8s';
import { KubeConfigMap } from '../../../imports/k8s';
import { PortRange } from '../../net/port';
import { requireAll } from '../../plan/capability';
import { cloudflaredOf, type CloudflareTunnel } from '../../plan/tunnel';
import type { Cluster } from '../../spec/cluster';
import { register } from '../component';
import { addObject } from '../plain-object';
import { configOf } from './config';
import { addDeployment } from './deployment';
import { tunnelFlows } from './flows';
import { tunnelNotes } from './note';
import { CREDENTIALS_KEY, NAME, placed, podLabels, type Placed } from './place';

/** Cloudflare Tunnels: pods that call Cloudflare, by which requests come in without an open port. */
export const cloudflareTunnel = register<readonly Placed[]>({
  name: 'cloudflare-tunnel',
  title: 'Cloudflare Tunnel',
  options: (spec) => (placed(spec).length === 0 ? undefined : placed(spec)),
  provides: (tunnels) =>
    tunnels.map(({ tunnel, source }) => ({
      name: 'ingress-routing',
      scope: `tunnel ${tunnel.name}`,
      failure: 'hosts of the tunnel answer with an error of Cloudflare’s; everything else goes on',
      source,
    })),
  namespaces: (tunnels) => tunnels.map(({ tunnel }) => ({ name: tunnel.namespace })),
  requires: (tunnels) =>
    tunnels.flatMap(({ source }) => requireAll(source, 'cluster-dns', 'pod-network', 'service-routing')),
  workloads: (tunnels) =>
    tunnels.map(({ tunnel, source }) => ({
      name: cloudflaredOf(tunnel),
      namespace: tunnel.namespace,
      labels: podLabels(tunnel),
      hostNetwork: false,
      nodes: 'all',
      source,
    })),
  listeners: (tunnels) =>
    tunnels.map(({ tunnel, source }) => ({
      on: { workload: cloudflaredOf(tunnel) },
      protocol: 'tcp',
      bind: 'all',
      ports: { container: PortRange.of(tunnel.metricsPort) },
      purpose: `metrics and readiness of tunnel ${tunnel.name}`,
      source: [...source, 'metricsPort'],
    })),
  flows: (_, spec) => tunnelFlows(spec),
  secrets: (tunnels) =>
    tunnels.map(({ tunnel }) => ({
      namespace: tunnel.namespace,
      name: tunnel.credentialsSecret,
      keys: [CREDENTIALS_KEY],
      purpose: `credentials file of tunnel ${tunnel.name}, as cloudflared made it`,
    })),
  notes: (_, spec) => tunnelNotes(spec),
  manifests: (chart, tunnels, plan) => {
    for (const { tunnel } of tunnels) addTunnel(chart, tunnel, plan.spec);
  },
});

function addTunnel(chart: Chart, tunnel: CloudflareTunnel, spec: Cluster): void {
  const config = configOf(tunnel, spec);
  addObject(KubeConfigMap, chart, `config-${tunnel.name}`, {
    metadata: { name: NAME, namespace: tunnel.namespace, labels: podLabels(tunnel) },
    data: { 'config.yaml': config },
  });
  addDeployment(chart, tunnel, createHash('sha256').update(config).digest('hex'));
}
