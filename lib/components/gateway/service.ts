import type { Chart } from 'cdk8s';
import { KubeService } from '../../../imports/k8s';
import { balancedSpec } from '../../plan/balanced-service';
import { pinAnnotations, type LoadBalancerService } from '../../plan/load-balancer';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { addPlainObject } from '../plain-object';
import type { GatewayOptions } from './options';
import { gatewayWorkload, podLabels, type Placed } from './place';

type Balanced = Omit<LoadBalancerService, 'owner'>;

/** Its ports, by name; a range is one of them. */
export function gatewayPorts({ ports }: GatewayOptions): LoadBalancerService['ports'] {
  return sortedEntries(ports).map(
    ([name, { service, container, protocol, tls, encryptedBy = tls ? 'TLS' : undefined }]) => ({
      name,
      protocol,
      service,
      container: container ?? service,
      ...(encryptedBy === undefined ? {} : { encryptedBy }),
    }),
  );
}

/** The port that the kubelet asks whether the gateway is well, if there is one: its own for that, else its first of TCP. */
export function probedPorts(gateway: GatewayOptions): number[] {
  if (gateway.health !== undefined) return [gateway.health.port];
  const first = gatewayPorts(gateway).find(({ protocol }) => protocol === 'tcp');
  return first === undefined ? [] : [first.container.first];
}

/** The Service in front of it. */
export function gatewayService({ gateway, source }: Placed): Balanced {
  const { addresses, pool, externalTrafficPolicy, allowFrom } = gateway;
  return {
    name: gatewayWorkload(gateway),
    workload: gatewayWorkload(gateway),
    ports: gatewayPorts(gateway),
    ...(addresses === undefined ? {} : { addresses }),
    ...(pool === undefined ? {} : { pool }),
    externalTrafficPolicy,
    allowFrom,
    callersAt: [...source, 'allowFrom'],
    source,
  };
}

/**
 * Above so many ports `kubectl apply` would keep a copy of the Service that is larger than annotations may be (262144
 * bytes in all; a port takes about 90). Source: Kubernetes apimachinery, pkg/api/validation/objectmeta.go.
 */
const PORTS_IN_AN_ANNOTATION = 2000;

/** A Service names each of its ports: here alone a range is as long as it is. */
export function addService(chart: Chart, { gateway, source }: Placed, spec: Cluster): void {
  const service = gatewayService({ gateway, source });
  const ports = service.ports.flatMap(eachPort);
  const annotations = {
    ...pinAnnotations(spec, service),
    ...(ports.length > PORTS_IN_AN_ANNOTATION ? { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' } : {}),
  };
  addPlainObject(KubeService, chart, `service-${gateway.name}`, {
    metadata: {
      name: gateway.name,
      namespace: gateway.namespace,
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec: { type: 'LoadBalancer', selector: podLabels(gateway), ports, ...balancedSpec(spec, service) },
  });
}

function eachPort({ name, protocol, service, container }: LoadBalancerService['ports'][number]) {
  return Array.from({ length: service.count }, (_, i) => ({
    name: service.count === 1 ? name : `${name}-${service.first + i}`,
    port: service.first + i,
    targetPort: container.count === 1 ? container.first : container.first + i,
    protocol: protocol.toUpperCase(),
  }));
}
