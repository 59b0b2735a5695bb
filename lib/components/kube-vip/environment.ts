import type { Family } from '../../net/address';
import { K3S, loopback4 } from '../../net/well-known';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import type { KubeVipOptions } from './options';
import { announcedNetworks, bearer, kubeVipPools, NAMESPACE, virtualApi } from './place';

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
  return {
    ...API_BY_LOOPBACK,
    ...announcement(options, bearer(options, spec, endpoint.network)),
    address: String(endpoint.vip),
    cp_enable: 'true',
    cp_namespace: NAMESPACE,
    port: String(K3S.httpsListenPort),
    prometheus_server: `:${controlPlane.metricsPort}`,
    vip_subnet: hostLength(endpoint.vip.family),
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
  const device = bearer(options, spec, announcedNetworks(spec)[0] ?? spec.k3s.nodeNetwork);
  const families = [...new Set(kubeVipPools(spec).flatMap(({ addresses }) => addresses.families()))].sort();
  return {
    ...API_BY_LOOPBACK,
    ...announcement(options, device),
    prometheus_server: `:${services.metricsPort}`,
    svc_enable: 'true',
    svc_namespace: NAMESPACE,
    vip_subnet: (families.length === 0 ? [4 as const] : families).map(hostLength).join(','),
    ...(options.mode === 'bgp'
      ? {}
      : {
          svc_election: String(services.election),
          svc_leasename: services.leaseName,
          vip_leaderelection: 'true',
          vip_servicesinterface: device,
        }),
  };
}

function announcement({ mode, bgp }: KubeVipOptions, device: string): Environment {
  if (mode === 'arp' || bgp === undefined) return { vip_arp: 'true', vip_interface: device };
  return {
    vip_arp: 'false',
    // By routes the address need not be on a link: it lies on every announcing node's loopback.
    vip_interface: 'lo',
    bgp_enable: 'true',
    bgp_as: String(bgp.asn),
    bgp_routerinterface: device,
    // address:AS:password:multihop; a password would be a secret in the output.
    bgp_peers: sortedEntries(bgp.peers)
      .map(([, { address, asn, multihop }]) => `${address.withPort(asn)}::${multihop}`)
      .join(','),
  };
}

function hostLength(family: Family): string {
  return family === 4 ? '32' : '128';
}
