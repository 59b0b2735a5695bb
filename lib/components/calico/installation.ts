import type { Chart } from 'cdk8s';
import { FelixConfiguration } from '../../../imports/crd.projectcalico.org';
import {
  Installation,
  InstallationSpecCalicoNetworkBgp as Bgp,
  InstallationSpecCalicoNetworkContainerIpForwarding as Forwarding,
  InstallationSpecCalicoNetworkIpPoolsEncapsulation as PoolEncapsulation,
  InstallationSpecCalicoNetworkIpPoolsNatOutgoing as NatOutgoing,
  InstallationSpecCalicoNetworkLinuxDataplane as Dataplane,
  InstallationSpecCalicoNetworkNodeAddressAutodetectionV4Kubernetes as Detected4,
  InstallationSpecCalicoNetworkNodeAddressAutodetectionV6Kubernetes as Detected6,
  InstallationSpecVariant,
  type InstallationSpecCalicoNetwork,
  type InstallationSpecCalicoNetworkIpPools as IpPool,
} from '../../../imports/operator.tigera.io';
import { bitsOf } from '../../net/address';
import type { Prefix } from '../../net/prefix';
import { podFamilies } from '../../plan/cluster-ranges';
import { outerFamilies } from '../../plan/underlay';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import { addObject } from '../plain-object';
import { encapsulationOf } from './encapsulation';
import { podMtu } from './mtu';
import type { CalicoOptions } from './options';
import { tunnelPools } from './tunnel-pools';

/** The operator brings the kinds of these objects itself, once it runs. */
const AFTER_OPERATOR = {
  'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
  'argocd.argoproj.io/sync-wave': '1',
};

/** The one name that the operator and Felix heed. Source: Calico docs, installation reference and Felix configuration. */
const metadata = { name: 'default', annotations: AFTER_OPERATOR };

/** What the operator is to install. */
export function addInstallation(chart: Chart, options: CalicoOptions, { spec }: Plan): void {
  addObject(Installation, chart, 'installation', {
    metadata,
    spec: { variant: InstallationSpecVariant.CALICO, calicoNetwork: calicoNetwork(options, spec) },
  });
  if (options.wireguard) addWireguard(chart, spec);
}

/** The Installation has no word for it. */
function addWireguard(chart: Chart, spec: Cluster): void {
  const families = outerFamilies(spec);
  addObject(FelixConfiguration, chart, 'felix', {
    metadata,
    spec: {
      ...(families.includes(4) ? { wireguardEnabled: true } : {}),
      ...(families.includes(6) ? { wireguardEnabledV6: true } : {}),
    },
  });
}

function calicoNetwork(options: CalicoOptions, spec: Cluster): InstallationSpecCalicoNetwork {
  const families = podFamilies(spec);
  return {
    bgp: options.bgp ? Bgp.ENABLED : Bgp.DISABLED,
    // K3s docs, networking options: with Calico, pods must be allowed to forward.
    containerIpForwarding: Forwarding.ENABLED,
    ipPools: [
      ...spec.k3s.clusterCidrs.map((cidr) => ipPool(options, spec, cidr)),
      ...tunnelPools(options, spec).map(({ prefix }) => tunnelPool(options, prefix)),
    ],
    // Felix and kube-proxy must use the same kernel tables. Source: Calico docs, nftables.
    linuxDataplane: spec.k3s.proxy.mode === 'nftables' ? Dataplane.NFTABLES : Dataplane.IPTABLES,
    mtu: podMtu(options, spec).bytes,
    // K3s is told each node's address on the node network; nobody has to guess it by interface.
    ...(families.includes(4) ? { nodeAddressAutodetectionV4: { kubernetes: Detected4.NODE_INTERNAL_IP } } : {}),
    ...(families.includes(6) ? { nodeAddressAutodetectionV6: { kubernetes: Detected6.NODE_INTERNAL_IP } } : {}),
  };
}

/** An IPv6 address is so much longer than an IPv4 one: a block holds as many addresses of either. */
const BITS_MORE_IN_IPV6 = 96;

/** Length of the prefix that a node takes at a time. */
export function blockLength({ blockSize }: CalicoOptions, family: 4 | 6): number {
  return family === 6 ? blockSize + BITS_MORE_IN_IPV6 : blockSize;
}

/** The operator writes its defaults into the object: written here, Argo CD finds no difference. */
function ipPool(options: CalicoOptions, spec: Cluster, cidr: Prefix): IpPool {
  const apart = tunnelPools(options, spec).some(({ prefix }) => prefix.family === cidr.family);
  return {
    name: `default-ipv${cidr.family}-ippool`,
    cidr: String(cidr),
    blockSize: blockLength(options, cidr.family),
    encapsulation: poolEncapsulation(options, cidr.family),
    natOutgoing: options.natOutgoing ? NatOutgoing.ENABLED : NatOutgoing.DISABLED,
    nodeSelector: 'all()',
    allowedUses: apart ? ['Workload'] : ['Workload', 'Tunnel'],
    assignmentMode: 'Automatic',
    disableBgpExport: false,
    disableNewAllocations: false,
  };
}

/** Two bits make four addresses, which is more than a node has tunnel devices. */
const TUNNEL_BLOCK_BITS = 2;

/** Calico routes to these addresses as to pods', so that answers find the node; nobody outside is called from them. */
function tunnelPool(options: CalicoOptions, cidr: Prefix): IpPool {
  return {
    name: `tunnel-ipv${cidr.family}-ippool`,
    cidr: String(cidr),
    blockSize: Math.max(bitsOf(cidr.family) - TUNNEL_BLOCK_BITS, cidr.length),
    encapsulation: poolEncapsulation(options, cidr.family),
    natOutgoing: NatOutgoing.DISABLED,
    nodeSelector: 'all()',
    allowedUses: ['Tunnel'],
    assignmentMode: 'Automatic',
    disableBgpExport: false,
    disableNewAllocations: false,
  };
}

function poolEncapsulation(options: CalicoOptions, family: 4 | 6): PoolEncapsulation {
  const { name } = encapsulationOf(options);
  return name === 'ipip' && family === 6 ? PoolEncapsulation.NONE : ENCAPSULATIONS[options.encapsulation];
}

const ENCAPSULATIONS: Readonly<Record<CalicoOptions['encapsulation'], PoolEncapsulation>> = {
  VXLAN: PoolEncapsulation.VXLAN,
  VXLANCrossSubnet: PoolEncapsulation.VXLAN_CROSS_SUBNET,
  IPIP: PoolEncapsulation.IPIP,
  IPIPCrossSubnet: PoolEncapsulation.IPIP_CROSS_SUBNET,
  None: PoolEncapsulation.NONE,
};
