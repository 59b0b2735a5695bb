import { faults, networkPolicy } from '../../test/reach/ask';
import { Field, Problems } from './field';
import { readOnce } from './read-once';

const field = (value: unknown) =>
  Field.of({ apiVersion: '', kind: '', value: { value }, document: { place: () => '' }, path: [] }, new Problems()).get(
    'value',
  );

test('what nothing is wrong with is read once, by what it says', () => {
  const read = jest.fn((one: Field) => one.keys());
  const once = readOnce(read);
  expect([once(field({ a: 1 })), once(field({ a: 1 })), once(field({ b: 1 }))]).toEqual([['a'], ['a'], ['b']]);
  expect(read).toHaveBeenCalledTimes(2);
});

test('a number that is none is not taken for nothing, nor nothing for it', () => {
  const once = readOnce((one) => one.get('a').integer() ?? one.problems.findings.length);
  expect([once(field({ a: null })), once(field({ a: NaN })), once(field({ a: null }))]).toEqual([0, 1, 0]);
});

test('a fault is reported wherever it stands', () => {
  const policy = (name: string) =>
    networkPolicy('x', { podSelector: { matchLabels: { app: 'a b' } }, ingress: [{ ports: [{ port: 70000 }] }] }, name);
  expect(faults([policy('a'), policy('b')])).toEqual([
    expect.stringContaining('x/a: spec.ingress[0].ports[0].port is 70000'),
    expect.stringContaining('x/a: spec.podSelector.matchLabels.app is "a b"'),
    expect.stringContaining('x/b: spec.ingress[0].ports[0].port is 70000'),
    expect.stringContaining('x/b: spec.podSelector.matchLabels.app is "a b"'),
  ]);
});
