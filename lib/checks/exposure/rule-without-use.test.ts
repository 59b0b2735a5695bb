import { codesOf, findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const allow = (from: NonNullable<ClusterSpec['api']>['allowFrom']) => smallSpec({ api: { allowFrom: from ?? [] } });

test('wherever a source is written', () => {
  const services = { addresses: '10.43.0.0/24' };
  expect(findingsOf(allow([{ network: 'lan' }, services]))).toMatchObject([
    {
      code: 'RULE_WITHOUT_USE',
      at: [
        ['api', 'allowFrom', 1],
        ['k3s', 'serviceCidrs', 0],
      ],
    },
  ]);
  expect(codesOf(smallSpec({ ingress: [{ kind: 'traefik', mode: 'host-network', allowFrom: [services] }] }))).toEqual([
    'RULE_WITHOUT_USE',
  ]);
});

test('a source of which a part can come is one', () => {
  expect(codesOf(allow([{ addresses: '10.42.0.0/15' }]))).toEqual([]);
});
