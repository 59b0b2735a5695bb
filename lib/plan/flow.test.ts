import { PortRange } from '../net/port';
import { workload } from './endpoint';
import { firstEnd, firstPort } from './flow';

const port = { container: PortRange.of(8080), service: PortRange.of(80) };
const to = workload('shop/web');

test('a call arrives at its end, or at those who take it in, who listen on what is dialled', () => {
  expect([firstEnd({ to }), firstPort({ port })]).toEqual([to, port.container]);
  const via = 'kube-system/svclb-shop-web';
  expect([firstEnd({ to, via }), firstPort({ port, via })]).toEqual([workload(via), port.service]);
});
