import { MTU_BYTES } from '../../net/well-known-mtu';
import { interfaceOf, hasNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { sortedEntries } from '../../text/compare';
import { code } from '../../text/markdown';

/** Interfaces whose MTU somebody has to set on the machine or its hypervisor, since nothing here does. */
export function linkSizes({ spec }: Plan): { text: string[]; commands: string[] } {
  const small = sortedEntries(spec.networks).flatMap(([name, network]) => {
    if (network.kind === 'wireguard' || network.kind === 'tailnet' || !hasNodes(spec, name)) return [];
    // Every installer sets it: nothing has to be said of it.
    if (network.mtuBytes === MTU_BYTES.ethernet) return [];
    const on = Object.entries(spec.nodes).flatMap(([node, { addresses }]) =>
      addresses[name] === undefined ? [] : [interfaceOf(spec, node, name)],
    );
    return [...new Set(on)].sort().map((device) => ({ name, device, kind: network.kind, bytes: network.mtuBytes }));
  });
  return {
    text: small.map(
      ({ name, device, kind, bytes }) =>
        `${code(device)} must have MTU ${bytes} on every machine, as ${code(name)} has: nothing written here sets it, and what is larger is lost in silence.${kind === 'sdn' ? ' In Proxmox a virtual NIC with MTU 1 takes that of its bridge.' : ''}`,
    ),
    commands: small.map(({ device, bytes }) => `ip link show ${device}   # must say mtu ${bytes}`),
  };
}
