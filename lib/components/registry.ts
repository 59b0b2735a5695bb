import type { Cluster } from '../spec/cluster';
import { apps } from './apps/index';
import { argocd } from './argocd/index';
import type { Bound, FlowTrait, Registered } from './component';
import { calico } from './calico/index';
import { calicoHostEndpoints } from './calico-host-endpoints/index';
import { cilium } from './cilium/index';
import { ciliumHostFirewall } from './cilium-host-firewall/index';
import { ciliumLb } from './cilium-lb/index';
import { certificates } from './cert-manager/certificates';
import { certManager } from './cert-manager/index';
import { cloudflareTunnel } from './cloudflare-tunnel/index';
import { coredns } from './coredns/index';
import { dnsmasq } from './dnsmasq/index';
import { easyhaproxy } from './easyhaproxy/index';
import { easyhaproxySwarm } from './easyhaproxy/service';
import { firewall } from './firewall/index';
import { flannel } from './flannel/index';
import { gateway } from './gateway/index';
import { host } from './host/index';
import { k3s } from './k3s/index';
import { kubeProxy } from './kube-proxy/index';
import { kubeVip } from './kube-vip/index';
import { localPath } from './local-path/index';
import { metallb } from './metallb/index';
import { metricsServer } from './metrics-server/index';
import { mssClamp } from './mss-clamp/index';
import { namespaces } from './namespaces/index';
import { policies } from './policies/index';
import { servicelb } from './servicelb/index';
import { storage } from './storage/index';
import { swarm } from './swarm/index';
import { sysctl } from './sysctl/index';
import { tailscale } from './tailscale/index';
import { traefik } from './traefik/index';
import { wireguard } from './wireguard/index';

/** Every component there is. Its order decides nothing. */
export const REGISTRY: readonly Registered[] = [
  apps,
  argocd,
  calico,
  calicoHostEndpoints,
  cilium,
  ciliumHostFirewall,
  ciliumLb,
  certManager,
  certificates,
  cloudflareTunnel,
  coredns,
  dnsmasq,
  easyhaproxy,
  easyhaproxySwarm,
  firewall,
  flannel,
  gateway,
  host,
  k3s,
  kubeProxy,
  kubeVip,
  localPath,
  metallb,
  metricsServer,
  namespaces,
  mssClamp,
  policies,
  servicelb,
  storage,
  swarm,
  sysctl,
  tailscale,
  traefik,
  wireguard,
];

/** The components of one cluster. */
export function bind(registry: readonly Registered[], spec: Cluster): Bound[] {
  return registry.flatMap((one) => one.bind(spec) ?? []);
}

/** Whether something holds of all flows of a component. Of one that is not in the registry nothing does. */
export function flowsAre(trait: FlowTrait, component: string): boolean {
  return TRAITS.get(component)?.includes(trait) === true;
}

const TRAITS = new Map(REGISTRY.map(({ name, flowTraits }) => [name, flowTraits]));
