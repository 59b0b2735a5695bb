import { connlist } from './connlist';
import { readWorld } from './world';

const deployment = (name: string, ports: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, ports: [${ports}] }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { app: ${name} }
  ports: [{ name: web, port: 80, targetPort: http }, { name: admin, port: 81, targetPort: 9000 }]
---`;
const WEB = deployment('web', '{ name: http, containerPort: 8080 }');
const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  rules: [{ http: { paths: [{ backend: { service: { name: web, port: { number: 80 } } } }] } }]
---`;
const ROUTE = `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: web, namespace: shop }
spec: { to: { kind: Service, name: web } }
---`;
const policy = (from: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, ingress: [{ from: [${from}] }] }
---`;

const fromIngress = (...texts: readonly string[]) =>
  connlist(readWorld([{ path: 'a.yaml', text: texts.join('\n') }]).world)
    .split('\n')
    .filter((line) => line.startsWith('{ingress-controller}'));

test('an Ingress sends requests to the pods behind its Service, at the port they listen on', () => {
  expect(fromIngress(WEB, INGRESS)).toEqual(['{ingress-controller} => shop/web[Deployment] : TCP 8080']);
});

test('without an Ingress nobody speaks of one', () => {
  expect(fromIngress(WEB)).toEqual([]);
});

test('a Route that names no port means all that the Service has and a container listens on', () => {
  expect(fromIngress(WEB, ROUTE)).toEqual(['{ingress-controller} => shop/web[Deployment] : TCP 8080']);
  const both = deployment('web', '{ name: http, containerPort: 8080 }, { containerPort: 9000 }');
  expect(fromIngress(both, ROUTE)).toEqual(['{ingress-controller} => shop/web[Deployment] : TCP 8080,9000']);
});

test.each([
  ['pods of the namespace alone', '{ podSelector: {} }', 0],
  ['pods of every namespace', '{ namespaceSelector: {} }', 1],
  ['one namespace alone', '{ namespaceSelector: { matchLabels: { role: edge } } }', 0],
])('policies for %s: the controller is a pod that nothing is known of', (_, from, lines) => {
  expect(fromIngress(WEB, INGRESS, policy(from))).toHaveLength(lines);
});
