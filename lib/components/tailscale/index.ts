import { Connector } from '../../../imports/tailscale.com';
import { PortRange } from '../../net/port';
import { requireAll } from '../../plan/capability';
import { connectorOf } from '../../plan/tunnel';
import { sortedEntries } from '../../text/compare';
import { register } from '../component';
import { VERSIONS } from '../versions';
import { addObject } from '../plain-object';
import { tailscaleFlows } from './flows';
import { CHART, CHART_HOSTS, CHART_REPOSITORY, operatorOf, placeOf, RELEASE } from './names';
import { tailscaleNotes } from './note';
import type { TailscaleOptions } from './options';
import { addProxyClasses, classOf, nodesOf, PROXY_METRICS } from './proxy-class';
import { tailscaleValues } from './values';

/** Tailscale's operator and its connectors: pods by which devices of a tailnet reach prefixes of the cluster. */
export const tailscale = register<TailscaleOptions>({
  name: 'tailscale',
  options: (spec) => spec.tunnels.find((tunnel) => tunnel.kind === 'tailscale'),
  // One for each that the spec asks for: a second operator would fight with the first over the same objects.
  provides: (_, spec) =>
    spec.tunnels.flatMap(({ kind }, i) =>
      kind === 'tailscale'
        ? [
            {
              name: 'crds',
              scope: 'tailscale.com',
              failure: 'connectors are not changed any more; those that run go on',
              source: ['tunnels', i],
            },
          ]
        : [],
    ),
  // A connector's pod sets sysctls in a privileged container before it starts.
  namespaces: ({ namespace }) => [{ name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }],
  requires: (_, spec) => requireAll(placeOf(spec), 'cluster-dns', 'control-plane', 'pod-network', 'service-routing'),
  helm: (options) => ({
    name: RELEASE,
    namespace: options.namespace,
    chart: CHART,
    repository: CHART_REPOSITORY,
    hosts: CHART_HOSTS,
    version: VERSIONS.tailscaleOperatorChart,
    values: tailscaleValues(options),
  }),
  workloads: (options, spec) => {
    const pod = { namespace: options.namespace, hostNetwork: false, nodes: 'all', source: placeOf(spec) } as const;
    return [
      { ...pod, name: operatorOf(options), labels: { app: 'operator' } },
      ...Object.keys(options.connectors).map((name) => ({
        ...pod,
        name: connectorOf(options, name),
        nodes: nodesOf(options, name),
        // Source: tailscale cmd/k8s-operator, labels of a proxy's pods.
        labels: {
          'tailscale.com/managed': 'true',
          'tailscale.com/parent-resource': name,
          'tailscale.com/parent-resource-type': 'connector',
        },
      })),
    ];
  },
  listeners: (options, spec) => [
    {
      on: { workload: operatorOf(options) },
      protocol: 'tcp',
      bind: 'all',
      ports: { container: PortRange.of(8080) },
      purpose: 'metrics of the Tailscale operator',
      source: placeOf(spec),
    },
    ...Object.keys(options.connectors).flatMap((name) =>
      classOf(options, name)?.metrics === true
        ? [
            {
              on: { workload: connectorOf(options, name) },
              protocol: 'tcp' as const,
              bind: 'all' as const,
              ports: { container: PortRange.of(PROXY_METRICS) },
              purpose: `metrics of connector ${name}`,
              source: [...placeOf(spec), 'connectors', name, 'proxyClass'],
            },
          ]
        : [],
    ),
  ],
  flows: tailscaleFlows,
  secrets: (options) => [
    {
      namespace: options.namespace,
      name: options.oauthSecret,
      keys: ['client_id', 'client_secret'],
      purpose: 'OAuth client of the tailnet, by which the operator adds its devices',
    },
  ],
  notes: tailscaleNotes,
  delivers: ({ connectors, proxyClasses }) => Object.keys({ ...connectors, ...proxyClasses }).length > 0,
  manifests: (chart, options, plan) => {
    addProxyClasses(chart, options, plan.spec);
    for (const [name, { hostname, routes, tags, exitNode, proxyClass }] of sortedEntries(options.connectors)) {
      addObject(Connector, chart, `connector-${name}`, {
        metadata: { name },
        spec: {
          hostname: hostname ?? name,
          tags,
          ...(routes.length === 0 ? {} : { subnetRouter: { advertiseRoutes: routes.map(String) } }),
          ...(exitNode ? { exitNode } : {}),
          ...(proxyClass === undefined ? {} : { proxyClass }),
        },
      });
    }
  },
});
