import { explain } from './explain';
import { explanationText } from './explanation-text';
import { findEndpoints, UnknownEndpoint } from './find-endpoint';
import { parseTraffic } from './port-text';
import { Reach } from './reach';
import { readWorld } from './world';

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    metadata:
      labels:
        app: web
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: db
  namespace: shop
spec:
  template:
    metadata:
      labels:
        app: db
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: db
  ingress:
    - from:
        - podSelector: {}
      ports:
        - port: 5432
`;

function explained(from: string, to: string, port?: string) {
  const { world } = readWorld([{ path: 'shop.yaml', text: MANIFESTS }]);
  const reach = new Reach(world);
  const [source] = findEndpoints(reach, from, 'ingress');
  const [destination] = findEndpoints(reach, to, 'egress');
  if (source === undefined || destination === undefined) throw new RangeError('nothing found');
  return explain(reach, source, destination, ...(port === undefined ? [] : [parseTraffic(port)]));
}

test('names the rule that lets a port through, with its line', () => {
  const { allowed, denied, sides } = explained('shop/web', 'shop/db', '5432');
  expect(allowed.toString()).toBe('TCP 5432');
  expect(denied.isEmpty).toBe(true);
  expect(sides.map(({ direction, decisions }) => [direction, decisions.map(({ by }) => by)])).toEqual([
    ['egress', ['no policy is for it']],
    ['ingress', ['NetworkPolicy shop/db, spec.ingress[0] (shop.yaml:33)']],
  ]);
  expect(sides[1]?.changes).toEqual([
    'to deny TCP 5432 from shop/web[Deployment]: take it out of NetworkPolicy shop/db, spec.ingress[0] (shop.yaml:33)',
  ]);
});

test('names the policy that isolates, and what would let a port through', () => {
  const { allowed, denied, sides } = explained('shop/web', 'shop/db', '80');
  expect(allowed.isEmpty).toBe(true);
  expect(denied.toString()).toBe('TCP 80');
  expect(sides[1]?.policies).toEqual([{ id: 'NetworkPolicy shop/db', place: 'shop.yaml:23', isolates: true }]);
  expect(sides[1]?.changes).toEqual([
    'to allow TCP 80 from shop/web[Deployment]: add an ingress rule to NetworkPolicy shop/db, or a policy beside it',
  ]);
});

test('without a port it says what passes and who denies the rest', () => {
  expect(explanationText(explained('shop/web', 'shop/db'))).toBe(`shop/web[Deployment] → shop/db[Deployment]
  allowed: TCP 5432
  denied: everything else

egress of shop/web[Deployment]
  allowed: all
    no policy is for it
  to deny all to shop/db[Deployment]: add a policy for egress whose rules leave it out

ingress of shop/db[Deployment]
  NetworkPolicy shop/db (shop.yaml:23) is for it
  allowed: TCP 5432
    NetworkPolicy shop/db, spec.ingress[0] (shop.yaml:33)
  denied: everything else
    no rule allows it, and NetworkPolicy shop/db denies what no rule allows
`);
});

test('an address outside has no side of its own', () => {
  const { denied, sides } = explained('203.0.113.7', 'shop/db', '5432');
  expect(denied.toString()).toBe('TCP 5432');
  expect(sides.map(({ direction }) => direction)).toEqual(['ingress']);
});

test('a range outside goes by the name that a list of connections gives it', () => {
  const { denied } = explained('203.0.113.0-203.0.113.7[External]', 'shop/db', '5432');
  expect(denied.toString()).toBe('TCP 5432');
});

test('a pod to itself is undefined, and the engine named', () => {
  const { open } = explained('shop/db', 'shop/db', '80');
  expect(open.map(({ traffic }) => traffic.toString())).toEqual(['TCP 80']);
  expect(open[0]?.why).toMatch(/^K3s never sees/);
});

test('a name that nothing has is met with the one that was meant', () => {
  expect(() => explained('shop/wbe', 'shop/db')).toThrow(
    new UnknownEndpoint('nothing is named shop/wbe; did you mean shop/web?'),
  );
});
