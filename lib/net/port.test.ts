import fc from 'fast-check';
import { AddressError } from './error';
import { PortRange, PortSet } from './port';

function refusal(text: string | number): AddressError {
  try {
    PortRange.parse(text);
  } catch (error) {
    if (error instanceof AddressError) return error;
  }
  throw new Error(`${text} was not refused`);
}

describe('PortRange', () => {
  test.each([
    ['80', '80', 1],
    [443, '443', 1],
    ['8000-8999', '8000-8999', 1000],
    ['1-65535', '1-65535', 65535],
    ['80-80', '80', 1],
  ])('reads %s', (text, printed, count) => {
    expect(PortRange.parse(text).toString()).toBe(printed);
    expect(PortRange.parse(text).count).toBe(count);
    expect(PortRange.parse(printed)).toEqual(PortRange.parse(text));
  });

  test.each([
    [0, 'holds port 0, and ports start at 1', undefined],
    ['0-80', 'holds port 0, and ports start at 1', '1-80'],
    ['0-0', 'holds port 0, and ports start at 1', undefined],
    ['0-70000', 'holds port 0, and ports start at 1', undefined],
    [65536, 'holds port 65536, and 65535 is the highest', undefined],
    ['518200', 'holds port 518200, and 65535 is the highest', undefined],
    ['65000-70000', 'holds port 70000, and 65535 is the highest', '65000-65535'],
    ['70000-65000', 'holds port 70000, and 65535 is the highest', '65000-65535'],
    ['065000-700000', 'holds port 700000, and 65535 is the highest', '65000-65535'],
    ['70000-80000', 'holds port 70000, and 65535 is the highest', undefined],
    ['65535-65536', 'holds port 65536, and 65535 is the highest', '65535-65535'],
    ['8999-8000', 'is reversed', '8000-8999'],
    ['080', 'is zero-padded', '80'],
    ['0100-80', 'is zero-padded', '80-100'],
    ['8000–8999', 'has something else than a hyphen between two ports', '8000-8999'],
    ['8999:8000', 'has something else than a hyphen between two ports', '8000-8999'],
    ['8000..8999', 'has something else than a hyphen between two ports', '8000-8999'],
    ['8000 - 8999', 'has white space in it', '8000-8999'],
    ['80/tcp', 'names the protocol tcp, which has a place of its own', '80'],
    ['53/UDP', 'names the protocol udp, which has a place of its own', undefined],
    ['53 /udp', 'has white space in it', undefined],
    ['', 'is empty where a port should stand', undefined],
    ['http', 'is not a port or a port range', undefined],
    ['-1', 'is not a port or a port range', undefined],
    [80.5, 'is not a port or a port range', undefined],
    [Number.NaN, 'is not a port or a port range', undefined],
    ['1e3', 'is not a port or a port range', undefined],
  ])('refuses %j', (text, problem, suggestion) => {
    expect(refusal(text)).toMatchObject({ text: String(text), problem });
    expect(refusal(text).suggestion).toBe(suggestion);
  });

  test('of() refuses the same', () => {
    expect(() => PortRange.of(0)).toThrow('"0" holds port 0, and ports start at 1');
    expect(() => PortRange.of(9, 8)).toThrow('"9-8" is reversed; write 8-9');
    expect(() => PortRange.of(1, 65536)).toThrow(AddressError);
    expect(PortRange.of(80)).toEqual(PortRange.parse('80'));
  });

  test.each([
    // |-- 80-90 --|
    //             |-- 91-99 --|
    ['80-90', '91-99', false],
    //           |-- 90-99 --|
    ['80-90', '90-99', true],
    //    |-- 85 --|
    ['80-90', '85', true],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    expect(PortRange.parse(a).overlaps(PortRange.parse(b))).toBe(expected);
    expect(PortRange.parse(b).overlaps(PortRange.parse(a))).toBe(expected);
  });

  test('contains ports and ranges', () => {
    const nodePorts = PortRange.of(30000, 32767);
    expect([29999, 30000, 32767, 32768].map((port) => nodePorts.contains(port))).toEqual([false, true, true, false]);
    expect(nodePorts.contains(PortRange.of(30000, 30010))).toBe(true);
    expect(nodePorts.contains(PortRange.of(29999, 30010))).toBe(false);
  });

  test('order: by first, then by last', () => {
    const sorted = ['22', '80', '80-90', '443'];
    const shuffled = ['80-90', '443', '22', '80'].map((text) => PortRange.parse(text));
    expect(shuffled.sort((a, b) => a.compare(b)).map(String)).toEqual(sorted);
  });
});

describe('PortSet', () => {
  test('prints its normal form', () => {
    const set = PortSet.of(443, PortRange.of(8000, 8500), PortRange.of(8501, 8999), 80);
    expect(set.toString()).toBe('80, 443, 8000-8999');
    expect(set.count).toBe(1002);
    expect(JSON.stringify(set)).toBe('"80, 443, 8000-8999"');
    expect(PortSet.empty.toString()).toBe('∅');
    expect(PortSet.all.toString()).toBe('1-65535');
  });

  test('reads one number, one text and a list', () => {
    expect(PortSet.parse('80, 443')).toEqual(PortSet.of(80, 443));
    expect(PortSet.parse([80, '443'])).toEqual(PortSet.of(80, 443));
    expect(PortSet.parse(80)).toEqual(PortSet.of(80));
    expect(() => PortSet.parse('80,,443')).toThrow(AddressError);
    expect(() => PortSet.of(0)).toThrow(AddressError);
  });

  const PORTS = Array.from({ length: 30 }, (_, i) => (i < 15 ? i + 1 : 65506 + i));
  const anyRange = fc
    .tuple(fc.constantFrom(...PORTS), fc.constantFrom(...PORTS))
    .map(([a, b]) => PortRange.of(Math.min(a, b), Math.max(a, b)));
  const anySet = fc.array(anyRange, { maxLength: 5 }).map((ranges) => PortSet.of(...ranges));
  const members = (set: PortSet) => PORTS.filter((port) => set.ranges().some((range) => range.contains(port)));

  test('algebra is what asking about every port gives', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(members(a.union(b))).toEqual(PORTS.filter((port) => inA.includes(port) || inB.includes(port)));
        expect(members(a.intersection(b))).toEqual(inA.filter((port) => inB.includes(port)));
        expect(members(a.difference(b))).toEqual(inA.filter((port) => !inB.includes(port)));
        expect(a.difference(b).union(a.intersection(b))).toEqual(a);
        expect(a.contains(b)).toBe(b.difference(a).isEmpty);
        expect(a.overlaps(b)).toBe(!a.intersection(b).isEmpty);
        expect(a.equals(b)).toBe(a.toString() === b.toString());
      }),
    );
  });

  test('De Morgan, and what is printed is read back', () => {
    const not = (set: PortSet) => PortSet.all.difference(set);
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        expect(not(a.union(b))).toEqual(not(a).intersection(not(b)));
        expect(not(not(a))).toEqual(a);
        expect(PortSet.parse(a.toString())).toEqual(a);
      }),
    );
  });
});
