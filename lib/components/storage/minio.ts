import type { Chart } from 'cdk8s';
import { IntOrString, KubeEndpointSlice, KubeService } from '../../../imports/k8s';
import type { Address, Family } from '../../net/address';
import { addressOf, hostnameOf, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { groupedBy } from '../../text/group';
import { addObject } from '../plain-object';
import type { Minio } from './entries';

const PORT_NAME = 's3';

/** Where the nodes' MinIO listens: each takes one address. */
function listening({ nodes, network }: Minio, spec: Cluster): { readonly node: string; readonly address: Address }[] {
  return selectNodes(spec, nodes).map((node) => ({ node, address: addressOf(spec, node, network) }));
}

/** Addresses of S3 as clients on the nodes write them. */
export function endpointsOf(one: Minio, spec: Cluster): string[] {
  return listening(one, spec).map(({ address }) => `http://${address.withPort(one.port)}`);
}

/** A Service without selector, and a slice of endpoints for each family of the addresses where MinIO listens. */
export function addMinio(chart: Chart, one: Minio, spec: Cluster): void {
  const { name, namespace, port } = one;
  const byFamily = groupedBy(listening(one, spec), ({ address }) => address.family);
  addObject(KubeService, chart, `service-${name}`, {
    metadata: { name, namespace },
    spec: {
      ports: [{ name: PORT_NAME, port, targetPort: IntOrString.fromNumber(port), protocol: 'TCP' }],
      ...familiesOf(spec, [...byFamily.keys()]),
    },
  });
  for (const [family, ends] of byFamily) {
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
      endpoints: ends.map(({ node, address }) => ({
        addresses: [String(address)],
        conditions: { ready: true },
        nodeName: hostnameOf(spec, node),
      })),
    });
  }
}

/** A Service has the first family of the Service ranges and no endpoints of another, unless it is told. Source: Kubernetes docs, dual-stack. */
function familiesOf({ k3s }: Cluster, families: readonly Family[]) {
  if (k3s.serviceCidrs.length < 2) return {};
  return {
    ipFamilyPolicy: families.length > 1 ? 'RequireDualStack' : 'SingleStack',
    ipFamilies: families.map((family) => `IPv${family}`),
  };
}
