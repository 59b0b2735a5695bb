import fc from 'fast-check';
import { Address } from './address';
import { AddressSet } from './address-set';
import { overlapsAmong } from './overlap';
import { Range } from './range';

describe('overlapsAmong', () => {
  test('names both places and what is shared', () => {
    // 0  |======= 192.168.1.0/24 =======|
    // 1               |= .230-.239 =|
    // 2                    |= .235-.245 =|
    // 3                                     |= 192.168.2.0/24 =|
    const sets = ['192.168.1.0/24', '192.168.1.230-192.168.1.239', '192.168.1.235-192.168.1.245', '192.168.2.0/24'];
    const found = overlapsAmong(sets.map((text) => AddressSet.parse(text)));
    expect(found.map(({ first, second, shared }) => [first, second, shared.toString()])).toEqual([
      [0, 1, '192.168.1.230-192.168.1.239'],
      [0, 2, '192.168.1.235-192.168.1.245'],
      [1, 2, '192.168.1.235-192.168.1.239'],
    ]);
  });

  test('is what comparing each with each finds', () => {
    const base = Address.parse('10.0.0.0');
    const anyRange = fc
      .tuple(fc.nat(60), fc.nat(9))
      .map(([from, more]) => Range.of(base.plus(from), base.plus(from + more)));
    const anySet = fc.array(anyRange, { maxLength: 3 }).map((ranges) => AddressSet.of(...ranges));
    fc.assert(
      fc.property(fc.array(anySet, { maxLength: 10 }), (sets) => {
        const expected = sets.flatMap((a, first) =>
          sets.flatMap((b, second) =>
            first < second && a.overlaps(b) ? [{ first, second, shared: a.intersection(b) }] : [],
          ),
        );
        expect(overlapsAmong(sets)).toEqual(expected);
      }),
    );
  });

  test('nothing overlaps in an empty list or an empty set', () => {
    expect(overlapsAmong([])).toEqual([]);
    expect(overlapsAmong([AddressSet.empty, AddressSet.empty, AddressSet.all4])).toEqual([]);
  });
});
