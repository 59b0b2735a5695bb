import { findingsOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';

const needing = (workload: string) =>
  smallSpec({ apps: { metrics: { namespace: 'watch', needs: [{ workload, port: 9153, reason: 'metrics of DNS' }] } } });
const unknown = (workload: string) => findingsOf(needing(workload)).filter(({ code }) => code === 'SPEC_UNKNOWN_NAME');

test('an app may need pods of a component', () => {
  expect(unknown('kube-system/coredns')).toEqual([]);
});

test('pods that nobody brings are told apart from those that are there', () => {
  expect(unknown('kube-system/coredn')).toMatchObject([
    { at: [['apps', 'metrics', 'needs', 0, 'workload']], fix: 'kube-system/coredns' },
  ]);
});
