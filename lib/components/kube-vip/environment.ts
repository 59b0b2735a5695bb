import { bitsOf, type Family } from '../../net/address';
import { K3S, loopback4 } from '../../net/well-known';
import type { NetworkName } from '../../plan/claim';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import type { KubeVipOptions } from './options';
import { announcedNetworks, bearer, kubeVipPools, NAMESPACE, routerInterface, speakForBoth, virtualApi } from './place';

/** Environment of one of kube-vip's two roles. Source of the names: kube-vip 1.2, pkg/kubevip/config_envvar.go. */
export type Environment = Readonly<Record<string, string>>;

/**
 * The API by loopback, where every K3s node answers: the address that kube-vip announces cannot be its own way to it,
 * nor can a Service whose routing waits for that address. Source: K3s, `lb-server-port`; client-go, rest.InClusterConfig.
 */
const API_BY_LOOPBACK: Environment = {
  KUBERNETES_SERVICE_HOST: String(loopback4),
  KUBERNETES_SERVICE_PORT: String(K3S.lbServerPort),
};

export function controlPlaneEnvironment(options: KubeVipOptions, spec: Cluster): Environment {
  const { controlPlane } = options;
  const endpoint = virtualApi(options, spec);
  if (controlPlane === undefined || endpoint === undefined) throw new Error('kube-vip has no API address to announce');
  const both = speakForBoth(options, spec);
  return {
    ...API_BY_LOOPBACK,
    ...announcement(options, spec, endpoint.network),
    ...(both ? FOR_SERVICES : {}),
    address: String(endpoint.vip),
    cp_enable: 'true',
    cp_namespace: NAMESPACE,
    port: String(K3S.httpsListenPort),
    prometheus_server: `:${controlPlane.metricsPort}`,
    vip_subnet: hostLengths([endpoint.vip.family, ...(both ? poolFamilies(spec) : [])]),
    ...(options.mode === 'bgp'
      ? {}
      : {
          vip_leaderelection: 'true',
          vip_leasename: 'plndr-cp-lock',
          vip_leaseduration: String(controlPlane.leaseSeconds),
          vip_renewdeadline: String(controlPlane.renewSeconds),
          vip_retryperiod: String(controlPlane.retrySeconds),
        }),
  };
}

export function servicesEnvironment(options: KubeVipOptions, spec: Cluster): Environment {
  const { services } = options;
  if (services === undefined) throw new Error('kube-vip has no Services to announce');
  const network = announcedNetworks(spec)[0] ?? spec.k3s.nodeNetwork;
  const families = poolFamilies(spec);
  return {
    ...API_BY_LOOPBACK,
    ...announcement(options, spec, network),
    ...FOR_SERVICES,
    prometheus_server: `:${services.metricsPort}`,
    vip_subnet: hostLengths(families.length === 0 ? [4] : families),
    ...(options.mode === 'bgp'
      ? {}
      : {
          svc_election: String(services.election),
          svc_leasename: services.leaseName,
          vip_leaderelection: 'true',
          vip_servicesinterface: bearer(options, spec, network),
        }),
  };
}

const FOR_SERVICES: Environment = { svc_enable: 'true', svc_namespace: NAMESPACE };

function announcement(options: KubeVipOptions, spec: Cluster, network: NetworkName): Environment {
  const { mode, bgp } = options;
  if (mode === 'arp' || bgp === undefined) return { vip_arp: 'true', vip_interface: bearer(options, spec, network) };
  return {
    vip_arp: 'false',
    // By routes the address need not be on a link: it lies on every announcing node's loopback.
    vip_interface: 'lo',
    bgp_enable: 'true',
    bgp_as: String(bgp.asn),
    bgp_routerinterface: routerInterface(options, spec),
    // address:AS:password:multihop; a password would be a secret in the output.
    bgp_peers: sortedEntries(bgp.peers)
      .map(([, { address, asn, multihop }]) => `${address.withPort(asn)}::${multihop}`)
      .join(','),
  };
}

function poolFamilies(spec: Cluster): Family[] {
  return kubeVipPools(spec).flatMap(({ addresses }) => addresses.families());
}

/** Lengths of a host's prefix, one a family. */
function hostLengths(families: readonly Family[]): string {
  return [...new Set(families)].sort().map(bitsOf).join(',');
}
