import { PortRange } from './port';

/** A port or port range that a daemon is known by. */
export interface WellKnownPort {
  /** The port; of a range, the first. */
  readonly port: number;
  readonly range: PortRange;
  readonly protocol: 'tcp' | 'udp';
  readonly source: string;
}

function tcp(ports: number | string, source: string): WellKnownPort {
  const range = PortRange.parse(ports);
  return { port: range.first, range, protocol: 'tcp', source };
}

function udp(ports: number | string, source: string): WellKnownPort {
  return { ...tcp(ports, source), protocol: 'udp' };
}

const K3S_REQUIREMENTS = 'k3s docs, requirements';
const CILIUM_REQUIREMENTS = 'Cilium docs, system requirements';
const CILIUM_VALUES = 'Cilium chart values';
const FELIX = 'felix `config_params.go`';
const DOCKER_SWARM = 'Docker docs, swarm mode';
const TRAEFIK_VALUES = 'traefik chart values';
const IANA = 'IANA service name and port number registry';

export const PORTS = {
  /** Supervisor and API: agents and operators → servers. */
  k3sApi: tcp(6443, K3S_REQUIREMENTS),
  /** Embedded etcd only: servers ↔ servers. */
  etcd: tcp('2379-2380', K3S_REQUIREMENTS),
  /** All nodes ↔ all nodes. */
  kubelet: tcp(10250, K3S_REQUIREMENTS),
  /** All ↔ all; never to be public. */
  flannelVxlan: udp(8472, K3S_REQUIREMENTS),
  /** wireguard-native over IPv4; also the default of host WireGuard tools and of Calico WireGuard. */
  flannelWireguard4: udp(51820, 'flannel `wireguard.go`'),
  flannelWireguard6: udp(51821, 'flannel `wireguard.go`'),
  /** The embedded registry's peers: all ↔ all, beside `k3sApi`. */
  k3sRegistry: tcp(5001, 'k3s docs, registry mirror'),
  /** On loopback: agents' API load balancer, servers' API server. */
  k3sLoadBalancer: tcp(6444, 'k3s source'),
  nodePortTcp: tcp('30000-32767', 'k3s docs, server'),
  nodePortUdp: udp('30000-32767', 'k3s docs, server'),
  /** On each node, ServiceLB's host ports for Traefik when neither is disabled. */
  http: tcp(80, 'k3s docs, networking services; RFC 9110, 4.2.1'),
  https: tcp(443, 'k3s docs, networking services; RFC 9110, 4.2.2'),
  /** HTTP/3. */
  httpsUdp: udp(443, 'RFC 9114, 3.1'),

  traefikWeb: tcp(8000, TRAEFIK_VALUES),
  traefikWebsecure: tcp(8443, TRAEFIK_VALUES),
  /** API and ping. */
  traefikApi: tcp(8080, TRAEFIK_VALUES),
  traefikMetrics: tcp(9100, TRAEFIK_VALUES),

  /** cilium-health, all ↔ all, beside ICMP echo. */
  ciliumHealth: tcp(4240, CILIUM_REQUIREMENTS),
  ciliumVxlan: udp(8472, CILIUM_REQUIREMENTS),
  ciliumGeneve: udp(6081, CILIUM_REQUIREMENTS),
  ciliumWireguard: udp(51871, 'Cilium docs, WireGuard transparent encryption'),
  /** On each node. */
  hubbleServer: tcp(4244, CILIUM_VALUES),
  hubbleRelay: tcp(4245, CILIUM_VALUES),
  ciliumAgentMetrics: tcp(9962, CILIUM_VALUES),
  ciliumOperatorMetrics: tcp(9963, CILIUM_VALUES),
  ciliumEnvoyMetrics: tcp(9964, CILIUM_VALUES),
  hubbleMetrics: tcp(9965, CILIUM_VALUES),
  hubbleRelayMetrics: tcp(9966, CILIUM_VALUES),
  /** On loopback, for the kubelet's probes. */
  ciliumAgentHealth: tcp(9879, CILIUM_VALUES),
  ciliumEnvoyHealth: tcp(9878, CILIUM_VALUES),
  ciliumOperatorHealth: tcp(9234, 'Cilium docs, command reference of cilium-operator'),

  /** IANA's port for VXLAN. */
  calicoVxlan: udp(4789, FELIX),
  calicoWireguard4: udp(51820, FELIX),
  calicoWireguard6: udp(51821, FELIX),
  /** Nodes → nodes that run Typha. */
  calicoTypha: tcp(5473, FELIX),
  /** On loopback, for the kubelet's probes. */
  calicoFelixHealth: tcp(9099, FELIX),
  calicoTyphaHealth: tcp(9098, 'Tigera operator, Typha’s health port'),
  calicoControllersMetrics: tcp(9094, 'Calico docs, KubeControllersConfiguration'),
  bgp: tcp(179, FELIX),

  /** Speakers ↔ speakers. */
  metallbMemberlistTcp: tcp(7946, 'MetalLB docs'),
  metallbMemberlistUdp: udp(7946, 'MetalLB docs'),
  /** API server → controller pod. */
  metallbWebhook: tcp(9443, 'MetalLB manifests'),
  /** On the host network. */
  kubeVipMetrics: tcp(2112, 'kube-vip `cmd/kube-vip.go`'),

  /** Managers: Raft and the swarm's API. */
  swarmManagement: tcp(2377, DOCKER_SWARM),
  swarmGossipTcp: tcp(7946, DOCKER_SWARM),
  swarmGossipUdp: udp(7946, DOCKER_SWARM),
  /** Overlay data: VXLAN. */
  swarmOverlay: udp(4789, DOCKER_SWARM),

  /** Default of wg-quick's users and of host tools, not of the protocol. */
  wireguard: udp(51820, 'flannel `wireguard.go`, which takes the same'),
  /** As a Linux package; the bare binary picks a random port. */
  tailscale: udp(41641, 'tailscaled defaults'),
  /** cloudflared → Cloudflare's edge, outbound only: http2. */
  cloudflaredTcp: tcp(7844, 'Cloudflare docs, tunnel with firewall'),
  /** cloudflared → Cloudflare's edge, outbound only: quic. */
  cloudflaredUdp: udp(7844, 'Cloudflare docs, tunnel with firewall'),

  nfs: tcp(2049, 'RFC 7530'),
  /** NFS 3 alone, like those that follow. */
  rpcbindTcp: tcp(111, 'RFC 1833'),
  rpcbindUdp: udp(111, 'RFC 1833'),
  /** Registered; mountd takes any port unless told. */
  mountdTcp: tcp(20048, IANA),
  mountdUdp: udp(20048, IANA),
  /** As Red Hat's manuals pin them; statd and lockd take any port unless told. */
  statdTcp: tcp(662, 'Red Hat docs, NFS behind a firewall'),
  statdUdp: udp(662, 'Red Hat docs, NFS behind a firewall'),
  lockdTcp: tcp(32803, 'Red Hat docs, NFS behind a firewall'),
  lockdUdp: udp(32769, 'Red Hat docs, NFS behind a firewall'),
  /** dnsmasq as the network `nimbus` publishes it; its host translates 53 to it. */
  dnsmasqPublishedTcp: tcp(5053, 'the network document of nimbus'),
  dnsmasqPublishedUdp: udp(5053, 'the network document of nimbus'),

  ssh: tcp(22, IANA),
  dnsTcp: tcp(53, IANA),
  dnsUdp: udp(53, IANA),
  ntp: udp(123, IANA),
} as const satisfies Readonly<Record<string, WellKnownPort>>;

/** DNS by either protocol. */
export const DNS_PORT = PORTS.dnsUdp.range;
