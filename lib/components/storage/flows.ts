import { PortRange } from '../../net/port';
import { PODS } from '../../plan/claim';
import { ANY_POD, nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { Listener } from '../../plan/listener';
import { addressKind } from '../../plan/network-kind';
import { addressOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { runsK3s } from '../../spec/orchestrator';
import { containers } from '../containers';
import { minioOf, nfsOf, type Minio, type Nfs } from './entries';
import { endpointsOf } from './minio';
import { daemonsOf } from './nfs-ports';

type Declared = Omit<Flow, 'declaredBy'>;

export function storageFlows(spec: Cluster): Declared[] {
  return [
    ...nfsOf(spec).flatMap((one) => nfsFlows(one, spec)),
    ...minioOf(spec).flatMap((one) => minioFlows(one, spec)),
  ];
}

/** The machine mounts a volume, not the pod or container that uses it. */
function nfsFlows(one: Nfs, spec: Cluster): Declared[] {
  const server = String(addressOf(spec, one.node, one.network));
  return daemonsOf(one).map(({ port, purpose }) => ({
    from: nodes('all'),
    to: nodes({ names: [one.node] }),
    protocol: port.protocol,
    port: { container: port.range, host: port.range },
    over: one.network,
    address: addressKind(spec, one.network),
    setBy: [`addr=${server}`],
    reason: `nodes mount ${one.name} (${purpose}), for their pods or containers`,
    source: ['storage', one.name],
  }));
}

function minioFlows(one: Minio, spec: Cluster): Declared[] {
  const port = PortRange.of(one.port);
  const flow = {
    to: nodes(one.nodes),
    protocol: 'tcp' as const,
    port: { container: port, host: port },
    over: one.network,
    address: addressKind(spec, one.network),
    setBy: endpointsOf(one, spec),
    source: ['storage', one.name],
  };
  const { swarm } = spec;
  return [
    { ...flow, from: nodes('all'), reason: `nodes, and what runs on them, call S3 (${one.name})` },
    ...(runsK3s(spec)
      ? [
          {
            ...flow,
            from: ANY_POD,
            port: { ...flow.port, service: port },
            // By Services pods get to the very addresses where MinIO listens.
            over: one.network === spec.k3s.nodeNetwork ? PODS : one.network,
            address: 'service' as const,
            setBy: [`http://${one.name}.${one.namespace}:${one.port}`],
            reason: `pods call S3 (${one.name})`,
          },
        ]
      : []),
    ...(swarm === undefined
      ? []
      : [
          {
            ...flow,
            from: containers(swarm).endpoint,
            devices: containers(swarm).devices,
            sameNode: true as const,
            reason: `containers of the node itself call S3 (${one.name})`,
          },
        ]),
  ];
}

export function storageListeners(spec: Cluster): Omit<Listener, 'owner'>[] {
  const nfs = nfsOf(spec).flatMap((one) =>
    daemonsOf(one).map(({ port, purpose, everywhere }) => ({
      on: { nodes: { names: [one.node] } },
      protocol: port.protocol,
      bind: everywhere ? 'all' : one.network,
      ports: { container: port.range, host: port.range },
      purpose,
      source: ['storage', one.name],
    })),
  );
  const minio = minioOf(spec).map((one) => {
    const port = PortRange.of(one.port);
    return {
      on: { nodes: one.nodes },
      protocol: 'tcp' as const,
      bind: one.network,
      ports: { container: port, host: port },
      purpose: 'S3 by MinIO',
      source: ['storage', one.name],
    };
  });
  // Two exports of one node are served by the same daemons.
  const once = new Map(
    nfs.map((one) => [`${one.on.nodes.names.join()} ${one.protocol} ${String(one.ports.host)} ${one.bind}`, one]),
  );
  return [...once.values(), ...minio];
}
