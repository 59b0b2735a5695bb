import type { Field } from './field';
import { ANY_PORT, type PortMatch } from './policy';
import { Traffic, type Protocol } from './traffic';

const PROTOCOLS: ReadonlyMap<string, readonly Protocol[]> = new Map([
  ['TCP', ['tcp']],
  ['UDP', ['udp']],
  ['SCTP', ['sctp']],
  ['ANY', ['tcp', 'udp', 'sctp']],
]);

/** Protocols without ports. Source: IANA, protocol numbers. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['VRRP', 112],
  ['IGMP', 2],
  ['GRE', 47],
  ['IPIP', 4],
  ['IPV6', 41],
  ['ESP', 50],
  ['AH', 51],
]);

const NOTHING: PortMatch = { traffic: Traffic.none, named: [] };

/** Reads the ports of one entry of `toPorts`; none are all. */
export function readCiliumPorts(ports: Field): PortMatch {
  const items = ports.items();
  if (items.length === 0) return ANY_PORT;
  const read = items.map(readPort);
  return { traffic: Traffic.union(read.map(({ traffic }) => traffic)), named: read.flatMap(({ named }) => named) };
}

function readPort(item: Field): PortMatch {
  item.only(['port', 'endPort', 'protocol']);
  const given = item.get('protocol').text() ?? 'ANY';
  const number = NUMBERS.get(given);
  if (number !== undefined) return { traffic: Traffic.number(number), named: [] };
  const known = PROTOCOLS.get(given.toUpperCase());
  if (known === undefined) {
    item
      .get('protocol')
      .invalid(`is ${JSON.stringify(given)}; Cilium knows ${[...PROTOCOLS.keys(), ...NUMBERS.keys()].join(', ')}`);
  }
  const match = readPortOf(item, known ?? ['tcp']);
  return known === undefined ? NOTHING : match;
}

function readPortOf(item: Field, protocols: readonly Protocol[]): PortMatch {
  const port = item.get('port').text();
  if (port === undefined) {
    if (!item.get('port').isGiven) item.invalid('has no port');
    return NOTHING;
  }
  if (!/^\d+$/.test(port))
    return { traffic: Traffic.none, named: protocols.map((protocol) => ({ protocol, name: port.toLowerCase() })) };
  const traffic = rangeOf(item, Number(port));
  return { traffic: Traffic.union(protocols.map(traffic)), named: [] };
}

function rangeOf(item: Field, first: number): (protocol: Protocol) => Traffic {
  const end = item.get('endPort');
  const last = end.isGiven ? end.integer() : first;
  if (first > 65535) item.get('port').invalid(`is ${first}; ports are 0 to 65535`);
  if (end.isGiven && last !== undefined && last > 65535) end.invalid(`is ${last}; ports are 1 to 65535`, '65535');
  // Port 0 stands for all ports. Source: Cilium API, PortProtocol.
  if (first === 0) return (protocol) => Traffic.of(protocol);
  if (last !== undefined && last !== 0 && last < first) {
    const right = last < 0 ? String(first) : `port: "${last}", endPort: ${first}`;
    end.invalid(`is ${last}, below port ${first}`, right);
  }
  return (protocol) => Traffic.range(protocol, first, last === undefined || last === 0 ? first : last);
}

/** ICMP types by Cilium's names for them. Source: Cilium API, ICMPField; IANA, ICMP and ICMPv6 parameters. */
const ICMP: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  IPv4: {
    ...{
      EchoReply: 0,
      DestinationUnreachable: 3,
      Redirect: 5,
      Echo: 8,
      EchoRequest: 8,
      RouterAdvertisement: 9,
      RouterSelection: 10,
    },
    ...{
      TimeExceeded: 11,
      ParameterProblem: 12,
      Timestamp: 13,
      TimestampReply: 14,
      Photuris: 40,
      ExtendedEchoRequest: 42,
      ExtendedEchoReply: 43,
    },
  },
  IPv6: {
    ...{
      DestinationUnreachable: 1,
      PacketTooBig: 2,
      TimeExceeded: 3,
      ParameterProblem: 4,
      EchoRequest: 128,
      EchoReply: 129,
    },
    ...{
      MulticastListenerQuery: 130,
      MulticastListenerReport: 131,
      MulticastListenerDone: 132,
      RouterSolicitation: 133,
      RouterAdvertisement: 134,
    },
    ...{ NeighborSolicitation: 135, NeighborAdvertisement: 136, RedirectMessage: 137, RouterRenumbering: 138 },
    ...{ ICMPNodeInformationQuery: 139, ICMPNodeInformationResponse: 140, InverseNeighborDiscoverySolicitation: 141 },
    ...{
      InverseNeighborDiscoveryAdvertisement: 142,
      HomeAgentAddressDiscoveryRequest: 144,
      HomeAgentAddressDiscoveryReply: 145,
    },
    ...{ MobilePrefixSolicitation: 146, MobilePrefixAdvertisement: 147, DuplicateAddressRequestCodeSuffix: 157 },
    ...{ DuplicateAddressConfirmationCodeSuffix: 158, ExtendedEchoRequest: 160, ExtendedEchoReply: 161 },
  },
};

/** Reads `icmps`. */
export function readIcmps(icmps: Field): Traffic {
  return Traffic.union(
    icmps.items().flatMap((entry) =>
      entry
        .get('fields')
        .items()
        .map((field) => {
          const family = field.get('family').text() ?? 'IPv4';
          const type = field.get('type');
          const number =
            typeof type.value === 'number'
              ? type.value
              : (ICMP[family]?.[type.written() ?? ''] ?? Number(type.written() ?? NaN));
          if (ICMP[family] === undefined)
            field.get('family').invalid(`is ${JSON.stringify(family)}; families are IPv4 and IPv6`);
          else if (Number.isInteger(number) && number >= 0 && number <= 255)
            return Traffic.range(family === 'IPv6' ? 'icmpv6' : 'icmp', number);
          else type.invalid(`is ${JSON.stringify(type.value)}, no ICMP type of ${family}`);
          return Traffic.none;
        }),
    ),
  );
}
