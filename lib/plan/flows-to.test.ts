import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { flowsTo } from './flows-to';

const app = (port: number) => ({ namespace: 'shop', ports: { http: port } });
const plan = planOf(
  smallSpec({
    apps: { web: { ...app(8080), needs: [{ app: 'api', reason: 'orders' }] }, api: app(9090), idle: app(7070) },
  }),
);

test('flows to pods are those that name them, in the order of the plan', () => {
  const called = flowsTo(plan, 'shop/api').filter(({ reason }) => reason === 'orders');
  expect(called.map(({ from, port }) => [from, port?.container.first])).toEqual([
    [{ kind: 'workload', workload: 'shop/web' }, 9090],
  ]);
  const all = plan.flows.filter(({ to }) => to.kind === 'workload' && to.workload === 'shop/api');
  expect(flowsTo(plan, 'shop/api')).toEqual(all);
  expect(flowsTo(plan, 'shop/nobody')).toEqual([]);
});
