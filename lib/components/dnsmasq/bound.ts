import type { SwarmOptions } from '../swarm/options';
import type { DnsmasqOptions } from './options';

/** dnsmasq, and the Swarm that it is a part of. */
export interface Bound {
  readonly dnsmasq: DnsmasqOptions;
  readonly swarm: SwarmOptions;
}
