import { K3S } from '../../net/well-known';
import { PORTS } from '../../net/well-known-ports';
import { callersAnywhere, callersByNetwork, type Callers } from '../../plan/client-network';
import { ANY_POD, nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import { addressOf, selectNodes } from '../../plan/nodes';
import { someSettings } from '../../plan/settings';
import { sourceEndpoint } from '../../plan/source-endpoint';
import { waysToApi } from '../../plan/ways-to-pool';
import type { Cluster } from '../../spec/cluster';
import type { Source } from '../../spec/fields';
import type { K3s } from '../../spec/k3s';
import { apiFlow } from '../api-flow';
import { joinAddress, kubeconfigUrl, url } from './api';

/** Who talks to K3s's own processes. Source of the ports and pairs: K3s documentation, installation requirements. */
export function k3sFlows(options: K3s, spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const over = options.nodeNetwork;
  const between = { protocol: 'tcp' as const, over, address: addressKind(spec, over), source: ['k3s', 'nodeNetwork'] };
  const api = PORTS.k3sApi.range;
  // The API server reaches kubelets for logs and exec inside the connection that each agent opened to it: K3s's
  // `egress-selector-mode` is `agent` by default. Source: K3s documentation, server flags.
  const flows: Omit<Flow, 'declaredBy'>[] = [
    {
      ...between,
      from: nodes('all'),
      to: nodes('servers'),
      port: { container: api, host: api },
      encryptedBy: 'TLS',
      setBy: [`server: ${url(joinAddress(spec).address, K3S.httpsListenPort)}`],
      reason: 'nodes join and watch the API, logs and exec included',
    },
    {
      ...between,
      from: nodes('all'),
      to: nodes('all'),
      port: { container: PORTS.kubelet.range, host: PORTS.kubelet.range },
      encryptedBy: 'TLS',
      setBy: nodeIps(options, spec),
      reason: 'kubelet metrics',
    },
    // Where policies are, whoever calls the API says so; where there are none, every pod may.
    ...(spec.policies === 'off'
      ? [{ ...apiFlow(spec, { name: '', hostNetwork: false }, 'pods call the API', ['k3s']), from: ANY_POD }]
      : []),
    ...operatorFlows(spec),
  ];
  if (options.datastore === 'etcd' && selectNodes(spec, 'servers').length > 1) {
    const etcd = PORTS.etcd.range;
    flows.push({
      ...between,
      from: nodes('servers'),
      to: nodes('servers'),
      port: { container: etcd, host: etcd },
      encryptedBy: 'TLS (both sides)',
      reason: 'etcd members agree on the state of the cluster',
    });
  }
  return flows;
}

function nodeIps({ nodeNetwork }: K3s, spec: Cluster): readonly string[] {
  const written = selectNodes(spec, 'all').map((node) => `node-ip: ${String(addressOf(spec, node, nodeNetwork))}`);
  return someSettings(written, 'node-ip');
}

/** kubectl and other machines, from where the spec lets them. */
function operatorFlows(spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const endpoint = spec.api.endpoint;
  const callers = (source: Source): Callers[] => {
    if (endpoint === undefined || 'host' in endpoint) return callersAnywhere(spec, source, 'servers');
    // Where the kubeconfig names a network's address, callers from elsewhere come by it.
    if (!('vip' in endpoint)) return callersByNetwork(spec, source, { nodes: 'servers', front: endpoint.network });
    const from = sourceEndpoint(spec, source);
    return waysToApi(spec, endpoint.network, source).map((over) => ({ from, over }));
  };
  // Whatever port they dial on the way, it is K3s's own by the time they reach a server.
  const port = PORTS.k3sApi.range;
  return spec.api.allowFrom.flatMap((source, i) =>
    callers(source).map(({ from, over }) => ({
      from,
      to: nodes('servers'),
      protocol: 'tcp' as const,
      port: { container: port, host: port },
      over,
      address: addressKind(spec, over),
      encryptedBy: 'TLS',
      setBy: [`kubeconfig: ${kubeconfigUrl(spec, over)}`],
      reason: 'operators call the Kubernetes API',
      source: ['api', 'allowFrom', i],
    })),
  );
}
