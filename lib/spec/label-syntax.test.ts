import { isNodeLabel, LABEL_KEY, LABEL_VALUE, TAINT } from './label-syntax';

test.each(['a', 'zone', 'Some_Name.v1', 'example.com/zone', 'node.kubernetes.io/x', 'a'.repeat(63)])(
  '%s is a key',
  (key) => expect(LABEL_KEY.test(key)).toBe(true),
);

test.each(['', '/x', 'x/', 'a/b/c', 'A.com/x', '-x', 'x-', 'a b', 'a=b', 'a'.repeat(64), `${'a.'.repeat(127)}a/x`])(
  '%s is no key',
  (key) => expect(LABEL_KEY.test(key)).toBe(false),
);

test('a value may be empty, and has a letter or digit at both ends', () => {
  for (const value of ['', 'true', 'a_b.c-d', '1']) expect(LABEL_VALUE.test(value)).toBe(true);
  for (const value of ['-a', 'a.', 'a b', 'a/b', 'ä', 'a'.repeat(64)]) expect(LABEL_VALUE.test(value)).toBe(false);
});

test('a taint has a key, perhaps a value, and an effect', () => {
  for (const taint of ['a:NoSchedule', 'a=:NoExecute', 'example.com/a=b:PreferNoSchedule'])
    expect(TAINT.test(taint)).toBe(true);
  for (const taint of [
    'a',
    'a=b',
    ':NoSchedule',
    'a=b c:NoSchedule',
    'a b:NoSchedule',
    'a=b:Noschedule',
    'a=b=c:NoExecute',
  ])
    expect(TAINT.test(taint)).toBe(false);
});

test("of Kubernetes' own labels a node gives itself those that are kubelet's", () => {
  for (const key of [
    'zone',
    'example.com/role',
    'mykubernetes.io/x',
    'node.kubernetes.io/exclude-from-external-load-balancers',
    'topology.kubernetes.io/zone',
    'kubernetes.io/hostname',
    'svccontroller.k3s.cattle.io/enablelb',
  ])
    expect(isNodeLabel(key)).toBe(true);
  for (const key of ['node-role.kubernetes.io/worker', 'kubernetes.io/role', 'app.kubernetes.io/name', 'x.k8s.io/y'])
    expect(isNodeLabel(key)).toBe(false);
});
