import type { HostFile, HostNeeds } from '../../plan/host-needs';
import { isWireguard } from '../../plan/network-kind';
import { addressesOf, addressOf, interfaceOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { register } from '../component';
import { hostFile } from '../host-file';
import { dnsmasqFlows, dnsmasqListeners } from './flows';
import { dnsmasqNotes } from './note';
import { asksByItself, type Bound } from './bound';
import { dnsmasqService } from './service';
import { ruleset, RULES_PATH, UNIT, UNIT_PATH } from './redirect';

/** dnsmasq on the Swarm: a wildcard zone with one answer, published beside the port of names and reached by it. */
export const dnsmasq = register<Bound>({
  name: 'dnsmasq',
  title: 'dnsmasq',
  options: ({ swarm }) => (swarm?.dnsmasq === undefined ? undefined : { swarm, dnsmasq: swarm.dnsmasq }),
  provides: ({ dnsmasq: { zone } }) => [
    {
      name: 'zone',
      scope: zone,
      failure: 'names of the zone resolve nowhere; whoever has an address goes on with it',
      source: ['swarm', 'dnsmasq'],
    },
  ],
  requires: () => [{ name: 'swarm', source: ['swarm', 'dnsmasq'] }],
  listeners: dnsmasqListeners,
  flows: dnsmasqFlows,
  stack: ({ dnsmasq: own }, spec) => ({ services: { dnsmasq: dnsmasqService(own, spec) } }),
  host: (options, { spec }, node) => hostNeeds(options, spec, node),
  notes: dnsmasqNotes,
});

function hostNeeds({ dnsmasq: options, swarm }: Bound, spec: Cluster, node: string): HostNeeds {
  const redirects = node === options.node && options.redirectFrom !== options.publishedPort;
  const own = [...addressesOf(spec, node, swarm.network), ...addressesOf(spec, node, options.network)];
  return {
    ...(redirects
      ? { packages: [{ name: 'nftables', reason: `sends port ${options.redirectFrom} on to dnsmasq` }] }
      : {}),
    files: [
      ...(redirects
        ? [
            { path: RULES_PATH, content: ruleset(options, own, `${spec.name}/${node}`) },
            { path: UNIT_PATH, content: UNIT },
          ]
        : []),
      ...(asksByItself(spec) ? [resolver({ dnsmasq: options, swarm }, spec, node)] : []),
    ],
  };
}

/**
 * The node asks the manager for the zone, by its address on the Swarm's network, and others for all other names. On a
 * WireGuard interface this is a setting of the link, which goes and comes with it. Source: resolvectl(1), resolved.conf(5).
 */
function resolver(
  { dnsmasq: { zone, node: server }, swarm: { network } }: Bound,
  spec: Cluster,
  node: string,
): HostFile {
  const address = String(addressOf(spec, server, network));
  if (!isWireguard(spec, network)) {
    return hostFile('/etc/systemd/resolved.conf.d/wayleave.conf', ['[Resolve]', `DNS=${address}`, `Domains=~${zone}`]);
  }
  return hostFile(`/etc/systemd/system/wg-quick@${interfaceOf(spec, node, network)}.service.d/20-wayleave-dns.conf`, [
    '[Service]',
    `# names of ${zone} are asked of ${server}, on the overlay; where systemd-resolved does not run, nothing is set`,
    `ExecStartPost=-/usr/bin/resolvectl dns %i ${address}`,
    `ExecStartPost=-/usr/bin/resolvectl domain %i ~${zone}`,
  ]);
}
