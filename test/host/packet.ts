import { Address } from '../../lib/net/address';
import type { Protocol } from '../../lib/plan/flow';

/** One packet, as a test describes it. */
export interface Packet {
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: Protocol | 'gre';
  readonly port?: number;
  /** nftables' name. */
  readonly icmpType?: string;
  readonly sourcePort: number;
}

/** IANA protocol numbers. */
const NUMBERS = { icmp: 1, ipip: 4, tcp: 6, udp: 17, gre: 47, esp: 50, icmpv6: 58, sctp: 132, any: 253 } as const;

/** IANA's message types, by nftables' names. */
const ICMP = {
  'destination-unreachable': 3,
  'echo-request': 8,
  'time-exceeded': 11,
  'parameter-problem': 12,
  redirect: 5,
};
const ICMPV6 = {
  'destination-unreachable': 1,
  'packet-too-big': 2,
  'time-exceeded': 3,
  'parameter-problem': 4,
  'echo-request': 128,
  'mld-listener-query': 130,
  'nd-router-advert': 134,
  'nd-neighbor-solicit': 135,
  'nd-neighbor-advert': 136,
  'nd-redirect': 137,
};

/** The number of a message type. @throws Error for one that no test has sent yet */
export function icmpTypeOf(protocol: 'icmp' | 'icmpv6', name = ''): number {
  const types: Readonly<Record<string, number>> = protocol === 'icmp' ? ICMP : ICMPV6;
  const type = types[name];
  if (type === undefined) throw new Error(`no ${protocol} type ${name}`);
  return type;
}

/** Hops left: a number that no kernel starts with, so that probes are told from the answers to them. */
export const HOPS = 77;

/** An Ethernet frame. `id` stands in the IPv4 identification, or in the lower half of the IPv6 flow label. */
export function frame(packet: Packet, mac: string, id: number): Buffer {
  const six = packet.destination.family === 6;
  const payload = transport(packet);
  const header = six ? header6(packet, payload.length, id) : header4(packet, payload.length, id);
  const ethernet = Buffer.from(`${mac}02000000ffff${six ? '86dd' : '0800'}`.replaceAll(':', ''), 'hex');
  return Buffer.concat([ethernet, header, payload]);
}

function header4({ source, destination, protocol }: Packet, length: number, id: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + length, 2);
  header.writeUInt16BE(id, 4);
  header.writeUInt8(HOPS, 8);
  header.writeUInt8(NUMBERS[protocol], 9);
  bytes(source).copy(header, 12);
  bytes(destination).copy(header, 16);
  header.writeUInt16BE(checksum(header), 10);
  return header;
}

function header6({ source, destination, protocol, icmpType }: Packet, length: number, id: number): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32BE(0x60000000 + id, 0);
  header.writeUInt16BE(length, 4);
  header.writeUInt8(NUMBERS[protocol], 6);
  // Neighbour discovery is believed with this hop limit alone (RFC 4861, section 7.1).
  header.writeUInt8(icmpType?.startsWith('nd-') ? 255 : HOPS, 7);
  bytes(source).copy(header, 8);
  bytes(destination).copy(header, 24);
  return header;
}

function transport(packet: Packet): Buffer {
  const { protocol, sourcePort, port = 0, icmpType } = packet;
  switch (protocol) {
    case 'tcp': {
      const segment = Buffer.alloc(20);
      segment.writeUInt16BE(sourcePort, 0);
      segment.writeUInt16BE(port, 2);
      segment.writeUInt32BE(1, 4);
      segment.writeUInt16BE(0x5002, 12); // 20 bytes, SYN
      segment.writeUInt16BE(1024, 14);
      return summed(packet, segment, 16);
    }
    case 'udp': {
      const datagram = Buffer.alloc(12);
      datagram.writeUInt16BE(sourcePort, 0);
      datagram.writeUInt16BE(port, 2);
      datagram.writeUInt16BE(12, 4);
      return summed(packet, datagram, 6);
    }
    case 'sctp':
      return sctpInit(sourcePort, port);
    case 'icmp':
    case 'icmpv6': {
      const message = Buffer.alloc(48);
      message.writeUInt8(icmpTypeOf(protocol, icmpType), 0);
      message.writeUInt16BE(sourcePort, 4);
      return summed(packet, message, 2);
    }
    case 'esp':
    case 'gre':
    case 'ipip':
    case 'any':
      return Buffer.alloc(24);
  }
}

/** Writes the Internet checksum at `offset`; ICMP for IPv4 is the one without a pseudo header. */
function summed({ source, destination, protocol }: Packet, data: Buffer, offset: number): Buffer {
  const tail = Buffer.alloc(8);
  tail.writeUInt32BE(data.length, 0);
  tail.writeUInt32BE(NUMBERS[protocol], 4);
  const pseudo = protocol === 'icmp' ? [] : [bytes(source), bytes(destination), tail];
  data.writeUInt16BE(checksum(Buffer.concat([...pseudo, data])), offset);
  return data;
}

function checksum(data: Buffer): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 2) sum += data.readUInt16BE(i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** An INIT chunk (RFC 9260, section 3.3.2), whose tag must not be 0. */
function sctpInit(sourcePort: number, port: number): Buffer {
  const data = Buffer.alloc(32);
  data.writeUInt16BE(sourcePort, 0);
  data.writeUInt16BE(port, 2);
  data.writeUInt8(1, 12);
  data.writeUInt16BE(20, 14);
  data.writeUInt32BE(1, 16);
  data.writeUInt32BE(65536, 20);
  data.writeUInt16BE(1, 24);
  data.writeUInt16BE(1, 26);
  data.writeUInt32LE(crc32c(data), 8);
  return data;
}

/** Castagnoli's polynomial, reflected (RFC 9260, appendix A). */
function crc32c(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function bytes(address: Address): Buffer {
  const length = address.family === 4 ? 8 : 32;
  return Buffer.from(address.value.toString(16).padStart(length, '0'), 'hex');
}
