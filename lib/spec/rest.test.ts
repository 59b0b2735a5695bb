import { broken, small } from '../../test/specs/small';
import type { Finding, SpecPath } from './finding';
import { parseCluster } from './parse';
import { Rest } from './rest';

const at = (...path: SpecPath): Finding => ({
  code: 'SPEC_INVALID',
  severity: 'error',
  at: [path],
  message: 'is wrong',
});

const spec = {
  name: 'home',
  apps: { web: { needs: ['a', 'b', 'c', 'd'], ports: { http: 1, admin: 2 } }, api: {} },
  tests: ['web → api yes'],
};

test('the smallest part goes, and with the first of them the assertions, which name any other', () => {
  const rest = Rest.of(spec).without([at('apps', 'web', 'needs', 1, 'app'), at('apps', 'web', 'ports', 'admin')]);
  expect(rest?.raw).toEqual({
    name: 'home',
    apps: { web: { needs: ['a', 'c', 'd'], ports: { http: 1 } }, api: {} },
  });
  expect(Rest.of(spec).without([at('apps', 'web', 'namespace')])?.raw).toEqual({ name: 'home', apps: { api: {} } });
  expect(spec.apps.web.needs).toHaveLength(4);
});

test('places of what is left are those of the whole, however often something was left out', () => {
  const once = Rest.of(spec).without([at('apps', 'web', 'needs', 1)]);
  const twice = once?.without([at('apps', 'web', 'needs', 1)]);
  expect(twice?.raw).toMatchObject({ apps: { web: { needs: ['a', 'd'] } } });
  const places = [0, 1].map((i) => twice?.written(['apps', 'web', 'needs', i, 'app']));
  expect(places).toEqual([
    ['apps', 'web', 'needs', 0, 'app'],
    ['apps', 'web', 'needs', 3, 'app'],
  ]);
  expect(twice?.written(['apps', 'api', 'needs', 1])).toEqual(['apps', 'api', 'needs', 1]);
  const backwards = Rest.of(spec).without([at('apps', 'web', 'needs', 2), at('apps', 'web', 'needs', 0)]);
  expect(backwards?.written(['apps', 'web', 'needs', 1])).toEqual(['apps', 'web', 'needs', 3]);
});

test('what a plan cannot do without, or what is missing, is not left out', () => {
  for (const fault of [at('networks', 'lan', 'prefix'), at('name'), at(), at('apps'), at('apps', 'gone', 'namespace')])
    expect(Rest.of(spec).without([at('apps', 'api'), fault])).toBeUndefined();
});

test('what may be for want of a route is not said beside its fault, whatever else is left out', () => {
  const tunnels = [{ kind: 'tailscale', connectors: { router: { routes: ['10.42.0.0', '10.43.0.0/16'] } } }];
  const incomplete: Finding = { ...at('k3s', 'clusterCidrs', 0), code: 'ROUTE_INCOMPLETE' };
  const whole = Rest.of({ ...spec, tunnels });
  const route = whole.without([at('tunnels', 0, 'connectors', 'router', 'routes', 0)]);
  expect(route?.raw).toMatchObject({ tunnels: [{ connectors: { router: { routes: ['10.43.0.0/16'] } } }] });
  expect([whole, whole.without([at('apps', 'api')]), route].map((rest) => rest?.misses(incomplete))).toEqual([
    false,
    false,
    true,
  ]);
  expect(route?.misses(at('apps', 'api'))).toBe(false);
});

test('assertions that are no list are left out whole', () => {
  expect(parseCluster(broken([['tests'], 'web → cache yes'])).plannable?.cluster.tests).toEqual([]);
});

test('what refers to something broken is left out with it, and not said', () => {
  const { findings, plannable, value } = parseCluster(
    broken([['apps', 'cache', 'ports', 'redis'], 70000], [['apps', 'cache', 'namespace'], 'Shop']),
  );
  expect(findings.map(({ at: [path] }) => path)).toEqual([
    ['apps', 'cache', 'namespace'],
    ['apps', 'cache', 'ports', 'redis'],
  ]);
  expect(value).toBeUndefined();
  expect(Object.keys(plannable?.cluster.apps ?? {})).toEqual(['web']);
  const needs = plannable?.cluster.apps['web']?.needs ?? [];
  expect(needs.filter((need) => 'app' in need)).toEqual([]);
});

test('of a spec without a fault everything can be planned, of one whose frame is broken nothing', () => {
  const whole = parseCluster(small());
  expect(whole.plannable?.cluster).toBe(whole.value);
  expect(parseCluster(broken([['k3s', 'nodeNetwork'], 'lna'])).plannable).toBeUndefined();
  expect(parseCluster(broken([['networks', 'lan', 'prefix'], '192.168.10.7/24'])).plannable).toBeUndefined();
});
