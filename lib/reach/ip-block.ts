import { AddressSet } from '../net/address-set';
import { AddressError } from '../net/error';
import { Prefix } from '../net/prefix';
import type { Field } from './field';

/** Reads `cidr` without `except`. */
export function readIpBlock(block: Field): AddressSet {
  const cidr = block.get('cidr');
  const whole = readCidr(cidr);
  if (!cidr.isGiven) cidr.invalid('is missing');
  if (whole === undefined) return AddressSet.empty;
  let rest = AddressSet.of(whole);
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
