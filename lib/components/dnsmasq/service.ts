import { PortRange } from '../../net/port';
import { DNS_PORT } from '../../net/well-known-ports';
import { addressesOf, hostnameOf } from '../../plan/nodes';
import { published } from '../../plan/stack';
import type { Cluster } from '../../spec/cluster';
import type { YamlValue } from '../../text/yaml';
import { VERSIONS } from '../versions';
import type { DnsmasqOptions } from './options';

/**
 * Its entry in the stack file, on the one node whose address is the answer. Published on that node alone and without the
 * routing mesh, whose ports nobody answers for what the host itself sends there.
 */
export function dnsmasqService(options: DnsmasqOptions, spec: Cluster): YamlValue {
  const host = PortRange.of(options.publishedPort);
  return {
    image: `4km3/dnsmasq:${VERSIONS.dnsmasq}`,
    command: dnsmasqArguments(options, spec),
    ports: (['tcp', 'udp'] as const).map((protocol) => published(DNS_PORT, host, protocol, 'host')),
    deploy: {
      replicas: 1,
      placement: { constraints: [`node.hostname == ${hostnameOf(spec, options.node)}`] },
      // The port is taken until the old one is gone.
      update_config: { order: 'stop-first' },
    },
  };
}

/** Answers the zone, and nothing else: neither from the machine's own files nor by asking others. Source: dnsmasq(8). */
function dnsmasqArguments(options: DnsmasqOptions, spec: Cluster): string[] {
  return [
    '--keep-in-foreground',
    '--log-facility=-',
    '--no-resolv',
    '--no-hosts',
    `--local=/${options.zone}/`,
    ...answers(options, spec),
  ];
}

/** What every name of the zone stands for, as dnsmasq is told it. */
export function answers({ zone, node, network }: DnsmasqOptions, spec: Cluster): string[] {
  return addressesOf(spec, node, network).map((address) => `--address=/${zone}/${String(address)}`);
}
