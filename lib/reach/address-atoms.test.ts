import fc from 'fast-check';
import { AddressSet } from '../net/address-set';
import { AddressAtoms } from './address-atoms';

const text = (kinds: readonly (readonly number[])[], { ranges }: AddressAtoms) =>
  kinds.map((kind) => kind.map((i) => ranges[i]?.asPrefix()?.toString() ?? String(ranges[i])));

describe('kinds of atoms', () => {
  test('what lies in the same of the sets is of one kind, in order', () => {
    const nodes = AddressSet.parse('192.0.2.1, 192.0.2.3');
    const atoms = new AddressAtoms([nodes, AddressSet.parse('192.0.2.3')]);
    expect(text(atoms.kinds, atoms)).toEqual([
      ['0.0.0.0-192.0.2.0', '192.0.2.2/32', '192.0.2.4-255.255.255.255'],
      ['192.0.2.1/32'],
      ['192.0.2.3/32'],
      ['::/0'],
    ]);
  });

  test('two atoms are of one kind if and only if no set and no family tells them apart', () => {
    const octet = fc.integer({ min: 0, max: 15 });
    const set = fc.array(octet, { maxLength: 4 }).map((last) => AddressSet.parse(last.map((n) => `192.0.2.${n}`)));
    fc.assert(
      fc.property(fc.array(set, { maxLength: 5 }), (sets) => {
        const atoms = new AddressAtoms(sets);
        const said = ({ family, first }: AddressAtoms['ranges'][number]) =>
          [family, ...sets.map((one) => one.contains(first))].join();
        const expected = new Map<string, number[]>();
        for (const [i, range] of atoms.ranges.entries())
          expected.set(said(range), [...(expected.get(said(range)) ?? []), i]);
        expect(atoms.kinds).toEqual([...expected.values()]);
      }),
    );
  });
});
