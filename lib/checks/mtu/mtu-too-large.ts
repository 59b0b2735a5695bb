import { podMtu } from '../../components/calico/mtu';
import { OVERHEAD } from '../../net/well-known-mtu';
import type { MtuSum } from '../../net/mtu';
import { leastMtu } from '../../plan/network-mtu';
import { addressesOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { linkMtu } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
import type { Finding, SpecPath } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { fails } from '../found';

/** A size that the spec states for an inner layer, and that does not fit into the layer which carries it. */
export function mtuTooLarge({ spec }: Plan): Finding[] {
  return [...overlays(spec), ...(runsK3s(spec) ? podNetwork(spec) : []), ...segments(spec)];
}

function overlays(spec: Cluster): Finding[] {
  return Object.entries(spec.networks).flatMap(([name, network]) => {
    if (network.kind !== 'wireguard') return [];
    const members = selectNodes(spec, 'all').filter((node) => addressesOf(spec, node, name).length > 0);
    const outer6 = members.some((node) => addressesOf(spec, node, network.over).some(({ family }) => family === 6));
    const { label, bytes } = OVERHEAD[outer6 ? 'wireguard6' : 'wireguard4'];
    const room = leastMtu(spec, network.over, name).minus(label, bytes);
    const own =
      network.mtuBytes === undefined ? [] : [{ stated: network.mtuBytes, at: ['networks', name, 'mtuBytes'] }];
    const ofNodes = members.flatMap((node) => {
      const stated = spec.nodes[node]?.mtuBytes[name];
      return stated === undefined ? [] : [{ stated, at: ['nodes', node, 'mtuBytes', name] }];
    });
    return [...own, ...ofNodes].flatMap(({ stated, at }) =>
      tooLarge(at, stated, room, `packets of ${name}`, carriers(spec, network.over)),
    );
  });
}

function podNetwork(spec: Cluster): Finding[] {
  const { cni } = spec;
  if (cni.kind !== 'cilium' && cni.kind !== 'calico') return [];
  if (cni.mtuBytes === undefined) return [];
  const at = ['cni', 'mtuBytes'];
  const places = carriers(spec, spec.k3s.nodeNetwork);
  if (cni.kind === 'cilium')
    return tooLarge(at, cni.mtuBytes, linkMtu(spec), 'the link that Cilium starts from', places);
  const { mtuBytes: _, ...derived } = cni;
  return tooLarge(at, cni.mtuBytes, podMtu(derived, spec), "pods' packets", places);
}

/** A segment travels with 20 bytes of IPv4 and 20 of TCP. Source: RFC 9293, 3.7.1. */
const HEADERS = { label: 'IPv4 and TCP', bytes: 40 } as const;

function segments(spec: Cluster): Finding[] {
  if (spec.mssClamp === undefined || spec.mssClamp.segmentBytes === 'path-mtu') return [];
  const { network, segmentBytes } = spec.mssClamp;
  const { label, bytes } = HEADERS;
  const room = leastMtu(spec, network).minus(label, bytes);
  return tooLarge(['mssClamp', 'segmentBytes'], segmentBytes, room, `segments on ${network}`, carriers(spec, network));
}

/** Where the sizes of the carrier stand. */
function carriers(spec: Cluster, network: string): SpecPath[] {
  const small = selectNodes(spec, 'all').filter((node) => spec.nodes[node]?.mtuBytes[network] !== undefined);
  return [['networks', network], ...small.map((node): SpecPath => ['nodes', node, 'mtuBytes', network])];
}

function tooLarge(path: SpecPath, stated: number, room: MtuSum, what: string, carrier: readonly SpecPath[]): Finding[] {
  if (stated <= room.bytes) return [];
  const over = String(carrier[0]?.[1]);
  return [
    fails('MTU_TOO_LARGE', {
      at: [path, ...carrier],
      message: `${what} may have ${stated} bytes, and ${over} carries ${room}: the largest of them, ${stated - room.bytes} too large, are lost or cut up`,
      fix: String(room.bytes),
      suggest: { path, value: room.bytes },
    }),
  ];
}
