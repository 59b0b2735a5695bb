import type { Cluster } from '../../spec/cluster';
import { runsK3s } from '../../spec/orchestrator';
import type { SwarmOptions } from '../swarm/options';
import type { DnsmasqOptions } from './options';

/** dnsmasq, and the Swarm that it is a part of. */
export interface Bound {
  readonly dnsmasq: DnsmasqOptions;
  readonly swarm: SwarmOptions;
}

/**
 * Whether nodes ask it for the zone without being told by hand. systemd-resolved asks it for the zone alone, but lists it
 * with all others in the file that K3s gives CoreDNS, which asks any of them for any name, and takes a refusal for the
 * answer. Source: systemd-resolved.service(8), /run/systemd/resolve/resolv.conf; K3s pkg/agent/config; CoreDNS, forward.
 */
export function asksByItself(spec: Cluster): boolean {
  return !runsK3s(spec);
}
