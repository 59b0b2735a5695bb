import { smallSpec } from '../../test/support/spec';
import { Acceptance, whyNever } from './accept';
import { FINDING_CODES, type Finding } from './finding';
import { parseCluster } from './parse';

const twice: Finding = {
  code: 'HOST_TWICE',
  severity: 'error',
  at: [
    ['apps', 'a', 'hosts', 0],
    ['apps', 'b', 'hosts', 0],
  ],
  message: 'both',
};
const entry = (changes = {}) => ({ code: 'HOST_TWICE', at: 'apps.b.hosts[0]', reason: 'moving', ...changes });
const accepting = (...accept: unknown[]) => new Acceptance({ accept });

test('an entry takes a finding of its code out, by any of its places', () => {
  for (const at of ['apps.a.hosts[0]', 'apps.b.hosts[0]']) expect(accepting(entry({ at })).left([twice])).toEqual([]);
  expect(accepting(entry({ at: 'apps.a' })).left([twice])).toEqual([twice]);
  expect(accepting(entry({ code: 'PORT_TWICE' })).left([twice])).toEqual([twice]);
});

test('an entry that is misspelt silences what it was meant for, since it is reported by itself', () => {
  const left = (one: object) => accepting(one).left([twice]);
  expect(left(entry({ code: 'HOSTS_TWICE' }))).toEqual([]);
  expect(left({ cod: 'HOST_TWICE', att: 'apps.b.hosts[0]' })).toEqual([]);
  expect(left(entry({ code: 'PORTS_TWICE' }))).toEqual([twice]);
  expect(left(entry({ code: 7 }))).toEqual([twice]);
  expect(left(entry({ code: 'SPEC_INVALIDE' }))).toEqual([twice]);
});

test('an entry that nothing was found for is said, once what could find it was looked for', () => {
  const accepted = accepting(entry(), entry({ at: 'apps.gone' }));
  accepted.left([twice]);
  expect(accepted.unused(() => true)).toMatchObject([{ code: 'ACCEPT_UNUSED', at: [['accept', 1]] }]);
  expect(accepted.unused(() => false)).toEqual([]);
});

test('what is not in order accepts nothing, and fails nowhere', () => {
  for (const raw of [undefined, null, 'x', {}, { accept: 'x' }, { accept: [null, 7, { code: 'HOST_TWICE' }] }])
    expect(new Acceptance(raw).left([twice])).toEqual([twice]);
});

test('a finding of the spec itself can be accepted, and the cluster is read', () => {
  const app = (name: string) => ({ namespace: name, ports: { http: 80 }, hosts: ['shop.example.com'] });
  const spec = smallSpec({ ingress: [{ kind: 'traefik', mode: 'host-network' }], apps: { a: app('a'), b: app('b') } });
  expect(parseCluster(spec).findings.map(({ code }) => code)).toEqual(['HOST_TWICE']);
  const accepted = parseCluster({ ...spec, accept: [entry()] });
  expect(accepted.findings).toEqual([]);
  expect(accepted.value?.name).toBe('small');
});

test('without a plan there is nothing to accept: the entry is refused, and says why', () => {
  const { value, findings } = parseCluster({ ...smallSpec(), accept: [entry({ code: 'SPEC_UNKNOWN_KEY' })] });
  expect(value).toBeUndefined();
  expect(findings).toMatchObject([{ code: 'SPEC_INVALID', at: [['accept', 0, 'code']] }]);
  expect(findings[0]?.message).toContain('SPEC_UNKNOWN_KEY cannot be accepted: ');
});

test('what is about no spec cannot be accepted in one; most of what is about one can', () => {
  for (const code of ['OUTPUT_BLOCKED', 'FILE_EDITED', 'MANIFEST_UNREADABLE']) expect(whyNever(code)).toBeDefined();
  expect(FINDING_CODES.filter((code) => whyNever(code) === undefined).length).toBeGreaterThan(FINDING_CODES.length / 2);
});
