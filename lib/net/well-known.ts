import { Address } from './address';
import { AddressSet } from './address-set';
import { PortRange } from './port';
import { Prefix } from './prefix';

/** K3s's own defaults as a spec writes them. Source: k3s docs, `k3s server` reference. */
export const K3S_CLUSTER_CIDR = '10.42.0.0/16';
export const K3S_SERVICE_CIDR = '10.43.0.0/16';
/** Must lie in the service CIDR. */
export const K3S_CLUSTER_DNS = '10.43.0.10';
export const K3S_NODE_PORTS = '30000-32767';
export const K3S_API_PORT = 6443;

/** Where Calico's nodes take addresses for their tunnel devices: beside K3s's ranges, and in a unique local one. Source: Wayleave. */
export const CALICO_TUNNEL_CIDRS = ['10.44.0.0/22', 'fd00:10:44::/118'];

/** K3s's own defaults as values. */
export const K3S = {
  clusterCidr: Prefix.parse(K3S_CLUSTER_CIDR),
  serviceCidr: Prefix.parse(K3S_SERVICE_CIDR),
  /** The pod range of one node. Source: kube-controller-manager, --node-cidr-mask-size-ipv4 and -ipv6. */
  nodeCidrMaskBits: 24,
  nodeCidrMaskBits6: 64,
  /** The shortest prefix length that a service CIDR may have, by family. Source: k3s docs, dual-stack networking. */
  serviceCidrLeastLength: { 4: 12, 6: 112 },
  httpsListenPort: K3S_API_PORT,
  /** On agents the API load balancer on loopback; on servers the API server itself. Source: k3s source. */
  lbServerPort: 6444,
  nodePortRange: PortRange.parse(K3S_NODE_PORTS),
} as const;

/** Every address of the family: as a source or destination, anyone. */
export const anywhere4 = Prefix.parse('0.0.0.0/0');
export const anywhere6 = Prefix.parse('::/0');

/** The host itself. Source: RFC 1122, 3.2.1.3; RFC 4291, 2.5.3. */
export const loopback4 = Address.parse('127.0.0.1');

/** Source: RFC 1122, 3.2.1.3; RFC 4291, 2.5.3. */
export const LOOPBACK = AddressSet.parse('127.0.0.0/8, ::1');

/** Source: RFC 3927; RFC 4291, 2.5.6. */
export const LINK_LOCAL = AddressSet.parse('169.254.0.0/16, fe80::/10');

/** Private IPv4 and unique local IPv6. Source: RFC 1918; RFC 4193. */
export const PRIVATE = AddressSet.parse('10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7');

/** The half of unique local IPv6 that sites may take themselves. Source: RFC 4193, 3.1. */
export const LOCAL_IPV6 = Prefix.parse('fd00::/8');

/** The IPv4 addresses of a tailnet, as a spec writes them. Source: tailscale `net/tsaddr`. */
export const WELL_KNOWN_TAILNET = '100.64.0.0/10';

/** A tailnet's addresses: shared address space and Tailscale's own ULA. Source: tailscale `net/tsaddr`. */
export const TAILNET = AddressSet.parse([WELL_KNOWN_TAILNET, 'fd7a:115c:a1e0::/48']);

/** Addresses that no router on the internet passes on: private ones, those of one link, and those of tailnets and of providers' own translation. */
export const NOT_ROUTED = AddressSet.of(PRIVATE, LINK_LOCAL, TAILNET);

/** What Docker takes when its daemon is told nothing. Source: moby `daemon/libnetwork/ipamutils/utils.go`. */
export const DOCKER = {
  /** `docker0`, the default bridge. */
  bridge: Prefix.parse('172.17.0.0/16'),
  /** `default-address-pools`: a network takes the next free /16 of 172.17–172.31, then a /20 of 192.168. */
  defaultPools: AddressSet.parse('172.17.0.0/16, 172.18.0.0/15, 172.20.0.0/14, 172.24.0.0/13, 192.168.0.0/16'),
  /** Swarm's `--default-addr-pool`, beside the daemon's: an overlay network takes the next free /24. */
  swarmPool: Prefix.parse('10.0.0.0/8'),
} as const;
