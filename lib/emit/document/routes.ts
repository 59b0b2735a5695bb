import { addressOf, initServer, interfaceOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { tunnelFlows } from '../../plan/tunnel-flows';
import type { Prefix } from '../../net/prefix';
import { list } from '../../text/list';
import { code, fenced, heading, table } from '../../text/markdown';

/**
 * What `ip route` shows of the pod network on one node, for the way Flannel sets its routes: by its tunnel's device
 * with the peer's own tunnel address as next hop (vxlan), one route for all (wireguard), or by the peer's node (host-gw).
 * Source: flannel backend/vxlan, backend/wireguard, backend/hostgw.
 */
export function routes(plan: Plan): string[] {
  const { podNetwork, spec } = plan;
  const here = initServer(spec);
  const own = spec.nodes[here]?.observedPodRange;
  if (!podNetwork.podDevices.includes('cni0') || own === undefined || own.family !== 4) return [];
  const others = Object.entries(spec.nodes).flatMap(([name, { observedPodRange: range }]) =>
    name === here || range === undefined ? [] : [{ name, range }],
  );
  const device = podNetwork.tunnelDevices[0];
  const all = spec.k3s.clusterCidrs.filter(({ family }) => family === 4);
  const away =
    podNetwork.encapsulation === 'wireguard' && device !== undefined
      ? all.map((cidr) => [code(`${cidr} dev ${device} scope link`), 'pods of the other nodes'])
      : others.map(({ name, range }) => [code(toPeer(plan, name, range)), `pods of ${code(name)}`]);
  const rows = [...away, [code(`${own} dev cni0 proto kernel scope link src ${own.firstHost}`), 'pods of this node']];
  const services = list(spec.k3s.serviceCidrs.map((cidr) => code(String(cidr))));
  return [
    heading(3, `Routes on ${code(here)}`),
    `With the pod ranges as they were seen, ${code('ip route')} shows these beside the node’s own routes; Flannel sets them as nodes join and leave, which it learns from the Kubernetes API. There is none for ${services}. The other nodes show the same with the parts exchanged.`,
    table(['Route', 'To'], rows),
    ...packet(plan, here, others[0]),
  ];
}

function toPeer({ podNetwork, spec }: Plan, peer: string, range: Prefix): string {
  const device = podNetwork.tunnelDevices[0];
  if (podNetwork.encapsulation === 'none' || device === undefined) {
    return `${range} via ${addressOf(spec, peer, podNetwork.underlay)} dev ${interfaceOf(spec, initServer(spec), podNetwork.underlay)}`;
  }
  return `${range} via ${range.address} dev ${device} onlink`;
}

/** A packet from one node's pod to another's as it is on the wire. */
function packet(plan: Plan, here: string, peer: { name: string; range: Prefix } | undefined): string[] {
  const { podNetwork, spec } = plan;
  const [tunnel] = tunnelFlows(plan);
  if (peer === undefined || tunnel?.port === undefined || podNetwork.encapsulation === 'none') return [];
  const from = addressOf(spec, here, podNetwork.underlay);
  const to = addressOf(spec, peer.name, podNetwork.underlay);
  const inner = podNetwork.encryptedBy === undefined ? 'readable' : 'encrypted';
  return [
    'A packet between pods of two nodes is on the wire as',
    fenced('text', [
      `outer  ${from} → ${to}  ${tunnel.protocol} ${tunnel.port.container}`,
      `inner  a pod in ${spec.nodes[here]?.observedPodRange ?? ''} → a pod in ${peer.range}, ${inner}`,
    ]),
  ];
}
