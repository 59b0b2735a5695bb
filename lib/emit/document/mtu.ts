import { OVERHEAD } from '../../net/well-known-mtu';
import { networkMtu } from '../../plan/network-mtu';
import { addressOf, hasNodes, initServer } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { runsK3s } from '../../spec/orchestrator';
import { sortedEntries } from '../../text/compare';
import { code, fenced, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';

/** IPv4 header and ICMP header: what ping adds to the payload it is given. Source: RFC 791, RFC 792. */
const PING_BYTES = 28;
/** The same over IPv6. Source: RFC 8200, RFC 4443. */
const PING6_BYTES = 48;

export function mtu(plan: Plan): Chapter {
  const told = new Set(plan.mtu.map(({ device }) => device));
  const networks = sortedEntries(plan.spec.networks).filter(([, network]) => !told.has(network.interface));
  const wires = networks.map(([name, network]) => [
    code(name),
    hasNodes(plan.spec, name) ? `${code(network.interface)} of each node` : 'no node',
    String(networkMtu(plan.spec, name)),
  ]);
  const paths = plan.mtu.map(({ device, on, sum }) => [text(device), text(on), String(sum)]);
  return {
    title: 'MTU',
    blocks: [
      'The largest packet, in bytes. A device that takes larger packets than its path can carry loses them in silence: ping works, and a TLS handshake hangs.',
      table(['Device or network', 'On', 'Sum'], [...wires, ...paths]),
      ...terms(plan),
      ...tests(plan),
    ],
  };
}

/** What the bytes of a tunnel are, over IPv4. */
const PARTS: Readonly<Record<string, string>> = {
  // Source: RFC 7348, section 5.
  VXLAN: 'the frame inside brings its own 14 bytes of Ethernet, and around it come 8 of VXLAN, 8 of UDP and 20 of IPv4',
  // Source: wg-quick(8); WireGuard, section 5.4.6.
  WireGuard: '40 bytes of IP, so that IPv6 fits, 8 of UDP and 32 of WireGuard',
};

function terms({ podNetwork, mtu }: Plan): string[] {
  const labels = new Map(
    [podNetwork.mtu, ...mtu.map(({ sum }) => sum)].flatMap(({ terms: all }) =>
      all.map(({ label, bytes }) => [label, bytes] as const),
    ),
  );
  return [...labels].flatMap(([label, bytes]) => {
    const parts = PARTS[label];
    // Cilium reckons with WireGuard's padding to 16 bytes as well, since 1.19.5. Source: Cilium PR 45940.
    const padding =
      label === 'WireGuard' && bytes === OVERHEAD.ciliumWireguard.bytes ? ', and up to 15 of padding' : '';
    return parts === undefined ? [] : [`The ${bytes} bytes of ${label}: ${parts}${padding}.`];
  });
}

function tests({ spec, podNetwork }: Plan): string[] {
  const network = podNetwork.underlay;
  const first = initServer(spec);
  const peer = Object.keys(spec.nodes).find(
    (name) => name !== first && (spec.nodes[name]?.addresses[network]?.length ?? 0) > 0,
  );
  if (peer === undefined) return [];
  const to = addressOf(spec, peer, network);
  const headers = to.family === 6 ? PING6_BYTES : PING_BYTES;
  const link = networkMtu(spec, network, first).bytes;
  const pods = podNetwork.mtu.bytes;
  return [
    `To test: a packet of the full size must arrive, one byte more must not. ${headers} bytes are headers.`,
    fenced('sh', [
      `# on ${first}, the wire: ${link}`,
      `ping -c 3 -M do -s ${link - headers} ${to}`,
      `ping -c 3 -M do -s ${link - headers + 1} ${to}   # "message too long"`,
      ...(runsK3s(spec)
        ? [
            `# from a pod to the address of a pod on another node, the pod network: ${pods}`,
            `ping -c 3 -M do -s ${pods - PING_BYTES} POD_ADDRESS`,
          ]
        : []),
    ]),
  ];
}
