import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

type App = NonNullable<ClusterSpec['apps']>[string];

/** Apps of one namespace by their selectors; undefined: the default. */
const found = (selectors: Record<string, App['selector']>, more: Partial<App> = {}) => {
  const apps = Object.entries(selectors).map(([name, selector]): [string, App] => [
    name,
    { namespace: 'shop', ports: { http: 8080 }, ...(selector === undefined ? {} : { selector }), ...more },
  ]);
  return findingsOf(smallSpec({ apps: Object.fromEntries(apps) })).filter(({ code }) => code === 'SELECTOR_OVERLAP');
};

test('one selector for two apps is said once, with a label of its own for each', () => {
  const [finding, ...more] = found({ web: { app: 'shop' }, cache: { app: 'shop' } });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'error',
    at: [
      ['apps', 'cache', 'selector'],
      ['apps', 'web', 'selector'],
    ],
  });
  expect(finding?.message).toContain('the selectors of shop/cache and shop/web are one (app=shop)');
  expect(finding?.fix).toContain('{ app: shop, app.kubernetes.io/name: cache } for shop/cache');
  expect(finding?.fix).toContain('{ app: shop, app.kubernetes.io/name: web } for shop/web');
});

test('with the labels of the fix neither finds the other', () => {
  const own = (name: string) => ({ app: 'shop', 'app.kubernetes.io/name': name });
  expect(found({ web: own('web'), cache: own('cache') })).toEqual([]);
});

test('a selector with fewer labels finds the pods of one with more, and is the one to change', () => {
  const [finding, ...more] = found({ web: undefined, cache: { 'app.kubernetes.io/name': 'web', tier: 'cache' } });
  expect(more).toEqual([]);
  expect(finding?.at[0]).toEqual(['apps', 'web', 'selector']);
  expect(finding?.message).toContain(
    'the selector of shop/web (app.kubernetes.io/name=web) finds the pods of shop/cache',
  );
  expect(finding?.fix).toContain('{ app.kubernetes.io/component: web, app.kubernetes.io/name: web }');
});

test('an empty selector finds every pod of the namespace', () => {
  const [finding] = found({ web: {}, cache: undefined });
  expect(finding?.message).toContain(
    'the selector of shop/web (every pod of the namespace) finds the pods of shop/cache',
  );
});

test.each([
  ['default labels', { web: undefined, cache: undefined }],
  ['another value', { web: { app: 'shop', tier: 'web' }, cache: { app: 'shop', tier: 'cache' } }],
  ['another key', { web: { app: 'shop', a: 'x' }, cache: { app: 'shop', b: 'x' } }],
])('%s tell apps apart', (_, selectors) => expect(found(selectors)).toEqual([]));

test('pods of another namespace are never found', () => {
  const one = { namespace: 'shop', selector: { app: 'shop' }, ports: { http: 8080 } };
  const apps = { web: one, cache: { ...one, namespace: 'cache' } };
  expect(findingsOf(smallSpec({ apps })).map(({ code }) => code)).toEqual([]);
});

describe('beside pods of a component', () => {
  const beside = (selector: App['selector'], namespace = 'cloudflare') =>
    findingsOf(
      smallSpec({
        tunnels: [{ kind: 'cloudflare-tunnel', tunnelId: '00000000-0000-4000-8000-000000000000' }],
        apps: { status: { namespace, ports: { http: 8080 }, ...(selector === undefined ? {} : { selector }) } },
      }),
    ).filter(({ code }) => code === 'SELECTOR_OVERLAP');
  const NAME = { 'app.kubernetes.io/name': 'cloudflared' };
  const ITS_LABELS = { ...NAME, 'app.kubernetes.io/instance': 'cloudflare-tunnel' };

  test.each([
    ['none', {}, '{ app.kubernetes.io/name: status }'],
    ['one', NAME, '{ app.kubernetes.io/component: status, app.kubernetes.io/name: cloudflared }'],
  ])('an app with %s of their labels finds them, and is the one to change', (_, selector, own) => {
    const [finding, ...more] = beside(selector);
    expect(more).toEqual([]);
    expect(finding?.at).toEqual([
      ['apps', 'status', 'selector'],
      ['tunnels', 0],
    ]);
    expect(finding?.message).toContain('finds the pods of cloudflare/cloudflared');
    expect(finding?.fix).toContain(own);
  });

  test.each([
    ['the same labels', ITS_LABELS],
    ['more of them', { ...ITS_LABELS, tier: 'front' }],
  ])('an app with %s is found by the component, and is to give them up', (_, selector) => {
    const [finding, ...more] = beside(selector);
    expect(more).toEqual([]);
    expect(finding?.at[0]).toEqual(['apps', 'status', 'selector']);
    expect(finding?.message).toContain('cloudflare/cloudflared');
    expect(finding?.fix).toContain('app.kubernetes.io/name=cloudflared');
  });

  test('labels of its own, or a namespace of its own, tell them apart', () => {
    expect(beside(undefined)).toEqual([]);
    expect(beside(ITS_LABELS, 'status')).toEqual([]);
  });
});
