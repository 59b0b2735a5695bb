import type { HostNeeds, Sysctl } from '../../plan/host-needs';
import { printSelector } from '../../plan/endpoint';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import { register } from '../component';
import { conf } from './conf';
import { flowsOf, listenerOf } from './flows';
import { notesOf } from './notes';
import { overlaysOf, type Overlay } from './overlay';
import { unitFiles } from './units';

/** Overlays of WireGuard tunnels between the nodes, brought up by wg-quick before anything that speaks over them. */
export const wireguard = register<readonly Overlay[]>({
  name: 'wireguard',
  title: 'WireGuard',
  flowTraits: ['everywhere'],
  options: (spec) => {
    const overlays = overlaysOf(spec);
    return overlays.length === 0 ? undefined : overlays;
  },
  provides: (overlays) =>
    overlays.map((overlay) => ({
      name: 'overlay',
      scope: overlay.name,
      failure: failureOf(overlay),
      source: ['networks', overlay.name],
    })),
  listeners: (overlays, spec) => overlays.map((overlay) => listenerOf(overlay, spec)),
  flows: (overlays, spec) => overlays.flatMap((overlay) => flowsOf(overlay, spec)),
  mtu: (overlays, spec) =>
    overlays.map(({ network, members, mtu }) => ({
      device: network.interface,
      on: members.length === Object.keys(spec.nodes).length ? 'every node' : named(members),
      sum: mtu,
    })),
  host: hostNeeds,
  notes: (overlays, spec) => overlays.flatMap((overlay) => notesOf(overlay, spec)),
});

const named = (members: Overlay['members']) => printSelector({ names: members.map(({ node }) => node) });

function failureOf({ hub, name }: Overlay): string {
  const kernel =
    'Tunnels live in the kernel and outlast every process: what ends one is its interface taken down, a key that does not fit, or a closed port.';
  return hub === undefined
    ? `${kernel} The nodes at its two ends then lose each other on ${name}, and nothing goes in clear instead.`
    : `${kernel} While ${hub.node} is away no node reaches another on ${name}, and nothing goes in clear instead.`;
}

function hostNeeds(overlays: readonly Overlay[], plan: Plan, node: string): HostNeeds {
  const { spec } = plan;
  const own = overlays.flatMap((overlay) => {
    const member = overlay.members.find((one) => one.node === node);
    return member === undefined ? [] : [{ overlay, member }];
  });
  if (own.length === 0) return {};
  return {
    packages: [{ name: 'wireguard-tools', reason: `brings up ${own.map(({ overlay }) => overlay.name).join(', ')}` }],
    files: own.flatMap(({ overlay, member }) => [
      conf(overlay, member, plan),
      ...unitFiles(overlay, member, overlays, spec),
    ]),
    sysctls: own.flatMap(({ overlay, member }) => (member === overlay.hub ? forwarding(overlay, spec) : [])),
  };
}

/** A hub takes packets from one tunnel and sends them into another. */
function forwarding({ name, addresses }: Overlay, spec: Cluster): Sysctl[] {
  const reason = `nodes reach each other on ${name} through this one`;
  const families = addresses.families();
  return [
    ...(families.includes(4) ? [{ key: 'net.ipv4.ip_forward', value: '1', reason }] : []),
    ...(families.includes(6) ? [{ key: 'net.ipv6.conf.all.forwarding', value: '1', reason }, ...keptRoutes(spec)] : []),
  ];
}

/** A forwarding node ignores router advertisements unless told otherwise. Source: kernel ip-sysctl.rst, accept_ra. */
function keptRoutes(spec: Cluster): Sysctl[] {
  return Object.values(spec.networks).flatMap((network) => {
    if (!('addressing' in network) || network.addressing !== 'dhcp') return [];
    const key = `net.ipv6.conf.${network.interface.replaceAll('.', '/')}.accept_ra`;
    return [{ key, value: '2', reason: 'keep the default route that routers advertise, though the node forwards' }];
  });
}
