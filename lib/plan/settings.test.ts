import { someSettings } from './settings';

test('a setting of a few nodes is told as each has it, and one of many by its name', () => {
  const written = (count: number) => Array.from({ length: count }, (_, i) => `node-ip: 10.0.0.${i}`);
  expect(someSettings(written(4), 'node-ip')).toEqual(written(4));
  expect(someSettings(written(5), 'node-ip')).toEqual(['node-ip']);
});
