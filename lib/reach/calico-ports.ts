import { settle } from '../net/error';
import { PortRange } from '../net/port';
import type { Field } from './field';
import { readNumber } from './network-policy-ports';
import { ANY_PORT, type PortMatch } from './policy';
import { Traffic, type Protocol } from './traffic';

const PROTOCOLS: ReadonlyMap<string, Traffic> = new Map([
  ['tcp', Traffic.of('tcp')],
  ['udp', Traffic.of('udp')],
  ['sctp', Traffic.of('sctp')],
  ['icmp', Traffic.of('icmp')],
  ['icmpv6', Traffic.of('icmpv6')],
  // Source: IANA, protocol numbers.
  ['udplite', Traffic.number(136)],
]);

const WITH_PORTS: readonly Protocol[] = ['tcp', 'udp', 'sctp'];

/** What a rule asks of protocol, ICMP and the destination's ports. */
export function readCalicoTraffic(rule: Field): PortMatch {
  const protocol = rule.get('protocol');
  const icmp = rule.get('icmp');
  const destination = rule.get('destination');
  const ports = destination.get('ports');
  const notPorts = destination.get('notPorts');
  let traffic = protocol.isGiven ? readProtocol(protocol) : Traffic.all;
  if (rule.get('notProtocol').isGiven) traffic = traffic.difference(readProtocol(rule.get('notProtocol')));
  if (icmp.isGiven) traffic = traffic.intersection(readIcmp(icmp, traffic));
  if (rule.get('notICMP').isGiven) traffic = traffic.difference(readIcmp(rule.get('notICMP'), traffic));
  if (!ports.isGiven && !notPorts.isGiven) return traffic.isAll ? ANY_PORT : { traffic, named: [] };
  const given = WITH_PORTS.filter((each) => traffic.values(each).length > 0);
  if (!protocol.isGiven || given.length !== 1)
    (ports.isGiven ? ports : notPorts).invalid('needs a protocol that has ports: TCP, UDP or SCTP');
  const wanted = ports.isGiven ? readPorts(ports, given) : { traffic, named: [] };
  const unwanted = readPorts(notPorts, given);
  if (unwanted.named.length > 0) notPorts.invalid('names a port; leave out numbers');
  return { traffic: wanted.traffic.difference(unwanted.traffic), named: wanted.named };
}

function readProtocol(field: Field): Traffic {
  const { value } = field;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 255) return Traffic.number(value);
  const traffic = PROTOCOLS.get((field.written() ?? '').toLowerCase());
  if (traffic === undefined)
    field.invalid(`is ${JSON.stringify(value)}; Calico knows TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite and numbers to 255`);
  return traffic ?? Traffic.none;
}

/** A code narrows the type further than is told here. */
function readIcmp(icmp: Field, protocol: Traffic): Traffic {
  icmp.only(['type', 'code']);
  const type = icmp.get('type').integer();
  const kinds = (['icmp', 'icmpv6'] as const).filter((each) => protocol.values(each).length > 0);
  return Traffic.union(kinds.map((kind) => (type === undefined ? Traffic.of(kind) : Traffic.range(kind, type))));
}

/** Numbers, ranges such as `1024:2048`, and names. */
function readPorts(ports: Field, protocols: readonly Protocol[]): PortMatch {
  const named: { protocol: Protocol; name: string }[] = [];
  const parts: Traffic[] = [];
  for (const item of ports.items()) {
    const range = typeof item.value === 'string' ? /^(\d+):(\d+)$/.exec(item.value) : null;
    const [first, last] = range === null ? [item.value, item.value] : [Number(range[1]), Number(range[2])];
    if (typeof first === 'string' && !/^\d+$/.test(first)) {
      named.push(...protocols.map((protocol) => ({ protocol, name: first })));
    } else if (range !== null && (Number(last) > 65535 || Number(last) < Number(first))) {
      const right = settle(`${Number(first)}-${Number(last)}`, (text) => PortRange.parse(text))?.replace('-', ':');
      item.invalid(`is ${JSON.stringify(item.value)}; a range is first:last, up to 65535`, right);
    } else {
      const number = range === null && typeof first === 'number' ? readNumber(item) : Number(first);
      if (number !== undefined)
        parts.push(...protocols.map((protocol) => Traffic.range(protocol, number, Number(last))));
    }
  }
  return { traffic: Traffic.union(parts), named };
}
