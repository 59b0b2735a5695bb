import type { Chart } from 'cdk8s';
import { AddressSet } from '../../net/address-set';
import { PortRange } from '../../net/port';
import { PORTS } from '../../net/well-known-ports';
import { bgpSessions } from '../../plan/bgp-peer';
import type { Provided } from '../../plan/capability';
import type { Claim } from '../../plan/claim';
import { workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { Listener } from '../../plan/listener';
import { poolClaims } from '../../plan/pool';
import { addressKind } from '../../plan/network-kind';
import type { Plan } from '../../plan/plan';
import type { Workload } from '../../plan/workload';
import type { Cluster } from '../../spec/cluster';
import type { NodeSelector } from '../../spec/fields';
import { sortedEntries } from '../../text/compare';
import { apiFlow } from '../api-flow';
import { networkOfPeer } from '../../plan/bgp-network';
import { register } from '../component';
import { strictArp } from '../strict-arp';
import { addCloudProvider, CLOUD_PROVIDER_LABELS } from './cloud-provider';
import { addDaemonSets, SERVICE_ACCOUNT } from './daemon-sets';
import { kubeVipNotes } from './note';
import type { KubeVipOptions } from './options';
import {
  CLOUD_PROVIDER,
  CONTROL_PLANE,
  kubeVipPools,
  NAMESPACE,
  placeOf,
  serviceNodes,
  SERVICES,
  virtualApi,
} from './place';
import { addRights, KUBE_VIP_RULES } from './rights';
import { SERVER_LABEL } from '../placement';

/** kube-vip: announces the API's virtual address and Services', each by a DaemonSet, and gives out the latter. */
export const kubeVip = register<KubeVipOptions>({
  name: 'kube-vip',
  title: 'kube-vip',
  options: (spec) => spec.loadBalancers.find((balancer) => balancer.kind === 'kube-vip'),
  provides,
  // Announced without an address from anyone, a Service would get its node's own (kube-vip docs, Kubernetes services).
  requires: (options, spec) => [
    { name: 'control-plane', source: placeOf(spec) },
    ...(options.services !== undefined && kubeVipPools(spec).length === 0
      ? [{ name: 'load-balancer-addresses' as const, source: [...placeOf(spec), 'services'] }]
      : []),
  ],
  claims,
  listeners,
  flows,
  workloads,
  k3s: ({ mode, services }, spec) => (mode === 'arp' && services !== undefined ? strictArp(spec, 'kube-vip') : []),
  notes: kubeVipNotes,
  // In both places, byte for byte: operators use the API's address before there is an Argo CD.
  bootstrap: addObjects,
  manifests: addObjects,
});

function addObjects(chart: Chart, options: KubeVipOptions, { spec }: Plan): void {
  addRights(chart, SERVICE_ACCOUNT, 'system:kube-vip', KUBE_VIP_RULES);
  addDaemonSets(chart, options, spec);
  addCloudProvider(chart, options, spec);
}

function provides(options: KubeVipOptions, spec: Cluster): Omit<Provided, 'owner'>[] {
  const source = placeOf(spec);
  const takeover =
    options.mode === 'arp'
      ? 'another server takes the address over once its lease has run out'
      : 'the routers choose another server';
  return [
    ...(virtualApi(options, spec) === undefined
      ? []
      : [
          {
            name: 'api-address' as const,
            failure: `${takeover}; until then the API answers at the servers' own addresses alone.`,
            source,
          },
        ]),
    ...(kubeVipPools(spec).length === 0
      ? []
      : [
          {
            name: 'load-balancer-addresses' as const,
            failure: 'new LoadBalancer Services get no address; those that have one keep it.',
            source,
          },
        ]),
    ...(options.services === undefined
      ? []
      : [
          {
            name: 'load-balancer-announcement' as const,
            failure:
              options.mode === 'bgp'
                ? 'when a node fails, the routers send to the others once its sessions have run out; with all of them down they know no way to the addresses.'
                : 'when a node fails, another takes over its addresses; with all of them down nobody answers.',
            source,
          },
        ]),
    ...bgpSessions(spec, 'kube-vip'),
  ];
}

function claims(options: KubeVipOptions, spec: Cluster): Claim[] {
  const endpoint = virtualApi(options, spec);
  if (endpoint === undefined) return poolClaims(spec, 'kube-vip');
  const { vip, network } = endpoint;
  return [
    {
      owner: 'kube-vip',
      purpose: 'virtual address of the Kubernetes API',
      network,
      addresses: AddressSet.of(vip),
      source: ['api', 'endpoint', 'vip'],
      ...(spec.networks[network]?.kind === 'public' ? {} : { within: ['networks', network, 'prefix'] }),
    },
    ...poolClaims(spec, 'kube-vip'),
  ];
}

function listeners(options: KubeVipOptions, spec: Cluster): Omit<Listener, 'owner'>[] {
  const { controlPlane, services } = options;
  const alone = serviceNodes(options, spec);
  const metrics = (port: number, nodes: NodeSelector, role: string, key: string) => ({
    on: { nodes },
    protocol: 'tcp' as const,
    bind: 'all' as const,
    ports: { container: PortRange.of(port), host: PortRange.of(port) },
    purpose: `metrics of kube-vip for ${role}`,
    source: [...placeOf(spec), key, 'metricsPort'],
  });
  return [
    ...(controlPlane === undefined || virtualApi(options, spec) === undefined
      ? []
      : [metrics(controlPlane.metricsPort, 'servers', 'the API', 'controlPlane')]),
    ...(services === undefined || alone === undefined
      ? []
      : [metrics(services.metricsPort, alone, 'Services', 'services')]),
  ];
}

/** The DaemonSets reach the API by loopback, which no firewall judges, and ARP is no flow of addresses. */
function flows(options: KubeVipOptions, spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const own = { name: `${NAMESPACE}/${CLOUD_PROVIDER}`, hostNetwork: false };
  const reason = "kube-vip's cloud provider watches Services and writes their addresses";
  return [
    ...(kubeVipPools(spec).length === 0 ? [] : [apiFlow(spec, own, reason, placeOf(spec))]),
    ...(options.mode === 'bgp' ? sessions(options, spec) : []),
  ];
}

function sessions(options: KubeVipOptions, spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const announcers = workloads(options, spec).filter(({ hostNetwork }) => hostNetwork);
  return sortedEntries(options.bgp?.peers ?? {}).flatMap(([name, { address }]) => {
    const over = networkOfPeer(spec, address);
    return announcers.map((announcer) => ({
      from: workload(announcer.name),
      to: { kind: 'range' as const, name: `router ${name}`, addresses: AddressSet.of(address) },
      protocol: 'tcp' as const,
      port: { container: PORTS.bgp.range, host: PORTS.bgp.range },
      over,
      address: addressKind(spec, over),
      reason: 'kube-vip announces addresses by BGP',
      source: [...placeOf(spec), 'bgp', 'peers', name],
    }));
  });
}

function workloads(options: KubeVipOptions, spec: Cluster): Omit<Workload, 'owner'>[] {
  const source = placeOf(spec);
  const alone = serviceNodes(options, spec);
  const daemonSet = (name: string, nodes: Workload['nodes']): Omit<Workload, 'owner'> => ({
    name: `${NAMESPACE}/${name}`,
    namespace: NAMESPACE,
    labels: { 'app.kubernetes.io/name': name },
    hostNetwork: true,
    nodes,
    source,
  });
  return [
    ...(virtualApi(options, spec) === undefined ? [] : [daemonSet(CONTROL_PLANE, 'servers')]),
    ...(alone === undefined ? [] : [daemonSet(SERVICES, alone)]),
    ...(kubeVipPools(spec).length === 0
      ? []
      : [
          {
            ...daemonSet(CLOUD_PROVIDER, 'all'),
            labels: CLOUD_PROVIDER_LABELS,
            hostNetwork: false,
            tolerates: [SERVER_LABEL],
          },
        ]),
  ];
}
