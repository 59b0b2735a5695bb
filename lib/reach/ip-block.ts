import { AddressSet } from '../net/address-set';
import { AddressError } from '../net/error';
import { Prefix } from '../net/prefix';
import type { Field } from './field';

/** Prefixes, and lists of them, that were read without a fault, by their texts: trees repeat a few of them thousands of times. */
const sound = new Map<string, AddressSet>();

/** Entries beyond which everything is forgotten: a fleet has ever new ones. */
const MOST_KNOWN = 8192;

function remember(text: string, addresses: AddressSet): void {
  if (sound.size >= MOST_KNOWN) sound.clear();
  sound.set(text, addresses);
}

/** The addresses of a prefix that was read before. */
export function knownPrefix(text: string): AddressSet | undefined {
  return sound.get(text);
}

/** Those of several, each of which was read before. */
export function knownPrefixes(texts: readonly string[]): AddressSet {
  const key = texts.join();
  let addresses = sound.get(key);
  if (addresses === undefined) {
    addresses = AddressSet.of(...texts.flatMap((text) => sound.get(text) ?? []));
    remember(key, addresses);
  }
  return addresses;
}

/** Reads `cidr` without `except`. */
export function readIpBlock(block: Field): AddressSet {
  const cidr = block.get('cidr');
  const whole = readCidr(cidr);
  if (!cidr.isGiven) cidr.invalid('is missing');
  if (whole === undefined) return AddressSet.empty;
  let rest = AddressSet.of(whole);
  if (whole.toString() === cidr.value) remember(whole.toString(), rest);
  for (const except of block.get('except').items()) {
    const hole = readCidr(except);
    if (hole === undefined) continue;
    if (!whole.contains(hole) || whole.equals(hole)) {
      except.invalid(`is ${hole}, which must lie inside ${whole} and be smaller`);
    }
    rest = rest.difference(hole);
  }
  return rest;
}

/** Reads a prefix. Host bits are reported and masked, as engines do that still accept them. */
export function readCidr(field: Field): Prefix | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  try {
    return Prefix.parse(text);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    field.invalid(
      `is ${error.text === text ? JSON.stringify(text) : `${JSON.stringify(text)}: ${error.text}`}, which ${error.problem}`,
      error.suggestion,
    );
    return error.suggestion === undefined || !error.problem.includes('host bits')
      ? undefined
      : Prefix.parse(error.suggestion);
  }
}
