import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

const found = (spec: unknown) =>
  parseCluster(spec).findings.map(({ code, at: [path = []] }) => [code, printPath(path)]);

/** The spec with the keys of its top level, or of one part, under other names. */
function renamed(spec: object, names: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spec).map(([key, value]) => [names[key] ?? key, value as unknown]));
}

test('of a misspelt key nothing is said but that: what stands there is not called missing', () => {
  const { apps, networks, nodes, ...rest } = broken();
  expect(found(renamed(broken(), { networks: 'netwroks' }))).toEqual([['SPEC_UNKNOWN_KEY', 'netwroks']]);
  expect(found(renamed(broken(), { ingress: 'ingres' }))).toEqual([['SPEC_UNKNOWN_KEY', 'ingres']]);
  expect(
    found({ ...rest, networks, nodes, apps: { ...apps, cache: renamed(apps.cache, { ports: 'prots' }) } }),
  ).toEqual([['SPEC_UNKNOWN_KEY', 'apps.cache.prots']]);
});

test('what is wrong inside it is placed where it is written', () => {
  const spec = broken([['apps', 'web', 'needs', 0, 'app'], 'cahce'], [['outside'], undefined]);
  const web = renamed(spec.apps.web, { needs: 'neds' });
  const { findings } = parseCluster({ ...spec, apps: { ...spec.apps, web } });
  expect(findings.map(({ at: [path = []], suggest }) => [printPath(path), suggest])).toEqual([
    ['apps.web.neds', undefined],
    ['apps.web.neds[0].app', { path: ['apps', 'web', 'neds', 0, 'app'], value: 'cache' }],
    ['apps.web.neds[1].outside', undefined],
  ]);
});

test('of a misspelt kind nothing is said but that', () => {
  expect(found(broken([['ingress', 0, 'kind'], 'treafik'], [['apps', 'web', 'ingress'], 'traefik']))).toEqual([
    ['SPEC_INVALID', 'ingress[0].kind'],
  ]);
});

test('a number among words is suggested as one', () => {
  const storage = { disks: { kind: 'nfs', node: 'alpha', path: '/srv', network: 'lan', version: '4 ', users: [] } };
  const { findings } = parseCluster({ ...broken(), storage });
  expect(findings.find(({ at: [path = []] }) => path.at(-1) === 'version')?.suggest?.value).toBe(4);
});

test('a key is taken for another only where that is not written', () => {
  const spec = { ...broken(), app: { stray: { namespace: 'stray' } } };
  expect(found(spec)).toEqual([['SPEC_UNKNOWN_KEY', 'app']]);
  expect(found({ ...broken([['apps'], undefined]), app: { a: {} }, appps: {} }).map(([, path]) => path)).toEqual([
    'app',
    'appps',
  ]);
});
