import { ask, faults, networkPolicy, pod } from '../../test/reach/ask';

/** Every mapping of JavaScript has a member of this name. */
const WORD = 'constructor';

const cilium = (ingress: object) =>
  JSON.stringify({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'policy', namespace: 'x' },
    spec: { endpointSelector: {}, ingress: [ingress] },
  });
const calico = (ingress: object, selector = 'all()') =>
  JSON.stringify({
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'policy', namespace: 'x' },
    spec: { selector, ingress: [ingress] },
  });

test.each([
  [
    'protocol of Kubernetes',
    networkPolicy('x', { podSelector: {}, ingress: [{ ports: [{ port: 80, protocol: WORD }] }] }),
  ],
  ['protocol of Cilium', cilium({ toPorts: [{ ports: [{ port: '80', protocol: WORD }] }] })],
  ['protocol of Calico', calico({ action: 'Allow', protocol: WORD })],
  ['action of Calico', calico({ action: WORD })],
])('is no %s', (_, policy) => {
  expect(faults([policy])).toEqual([expect.stringContaining(`is "${WORD}"`)]);
});

test.each([
  ['Kubernetes', 'k3s', networkPolicy('x', { podSelector: { matchExpressions: [{ key: WORD, operator: 'Exists' }] } })],
  ['Calico', 'calico', calico({ action: 'Deny' }, `has(${WORD})`)],
  ['Calico, by a part', 'calico', calico({ action: 'Deny' }, `${WORD} contains "b"`)],
  [
    'Cilium',
    'cilium',
    JSON.stringify({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'policy', namespace: 'x' },
      spec: { endpointSelector: { matchLabels: { [WORD]: 'b' } }, ingress: [{}] },
    }),
  ],
] as const)('as a label it is on no pod that does not have it: %s', (_, engine, policy) => {
  const world = ask([policy, pod('x', 'a', { app: 'a' }), pod('x', 'b', { [WORD]: 'b' })], { engine });
  expect([world.allowed('x/b', 'x/a'), world.allowed('x/a', 'x/b')]).toEqual(['all', 'none']);
});
