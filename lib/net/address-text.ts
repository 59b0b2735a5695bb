import { AddressError, settle } from './error';

export type Family = 4 | 6;

export interface AddressValue {
  readonly family: Family;
  readonly value: bigint;
}

const CODE_DOT = 46;
const CODE_ZERO = 48;
const CODE_NINE = 57;

/** Reads an address strictly; undefined where the text is none. `explainAddress` says why. */
export function readAddress(text: string): AddressValue | undefined {
  const family = text.includes(':') ? 6 : 4;
  const value = family === 4 ? readIpv4(text) : readIpv6(text);
  return value === undefined ? undefined : { family, value };
}

/** The canonical text: dotted decimal, or RFC 5952 with the IPv4 tail of its section 5 for IPv4-mapped addresses. */
export function printAddress(family: Family, value: bigint): string {
  return family === 4 ? printIpv4(value) : printIpv6(value);
}

/** Why a text that `readAddress` did not take is no address. */
export function explainAddress(text: string): AddressError {
  const refuse = (problem: string, mended?: string): AddressError =>
    new AddressError(text, problem, mended === undefined ? undefined : settle(mended, requireAddress));

  if (text === '') return refuse('is empty where an address should stand');
  if (text.trim() !== text) return refuse('has white space around it', text.trim());
  if (text.includes('%')) return refuse('has a zone id', text.slice(0, text.indexOf('%')));
  if (/^\[.*\]$/.test(text)) return refuse('has brackets around it', text.slice(1, -1));
  if (text.includes('/')) return refuse('is a prefix, not an address', text.slice(0, text.indexOf('/')));
  if (/^[\d.]+:\d+$/.test(text)) return refuse('has a port', text.slice(0, text.indexOf(':')));
  if (/^\d+(\.\d+)+$/.test(text)) return explainIpv4(text);
  if (text.includes(':')) return refuse(ipv6Problem(text));
  return refuse('is not an IPv4 or IPv6 address');
}

function requireAddress(text: string): AddressValue {
  const address = readAddress(text);
  if (address === undefined) throw explainAddress(text);
  return address;
}

function readIpv4(text: string): bigint | undefined {
  // Four octets stay far below 2^53, so a number holds them exactly.
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === CODE_DOT) {
      if (octet < 0 || ++dots > 3) return undefined;
      value = value * 256 + octet;
      octet = -1;
    } else {
      // A digit after a leading 0 would be zero padding, which some readers take for octal.
      if (code < CODE_ZERO || code > CODE_NINE || octet === 0) return undefined;
      octet = (octet < 0 ? 0 : octet * 10) + (code - CODE_ZERO);
      if (octet > 255) return undefined;
    }
  }
  return dots === 3 && octet >= 0 ? BigInt(value * 256 + octet) : undefined;
}

function readIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const compressed = halves.length === 2;
  const head = readGroups(halves[0] ?? '', !compressed);
  const tail = readGroups(halves[1] ?? '', true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  // "::" stands for at least one group (RFC 4291, 2.2).
  if (compressed ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0000'), ...tail];
  return BigInt(`0x${groups.join('')}`);
}

/** The groups of one side of "::", each as four hexadecimal digits. */
function readGroups(text: string, mayEndInIpv4: boolean): string[] | undefined {
  if (text === '') return [];
  const groups: string[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(part.padStart(4, '0'));
      continue;
    }
    const ipv4 = mayEndInIpv4 && i === parts.length - 1 ? readIpv4(part) : undefined;
    if (ipv4 === undefined) return undefined;
    const digits = ipv4.toString(16).padStart(8, '0');
    groups.push(digits.slice(0, 4), digits.slice(4));
  }
  return groups;
}

function printIpv4(value: bigint): string {
  return `${value >> 24n}.${(value >> 16n) & 0xffn}.${(value >> 8n) & 0xffn}.${value & 0xffn}`;
}

function printIpv6(value: bigint): string {
  if (value >> 32n === 0xffffn) return `::ffff:${printIpv4(value & 0xffff_ffffn)}`;
  const digits = value.toString(16).padStart(32, '0');
  const groups = Array.from({ length: 8 }, (_, i) => digits.slice(i * 4, i * 4 + 4).replace(/^0{1,3}/, ''));
  const run = longestZeroRun(groups);
  // A single zero group is never compressed (RFC 5952, 4.2.2).
  if (run.length < 2) return groups.join(':');
  return `${groups.slice(0, run.start).join(':')}::${groups.slice(run.start + run.length).join(':')}`;
}

/** The first of the longest runs of zero groups (RFC 5952, 4.2.3). */
function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let length = 0;
  for (const [i, group] of groups.entries()) {
    length = group === '0' ? length + 1 : 0;
    if (length > longest.length) longest = { start: i - length + 1, length };
  }
  return longest;
}

function explainIpv4(text: string): AddressError {
  const octets = text.split('.');
  if (octets.length !== 4) return new AddressError(text, `has ${octets.length} octets where IPv4 has 4`);
  const plain = octets.map((octet) => octet.replace(/^0+(?=\d)/, ''));
  const tooLarge = plain.find((octet) => octet.length > 3 || Number(octet) > 255);
  if (tooLarge !== undefined) return new AddressError(text, `has the octet ${tooLarge}, and an octet is at most 255`);
  return new AddressError(text, 'has a zero-padded octet', plain.join('.'));
}

function ipv6Problem(text: string): string {
  if (text.split('::').length > 2) return 'has "::" more than once';
  const long = text.split(':').find((group) => /^[0-9a-fA-F]{5,}$/.test(group));
  if (long !== undefined) return `has the group ${long}, and a group is at most four digits`;
  return 'is not an IPv6 address';
}
