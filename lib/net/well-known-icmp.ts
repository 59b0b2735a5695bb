/** Numbers of message types, by nftables' names. Source: IANA, ICMP and ICMPv6 parameters. */
const ICMP_TYPES: Readonly<Record<'icmp' | 'icmpv6', Readonly<Record<string, number>>>> = {
  icmp: { 'destination-unreachable': 3, 'echo-request': 8, 'time-exceeded': 11, 'parameter-problem': 12 },
  icmpv6: {
    'destination-unreachable': 1,
    'packet-too-big': 2,
    'time-exceeded': 3,
    'parameter-problem': 4,
    'echo-request': 128,
    'mld-listener-query': 130,
    'nd-router-advert': 134,
    'nd-neighbor-solicit': 135,
    'nd-neighbor-advert': 136,
  },
};

/** @throws Error for a name that is not among them */
export function icmpNumber(protocol: 'icmp' | 'icmpv6', name: string): number {
  const number = ICMP_TYPES[protocol][name];
  if (number === undefined) throw new Error(`${name} is no known message type of ${protocol}`);
  return number;
}

/** The messages of a protocol that are known here. */
export function icmpMessages(protocol: 'icmp' | 'icmpv6'): string[] {
  return Object.keys(ICMP_TYPES[protocol]);
}
