import type { Listener } from '../plan/listener';
import { addressesOf, hostnameOf, interfaceOf, isSelected, nodeOf } from '../plan/nodes';
import { isOverlay } from '../plan/network-kind';
import { networkMtu } from '../plan/network-mtu';
import type { Plan } from '../plan/plan';
import { compareText, sortedEntries } from '../text/compare';

/** The name of the file that tells `host-setup.sh` which machine a node's folder is for, and what to find there. */
export const NODE_FACTS = 'node.txt';

/**
 * What the files of a node do not say of it, one fact a line: a word that names the kind, then its values. Made to be
 * read by a shell without anything to parse it, so no value holds white space.
 *
 * - `cluster NAME`, `node NAME`, `hostname NAME`, `k3s server|agent`, `ssh PORT`
 * - `address DEVICE ADDRESS`: on a network that is there before anything of Wayleave's
 * - `overlay DEVICE NETWORK PUBLIC-KEY`: WireGuard, with the node's own key
 * - `mtu DEVICE BYTES`
 * - `listener PROTOCOL FIRST LAST OWNER`: ports of the node itself that a process is to bind
 */
export function nodeFacts(plan: Plan, node: string): string[] {
  const { spec } = plan;
  return [
    `cluster ${spec.name}`,
    `node ${node}`,
    `hostname ${hostnameOf(spec, node)}`,
    ...(plan.components.includes('k3s') ? [`k3s ${nodeOf(spec, node).role}`] : []),
    `ssh ${spec.firewall.ssh.port}`,
    ...underlays(plan, node),
    ...overlays(plan, node),
    ...mtus(plan, node),
    ...listeners(plan, node),
  ];
}

function underlays({ spec }: Plan, node: string): string[] {
  return Object.keys(spec.networks)
    .sort()
    .flatMap((name) =>
      isOverlay(spec, name)
        ? []
        : addressesOf(spec, node, name).map((address) => `address ${interfaceOf(spec, node, name)} ${String(address)}`),
    );
}

function overlays({ spec }: Plan, node: string): string[] {
  return sortedEntries(nodeOf(spec, node).wireguard).map(
    ([name, { publicKey }]) => `overlay ${interfaceOf(spec, node, name)} ${name} ${publicKey}`,
  );
}

/** Of the networks the node is on, and of the devices that the pod network makes. */
function mtus({ spec, mtu, podNetwork }: Plan, node: string): string[] {
  const found = new Map<string, number>();
  for (const { device, sum } of mtu) {
    const [name = ''] = device.split(' ');
    if (name === device || podNetwork.podDevices.includes(name)) found.set(name, sum.bytes);
  }
  for (const [name, { kind, interface: usual }] of sortedEntries(spec.networks)) {
    found.delete(usual);
    if (kind === 'tailnet' || addressesOf(spec, node, name).length === 0) continue;
    found.set(interfaceOf(spec, node, name), networkMtu(spec, name, node).bytes);
  }
  return [...found].map(([device, bytes]) => `mtu ${device} ${bytes}`).sort(compareText);
}

function listeners(plan: Plan, node: string): string[] {
  const lines = plan.listeners.flatMap((one) => {
    const { host } = one.ports;
    if (host === undefined || !isOn(one, plan, node)) return [];
    return [`listener ${one.protocol} ${host.first} ${host.last} ${one.owner}`];
  });
  return [...new Set(lines)].sort(compareText);
}

/** Ports of pods of their own network are the pod network's to forward: nothing on the node binds them. */
function isOn({ on }: Listener, { spec, workloads }: Plan, node: string): boolean {
  if ('nodes' in on) return isSelected(spec, node, on.nodes);
  const workload = workloads.get(on.workload);
  return workload?.hostNetwork === true && workload.nodes !== undefined && isSelected(spec, node, workload.nodes);
}
