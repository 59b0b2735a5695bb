import { documentOf, part } from '../../../test/support/document';
import { codesOf } from '../../../test/support/plan';
import { rentedSpec } from '../../../test/support/rented';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

/** The sample with facts on everything that can have some. */
function told(): ClusterSpec {
  const spec = rentedSpec();
  const { one, two, three } = spec.nodes;
  const { web, cache } = spec.apps ?? {};
  if (!one || !two || !three || !web || !cache) throw new Error('the sample has other names');
  return {
    ...spec,
    notes: ['all of it is in one room'],
    networks: { wan: { kind: 'public', interface: 'eth0', notes: ['1 Gbit/s'] } },
    nodes: { one: { ...one, notes: ['same', 'own'] }, two: { ...two, notes: ['same'] }, three },
    outside: { postgres: { names: ['db.example.net'], notes: ['100 ms away'] } },
    apps: {
      web: { ...web, observedClusterIp: '10.43.7.10', notes: ['asks | DNS each time'] },
      cache,
    },
  };
}

test('facts of the operator stand in the chapters they belong to', () => {
  const whole = documentOf(told());
  expect(part(whole, 'On `wan`')).toContain('- 1 Gbit/s.');
  expect(part(whole, 'Known of the machines')).toContain('- `one` and `two`: same\n- `one`: own');
  expect(part(whole, 'Known of the apps')).toContain('- `web`: asks &#124; DNS each time');
  expect(part(whole, 'Parties outside')).toContain('- `postgres`: 100 ms away');
  expect(part(whole, 'Known besides')).toContain('- All of it is in one room.');
});

test('nothing told, nothing headed', () => {
  expect(documentOf(rentedSpec())).not.toContain('Known');
});

test('a Service’s observed address is said to be observed, and must lie in its range', () => {
  const whole = documentOf(told());
  expect(part(whole, 'Which there are')).toContain('| `shop/web` | assigned at run time; seen as `10.43.7.10` |');
  expect(part(whole, 'Service addresses')).toContain('its Service, as it was seen');
  const app = (observedClusterIp: string) =>
    smallSpec({ apps: { x: { namespace: 'x', ports: { http: 80 }, observedClusterIp } } });
  expect(codesOf(app('10.43.9.9'))).not.toContain('ADDRESS_OUTSIDE_NETWORK');
  expect(codesOf(app('10.44.9.9'))).toContain('ADDRESS_OUTSIDE_NETWORK');
  expect(codesOf(app('10.43.0.10'))).toContain('ADDRESS_OVERLAP');
});

test('the labels by which a Service finds its pods are said, and how to compare them', () => {
  const apps = part(documentOf(rentedSpec()), 'Apps and parties outside');
  expect(apps).toContain('| `web` | `shop` | `app.kubernetes.io/name=web` |');
  expect(apps).toContain("kubectl get svc -n shop cache -o jsonpath='{.spec.selector}'");
  expect(apps).toContain('kubectl get endpointslices -n shop -l kubernetes.io/service-name=cache');
});
