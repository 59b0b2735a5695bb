import type { HostNeeds } from '../../plan/host-needs';
import type { Plan } from '../../plan/plan';
import { BLOCK_BITS, type SwarmOptions } from './options';
import { stackFile } from './stack';

/** What Docker and its Swarm want of one machine. */
export function swarmHost(options: SwarmOptions, plan: Plan, node: string): HostNeeds {
  return {
    packages: [{ name: 'docker.io', reason: 'runs containers, and the Swarm' }],
    sysctls: [
      {
        key: 'net.ipv4.ip_forward',
        value: '1',
        reason: "containers' packets pass through the node between interfaces",
      },
    ],
    files: [
      { path: '/etc/docker/daemon.json', content: daemonJson(options) },
      ...(options.managers.includes(node) ? stackFile(options, plan) : []),
    ],
  };
}

/** JSON has no comments. Source: Docker docs, dockerd, daemon configuration file. */
function daemonJson({ bridgePool, dnsmasq }: SwarmOptions): string {
  const daemon = {
    'default-address-pools': [{ base: String(bridgePool), size: BLOCK_BITS }],
    // What the host sends on to a published port is answered by the proxy, since a packet is translated only once.
    ...(dnsmasq === undefined ? {} : { 'userland-proxy': true }),
  };
  return `${JSON.stringify(daemon, null, 2)}\n`;
}
