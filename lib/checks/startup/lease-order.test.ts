import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';

const found = (leaseSeconds: number, renewSeconds: number, retrySeconds: number) =>
  findingsOf(
    smallSpec({
      api: { endpoint: { vip: '192.168.50.10', network: 'lan' } },
      loadBalancers: [{ kind: 'kube-vip', controlPlane: { leaseSeconds, renewSeconds, retrySeconds } }],
    }),
  ).map(({ code, suggest }) => [code, suggest?.path.at(-1), suggest?.value]);

test('they must grow, by more than what a try may be late', () => {
  expect(found(5, 3, 1)).toEqual([]);
  expect(found(3, 3, 1)).toEqual([['LEASE_TOO_SHORT', 'leaseSeconds', 5]]);
  expect(found(15, 2, 2)).toEqual([['LEASE_TOO_SHORT', 'renewSeconds', 3]]);
  expect(found(15, 6, 5)).toEqual([['LEASE_TOO_SHORT', 'renewSeconds', 7]]);
});
