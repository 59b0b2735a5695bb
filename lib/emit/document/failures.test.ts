import { documentOf, part } from '../../../test/support/document';
import { planOf } from '../../../test/support/plan';
import { rentedSpec } from '../../../test/support/rented';
import { smallSpec } from '../../../test/support/spec';

const failing = (whole: string) => part(whole, 'What breaks if a part fails');
const rented = failing(documentOf(rentedSpec()));
const rowOf = (chapter: string, start: string) =>
  chapter.split('\n').find((line) => line.startsWith(`| ${start}`)) ?? '';

test('what is one process fails as one, with all it does and all that stays', () => {
  const k3s = rowOf(rented, 'K3s, Flannel and kube-proxy');
  expect(k3s).toContain('| control-plane, pod-network, policy-engine, service-routing |');
  expect(k3s).toContain('NotReady');
  expect(k3s).toContain('Pods of other nodes are lost only if flannel.1 goes');
  expect(rented).not.toMatch(/^\| (Flannel|kube-proxy) \|/m);
});

test('host-gw has no tunnel to lose', () => {
  const routed = failing(documentOf(smallSpec({ cni: { kind: 'flannel', backend: 'host-gw' } })));
  expect(rowOf(routed, 'K3s')).toContain('Routes to other nodes’ pods stay in the kernel');
  expect(rowOf(routed, 'K3s')).not.toContain('lost only if');
});

test('kinds of object live in the API server and fail with nobody', () => {
  const failures = planOf(rentedSpec()).provided.flatMap(({ name, failure }) => (name === 'crds' ? [failure] : []));
  expect(failures).not.toEqual([]);
  for (const failure of failures) expect(rented).not.toContain(failure.slice(1));
  expect(rented).not.toContain('crds');
});

test('no server is named as the one that a kubeconfig points to', () => {
  expect(rented).not.toContain('kubeconfig');
});

test('a node without its link is a lost node', () => {
  expect(rented).toContain('A node that loses its link on `wan` (`eth0`) is such a node');
});
