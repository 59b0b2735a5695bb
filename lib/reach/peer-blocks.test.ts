import { soundBlocks } from './peer-blocks';

const block = (cidr: unknown, except?: unknown) => ({
  ipBlock: { cidr, ...(except === undefined ? {} : { except }) },
});

const addressesOf = (peers: readonly unknown[]) => soundBlocks(peers)?.blocks.map(({ addresses }) => String(addresses));

test('all blocks are one peer, and what K3s may leave out is another', () => {
  expect(addressesOf([block('192.0.2.1/32'), { podSelector: {} }, block('192.0.2.2/32')])).toEqual([
    '192.0.2.1-192.0.2.2',
  ]);
  expect(addressesOf([block('10.0.0.0/8', ['10.1.0.0/16']), block('10.0.0.0/9')])).toEqual([
    '10.0.0.0/16, 10.2.0.0-10.255.255.255',
    '10.1.0.0/16',
  ]);
  expect(soundBlocks([{ podSelector: {} }, block('192.0.2.1/32'), {}])?.others).toEqual([0, 2]);
});

test.each([
  [block('192.0.2.1')],
  [block('192.0.2.1/24')],
  [block('10.0.0.0/8', ['192.0.2.0/24'])],
  [block('10.0.0.0/8', ['10.0.0.0/8'])],
  [block('10.0.0.0/8', '10.1.0.0/16')],
  [block('10.0.0.0/8', [10])],
  [block(10)],
  [{ ipBlock: 'all' }],
  [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }],
  [{ ipBlock: { cidr: '10.0.0.0/8', exept: [] } }],
])('%j is left to whoever reports it', (peer) => {
  expect(soundBlocks([block('192.0.2.1/32'), peer])).toBeUndefined();
});

test('texts that run together like sound ones are not taken for them', () => {
  expect(soundBlocks([block('10.0.0.0/8', ['10.1.0.0/16']), block('192.0.2.1/32')])).toBeDefined();
  expect(soundBlocks([block('10.0.0.0/8,!10.1.0.0/16'), block('192.0.2.1/32')])).toBeUndefined();
  expect(soundBlocks([block('10.0.0.0/8'), block('!10.1.0.0/16'), block('192.0.2.1/32')])).toBeUndefined();
  expect(soundBlocks([block('10.0.0.0/8', ['10.1.0.0/16,192.0.2.1/32'])])).toBeUndefined();
});

test('a list that can change is read as it stands, one that cannot is read once', () => {
  const list = [block('192.0.2.1/32')];
  expect(addressesOf(list)).toEqual(['192.0.2.1']);
  list.push(block('192.0.2.9/32'));
  expect(addressesOf(list)).toEqual(['192.0.2.1, 192.0.2.9']);
  Object.freeze(list);
  expect(soundBlocks(list)).toBe(soundBlocks(list));
});
