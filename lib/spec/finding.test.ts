import { FINDING_CODES, printPath, sortFindings, withPlaces, type Finding, type SpecPath } from './finding';

test('paths are printed as an operator would write them', () => {
  expect(printPath(['nodes', 'a-1', 'addresses', 0])).toBe('nodes.a-1.addresses[0]');
  expect(printPath(['dns', 'zones', 'example.com', 'proxied'])).toBe('dns.zones["example.com"].proxied');
  expect(printPath([])).toBe('(the whole spec)');
});

test('the codes are a set in order', () => {
  expect([...FINDING_CODES]).toEqual([...new Set(FINDING_CODES)].sort());
});

test('findings sort by severity and place, whatever the order of their discovery', () => {
  const at = (severity: Finding['severity'], ...path: (string | number)[]): Finding => ({
    code: 'SPEC_INVALID',
    severity,
    at: [path],
    message: 'm',
  });
  const sorted = [at('error', 'a', 2), at('error', 'a', 10), at('error', 'b'), at('warning', 'a')];
  expect(sortFindings([...sorted].reverse())).toEqual(sorted);
});

test('a finding moves with all of its places, that of its suggestion included', () => {
  const finding: Finding = { code: 'HOST_TWICE', severity: 'error', at: [['a', 0], ['b']], message: 'both' };
  const below = (path: SpecPath): SpecPath => ['apps', ...path];
  expect(withPlaces(finding, below)).toEqual({
    ...finding,
    at: [
      ['apps', 'a', 0],
      ['apps', 'b'],
    ],
  });
  const suggest = { path: ['b'], value: 1 };
  expect(withPlaces({ ...finding, suggest }, below).suggest).toEqual({ path: ['apps', 'b'], value: 1 });
});
