import { LINK_LOCAL } from '../../lib/net/well-known';
import { addressesOf } from '../../lib/plan/nodes';
import type { Call } from './call';
import { callBy, OUTSIDE, type Way } from './cluster-calls';
import { PORTS } from './draw';
import type { Random } from './random';
import type { Streets } from './cluster-streets';

/** A way, and what would be called by it, whether a flow speaks of it or not. */
export interface Drawn {
  readonly way: Way;
  readonly call: Call;
}

const PROTOCOLS = ['tcp', 'tcp', 'tcp', 'udp', 'udp', 'udp', 'icmp', 'esp'] as const;
const ICMP = { icmp: ['echo-request', 'redirect'], icmpv6: ['echo-request', 'packet-too-big'] } as const;

export function drawCall(ways: readonly Way[], random: Random): Drawn {
  const way = random.pick(ways);
  const picked = random.pick(PROTOCOLS);
  // Of ESP the kernel tracks no numbers: what one node sent, it takes the other's for an answer to.
  const drawn = picked === 'esp' && way.from !== OUTSIDE ? 'tcp' : picked;
  if (drawn === 'esp') return { way, call: callBy(way, { protocol: drawn }) };
  if (drawn === 'icmp') {
    const protocol = way.destination.family === 4 ? 'icmp' : 'icmpv6';
    return { way, call: callBy(way, { protocol, icmpType: random.pick<string>(ICMP[protocol]) }) };
  }
  const port = random.number(2) === 0 ? random.pick(PORTS) : 1 + random.number(65535);
  return { way, call: callBy(way, { protocol: drawn, port }) };
}

/** Ways that no network knows: from outside to addresses of the overlay, which a neighbour may ask a node for. */
export function crookedWays(streets: Streets, ways: readonly Way[]): Way[] {
  const { spec } = streets.plan;
  const overlays = Object.keys(spec.networks).filter((name) => spec.networks[name]?.kind === 'wireguard');
  const straight = new Map(ways.filter(({ from }) => from === OUTSIDE).map((way) => [`${way.to} ${way.network}`, way]));
  return [...straight.values()].flatMap((way) =>
    overlays.flatMap((overlay) =>
      addressesOf(spec, way.to, overlay)
        .filter(({ family }) => family === way.source.family && !LINK_LOCAL.contains(way.source))
        .map((destination) => ({ ...way, destination })),
    ),
  );
}
