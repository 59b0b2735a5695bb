import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { longNames } from './long-names';
import { readObject } from './object';

const plan = planOf(smallSpec());
const found = (json: object) => longNames([readObject('apps', 'argocd', json)], plan).map(({ message }) => message);
const service = (name: string, port: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { ports: [{ name: port, port: 80 }] },
});

test('a Service and its ports have names of one DNS label', () => {
  expect(found(service('a'.repeat(63), 'b'.repeat(63)))).toEqual([]);
  expect(found(service('a'.repeat(64), 'http'))).toEqual([expect.stringContaining('the name of Service shop/')]);
  expect(found(service('web', 'b'.repeat(70)))).toEqual([expect.stringMatching(/a port .* has 70 characters/)]);
});

test('other kinds have longer names, values of labels not, and ports of containers the shortest', () => {
  const deployment = (label: string, port: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a'.repeat(200), namespace: 'shop', labels: { app: label } },
    spec: { template: { spec: { containers: [{ name: 'web', ports: [{ name: port, containerPort: 80 }] }] } } },
  });
  expect(found(deployment('web', 'http'))).toEqual([]);
  expect(found(deployment('w'.repeat(64), 'a-port-too-long-'))).toEqual([
    expect.stringContaining('the value of label app'),
    expect.stringContaining('Kubernetes takes 15'),
  ]);
});
