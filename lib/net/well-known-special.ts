import { Prefix } from './prefix';

/** What an address may be used for. */
export type AddressKind =
  | 'public'
  | 'private'
  | 'shared'
  | 'loopback'
  | 'link-local'
  | 'documentation'
  | 'multicast'
  | 'unique-local'
  | 'unspecified'
  | 'reserved'
  | 'benchmarking';

export interface SpecialPurpose {
  readonly prefix: Prefix;
  readonly kind: AddressKind;
  readonly source: string;
}

function special(text: string, kind: AddressKind, source: string): SpecialPurpose {
  return { prefix: Prefix.parse(text), kind, source };
}

/**
 * IANA's special-purpose address registries (RFC 6890 and later). Where two rows hold an address, the longer prefix
 * decides. A row is `public` where the registry calls it globally reachable inside a block that is not.
 */
export const SPECIAL_PURPOSE: readonly SpecialPurpose[] = [
  special('0.0.0.0/8', 'reserved', 'RFC 791, 3.2: this network'),
  special('0.0.0.0/32', 'unspecified', 'RFC 1122, 3.2.1.3'),
  special('10.0.0.0/8', 'private', 'RFC 1918'),
  special('100.64.0.0/10', 'shared', 'RFC 6598'),
  special('127.0.0.0/8', 'loopback', 'RFC 1122, 3.2.1.3'),
  special('169.254.0.0/16', 'link-local', 'RFC 3927'),
  special('172.16.0.0/12', 'private', 'RFC 1918'),
  special('192.0.0.0/24', 'reserved', 'RFC 6890, 2.1: IETF protocol assignments'),
  special('192.0.0.9/32', 'public', 'RFC 7723: PCP anycast'),
  special('192.0.0.10/32', 'public', 'RFC 8155: TURN anycast'),
  special('192.0.2.0/24', 'documentation', 'RFC 5737'),
  special('192.88.99.0/24', 'reserved', 'RFC 7526: deprecated 6to4 relay anycast'),
  special('192.168.0.0/16', 'private', 'RFC 1918'),
  special('198.18.0.0/15', 'benchmarking', 'RFC 2544'),
  special('198.51.100.0/24', 'documentation', 'RFC 5737'),
  special('203.0.113.0/24', 'documentation', 'RFC 5737'),
  special('224.0.0.0/4', 'multicast', 'RFC 5771'),
  special('240.0.0.0/4', 'reserved', 'RFC 1112, 4; its last address is the limited broadcast of RFC 919'),

  special('::/0', 'reserved', 'RFC 4291, 2.4: unicast is assigned from 2000::/3 alone'),
  special('2000::/3', 'public', 'RFC 4291, 2.4; IANA IPv6 global unicast assignments'),
  special('::/128', 'unspecified', 'RFC 4291, 2.5.2'),
  special('::1/128', 'loopback', 'RFC 4291, 2.5.3'),
  special('64:ff9b::/96', 'public', 'RFC 6052: IPv4/IPv6 translation'),
  special('2001::/23', 'reserved', 'RFC 2928: IETF protocol assignments'),
  special('2001:1::1/128', 'public', 'RFC 7723: PCP anycast'),
  special('2001:1::2/128', 'public', 'RFC 8155: TURN anycast'),
  special('2001:1::3/128', 'public', 'RFC 9665: DNS-SD SRP anycast'),
  special('2001:2::/48', 'benchmarking', 'RFC 5180'),
  special('2001:3::/32', 'public', 'RFC 7450: AMT'),
  special('2001:4:112::/48', 'public', 'RFC 7535: AS112'),
  special('2001:20::/28', 'public', 'RFC 7343: ORCHIDv2'),
  special('2001:30::/28', 'public', 'RFC 9374: drone remote ID'),
  special('2001:db8::/32', 'documentation', 'RFC 3849'),
  special('2002::/16', 'reserved', 'RFC 3056: 6to4, whose relays RFC 7526 deprecates'),
  special('3fff::/20', 'documentation', 'RFC 9637'),
  special('fc00::/7', 'unique-local', 'RFC 4193'),
  special('fe80::/10', 'link-local', 'RFC 4291, 2.5.6'),
  special('ff00::/8', 'multicast', 'RFC 4291, 2.7'),
];
