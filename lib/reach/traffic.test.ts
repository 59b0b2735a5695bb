import fc from 'fast-check';
import { parseTraffic } from './port-text';
import { PROTOCOLS, Traffic } from './traffic';

const part = fc
  .tuple(fc.constantFrom(...PROTOCOLS), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5 }))
  .map(([protocol, first, more]) => Traffic.range(protocol, first, first + more));
const traffic = fc.oneof(
  fc.array(part, { maxLength: 4 }).map((parts) => Traffic.union(parts)),
  fc.constant(Traffic.all),
);

/** One by one, for the values that the arbitraries reach. */
function members(set: Traffic): string[] {
  return PROTOCOLS.flatMap((protocol) =>
    Array.from({ length: 30 }, (_, value) => value)
      .filter((value) => set.values(protocol).some(({ first, last }) => first <= value && value <= last))
      .map((value) => `${protocol} ${value}`),
  );
}

test('the algebra is that of its members', () => {
  fc.assert(
    fc.property(traffic, traffic, (a, b) => {
      const [inA, inB] = [members(a), members(b)];
      expect(members(a.union(b))).toEqual(
        members(Traffic.all).filter((each) => inA.includes(each) || inB.includes(each)),
      );
      expect(members(a.intersection(b))).toEqual(inA.filter((each) => inB.includes(each)));
      expect(members(a.difference(b))).toEqual(inA.filter((each) => !inB.includes(each)));
      expect(a.overlaps(b)).toBe(!a.intersection(b).isEmpty);
      expect(a.contains(b)).toBe(b.difference(a).isEmpty);
      expect(a.union(b).equals(b.union(a))).toBe(true);
    }),
  );
});

test('nothing has port 0, and no protocol is counted twice', () => {
  expect(Traffic.range('tcp', 0).isEmpty).toBe(true);
  expect(Traffic.number(6).equals(Traffic.of('tcp'))).toBe(true);
  expect(Traffic.union(PROTOCOLS.map((protocol) => Traffic.of(protocol)))).toBe(Traffic.all);
});

test.each([
  ['443', 'TCP 443'],
  ['8000-8999', 'TCP 8000-8999'],
  ['53/udp', 'UDP 53'],
  ['udp/53', 'UDP 53'],
  ['icmp', 'ICMP'],
  ['SCTP', 'SCTP'],
])('%s is read as %s', (text, printed) => expect(parseTraffic(text).toString()).toBe(printed));

test.each(['70000', 'http', 'tcp/80/udp', ''])('%j is refused', (text) => expect(() => parseTraffic(text)).toThrow());
