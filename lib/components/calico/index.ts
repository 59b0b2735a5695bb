import { podFamilies } from '../../plan/cluster-ranges';
import { networkEncryption } from '../../plan/network-kind';
import type { HostNeeds } from '../../plan/host-needs';
import { overlayNeed } from '../../plan/overlay-need';
import type { Cluster } from '../../spec/cluster';
import { register } from '../component';
import { VERSIONS } from '../versions';
import { encapsulationOf, WIREGUARD } from './encapsulation';
import { calicoFlows } from './flows';
import { addInstallation } from './installation';
import { mtuPaths, podMtu } from './mtu';
import { CHART, CHART_HOSTS, CHART_REPOSITORY, NAMESPACE, RELEASE } from './names';
import { calicoNotes } from './notes';
import type { CalicoOptions } from './options';
import { listeners, reservedServices, workloads } from './parts';
import { nodesAppearAs, nodesKnown, tunnelClaims } from './tunnel-pools';

const source = ['cni'];

/** What Kubernetes assigns to a node is not used. Source: Calico docs, reference, block affinity. */
const BLOCKS = [
  '# blocks of pod addresses of each node, as Calico assigned them',
  'kubectl get blockaffinities.crd.projectcalico.org -o custom-columns=NODE:.spec.node,BLOCK:.spec.cidr',
];

/** Calico: pod network and policies, kept by the Tigera operator. kube-proxy goes on routing Services. */
export const calico = register<CalicoOptions>({
  name: 'calico',
  options: (spec) => (spec.cni.kind === 'calico' ? spec.cni : undefined),
  provides: () => [
    {
      name: 'pod-network',
      failure:
        'routes and rules stay in the kernel, so pods go on reaching each other; new pods on that node get no network, and nodes that join or leave are missed.',
      source,
    },
    {
      name: 'policy-engine',
      failure: 'on that node policies that change are not enforced; those in force stay in the kernel.',
      source,
    },
    ...['crd.projectcalico.org', 'operator.tigera.io'].map((scope) => ({
      name: 'crds' as const,
      scope,
      failure: "Calico's own kinds of object are still written, and nobody acts on them",
      source,
    })),
  ],
  requires: (_, spec) => [
    { name: 'control-plane', source },
    // Every part of it calls the API by its Service.
    { name: 'service-routing', source },
    ...overlayNeed(spec, spec.k3s.nodeNetwork, source),
  ],
  helm: () => ({
    name: RELEASE,
    namespace: NAMESPACE,
    chart: CHART,
    repository: CHART_REPOSITORY,
    hosts: CHART_HOSTS,
    version: VERSIONS.tigeraOperatorChart,
    values: VALUES,
    bootstrap: 'network',
  }),
  reservedServices,
  claims: tunnelClaims,
  listeners,
  flows: calicoFlows,
  workloads,
  mtu: mtuPaths,
  podNetwork,
  k3s: (_, spec, node) =>
    spec.nodes[node]?.role === 'server'
      ? [
          { name: 'flannel-backend', value: 'none', reason: 'Calico is the pod network; equal on every server' },
          {
            name: 'disable-network-policy',
            value: true,
            reason: 'Calico enforces network policies; equal on every server',
          },
        ]
      : [],
  commands: () => ({ podRanges: BLOCKS }),
  notes: calicoNotes,
  host: hostNeeds,
  // In both places, byte for byte: pods need it before Argo CD can run.
  bootstrap: addInstallation,
  manifests: addInstallation,
});

/**
 * The operator alone. Since 3.32 the chart leaves out the definitions of its objects, and Helm refuses a release that
 * holds an object without one: so it holds none, and the operator brings the definitions as it starts.
 * Source: projectcalico/calico, issue 12860 and charts/tigera-operator/values.yaml.
 */
const VALUES = {
  installation: { enabled: false },
  apiServer: { enabled: false },
  goldmane: { enabled: false },
  whisker: { enabled: false },
  manageCRDs: true,
} as const;

function podNetwork(options: CalicoOptions, spec: Cluster) {
  const tunnel = encapsulationOf(options);
  const encryptedBy = options.wireguard ? WIREGUARD.label : networkEncryption(spec, spec.k3s.nodeNetwork);
  return {
    podDevices: ['cali*'],
    tunnelDevices: podFamilies(spec)
      .flatMap((family) => [tunnel.devices[family], options.wireguard ? WIREGUARD.devices[family] : undefined])
      .filter((device) => device !== undefined),
    underlay: spec.k3s.nodeNetwork,
    encapsulation: tunnel.name,
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    encrypts: options.wireguard ? ('pod-to-pod' as const) : ('to-pods' as const),
    mtu: podMtu(options, spec),
    // Nodes' addresses lie in no pool, so that they count as outside. Source: Calico docs, IPPool, natOutgoing.
    masquerades: options.natOutgoing,
    nodesAppearAs: nodesAppearAs(options, spec),
    nodesKnown: nodesKnown(options, spec),
    leavesAs: options.natOutgoing ? ('node' as const) : ('pod' as const),
  };
}

/** Felix sets what it wants of the kernel itself, but for the modules it may not load. */
function hostNeeds(options: CalicoOptions): HostNeeds {
  const { name } = encapsulationOf(options);
  return {
    modules: [
      ...(name === 'none' ? [] : [{ name, reason: "Calico's tunnel between nodes" }]),
      ...(options.wireguard ? [{ name: 'wireguard', reason: "Calico's encryption between nodes" }] : []),
    ],
  };
}
