import type { Chart } from 'cdk8s';
import { IntOrString, KubeEndpointSlice, KubeService } from '../../../imports/k8s';
import { addressesOf, hostnameOf, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { addObject } from '../plain-object';
import type { Minio } from './entries';

const PORT_NAME = 's3';

/** Addresses of S3 as clients on the nodes write them. */
export function endpointsOf({ nodes, network, port }: Minio, spec: Cluster): string[] {
  return selectNodes(spec, nodes)
    .flatMap((node) => addressesOf(spec, node, network).slice(0, 1))
    .map((address) => `http://${address.withPort(port)}`);
}

/** A Service without selector, and a slice of endpoints for each family of the nodes' addresses. */
export function addMinio(chart: Chart, one: Minio, spec: Cluster): void {
  const { name, namespace, port } = one;
  addObject(KubeService, chart, `service-${name}`, {
    metadata: { name, namespace },
    spec: { ports: [{ name: PORT_NAME, port, targetPort: IntOrString.fromNumber(port), protocol: 'TCP' }] },
  });
  for (const family of [4, 6] as const) {
    const endpoints = selectNodes(spec, one.nodes).flatMap((node) => {
      const addresses = addressesOf(spec, node, one.network)
        .filter((address) => address.family === family)
        .slice(0, 1)
        .map(String);
      return addresses.length === 0
        ? []
        : [{ addresses, conditions: { ready: true }, nodeName: hostnameOf(spec, node) }];
    });
    if (endpoints.length === 0) continue;
    addObject(KubeEndpointSlice, chart, `endpoints-${name}-${family}`, {
      metadata: {
        name: `${name}-ipv${family}`,
        namespace,
        labels: {
          'kubernetes.io/service-name': name,
          // Kubernetes' own controllers leave alone what bears another's name.
          'endpointslice.kubernetes.io/managed-by': 'wayleave',
        },
      },
      addressType: `IPv${family}`,
      ports: [{ name: PORT_NAME, port, protocol: 'TCP' }],
      endpoints,
    });
  }
}
