import { smallSpec } from '../../test/support/spec';
import { printPath } from './finding';
import { parseCluster } from './parse';

describe('names and texts that nothing could be written with', () => {
  const found = (spec: unknown) =>
    parseCluster(spec).findings.map(({ at, message }) => [printPath(at[0] ?? []), message]);

  test.each(['__proto__', 'constructor'])('%s, which JavaScript has on every mapping', (name) => {
    const apps = Object.fromEntries([[name, { namespace: 'a' }]]);
    expect(found({ ...smallSpec(), apps })).toContainEqual([
      `apps.${name}`,
      `nothing can be named ${name}: JavaScript keeps that name for itself`,
    ]);
  });

  test.each([
    ['\0', '0000'],
    ['\r', '000D'],
    ['\u0085', '0085'],
    ['\ud800', 'D800'],
  ])('the character %j', (character, code) => {
    expect(found({ ...smallSpec(), purpose: `a${character}b` })).toEqual([
      ['purpose', `holds a character that cannot be written (U+${code})`],
    ]);
  });

  test('but tabs, lines and every script are texts', () => {
    expect(found({ ...smallSpec(), purpose: 'a\tb\nć 東 😀' })).toEqual([]);
  });

  test('a value of a class is named as one', () => {
    expect(found({ ...smallSpec(), nodes: new Map() })).toContainEqual([
      'nodes',
      'must be a mapping, not a value of the class Map',
    ]);
  });
});
