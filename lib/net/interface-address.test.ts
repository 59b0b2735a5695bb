import { AddressError } from './error';
import { InterfaceAddress } from './interface-address';

describe('InterfaceAddress', () => {
  test.each([
    ['10.10.0.1/16', '10.10.0.1', '10.10.0.0/16'],
    ['10.10.0.0/31', '10.10.0.0', '10.10.0.0/31'],
    ['fd00::2/64', 'fd00::2', 'fd00::/64'],
    ['10.10.0.1/32', '10.10.0.1', '10.10.0.1/32'],
  ])('%s is %s in %s', (text, address, prefix) => {
    const parsed = InterfaceAddress.parse(text);
    expect(parsed.address.toString()).toBe(address);
    expect(parsed.prefix.toString()).toBe(prefix);
    expect(parsed.toString()).toBe(text);
    expect(InterfaceAddress.of(parsed.address, parsed.prefix.length).equals(parsed)).toBe(true);
  });

  test.each([
    ['10.10.0.1', 'has no prefix length', '10.10.0.1/32'],
    ['10.10.0.1/33', 'has the prefix length 33, and 32 is the longest', '10.10.0.1/32'],
    ['10.10.0.01/24', 'has a zero-padded octet', '10.10.0.1/24'],
    ['10.10.0.1/024', 'has a zero-padded prefix length', '10.10.0.1/24'],
    [' 10.10.0.1/24', 'has white space in it', '10.10.0.1/24'],
    ['10.10.0.300/24', 'has the octet 300, and an octet is at most 255', undefined],
    ['', 'is empty where an address should stand', undefined],
  ])('refuses %j and keeps the host bits in what it suggests', (text, problem, suggestion) => {
    let refusal: unknown;
    try {
      InterfaceAddress.parse(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(AddressError);
    expect(refusal).toMatchObject({ text, problem });
    expect((refusal as AddressError).suggestion).toBe(suggestion);
  });
});
