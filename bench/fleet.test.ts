interface Fleet {
  clusterOf(number: number): { readonly name: string; readonly net: string };
}

const { clusterOf } = jest.requireActual<Fleet>('./fleet');
const fleet = Array.from({ length: 4000 }, (_, index) => clusterOf(index + 1));

test.each(['name', 'net'] as const)('each cluster has a %s of its own, all of one length and in order', (key) => {
  const texts = fleet.map((cluster) => cluster[key]);
  expect(new Set(texts).size).toBe(fleet.length);
  expect(new Set(texts.map((text) => text.length)).size).toBe(1);
  expect([...texts].sort()).toEqual(texts);
});

test('the middle of an address is two octets', () => {
  const octets = fleet.flatMap(({ net }) => net.split('.').map(Number));
  expect(octets).toHaveLength(2 * fleet.length);
  expect(octets.every((octet) => octet >= 100 && octet <= 255)).toBe(true);
});
