import { connections } from '../connections';
import { Reach } from '../reach';
import { readWorld } from '../world';
import { FORMATS } from './formats';

const MANIFESTS = [
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'x', labels: { app: 'a' } }, spec: {} },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b', namespace: 'x', labels: { app: 'b' } }, spec: {} },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'all', namespace: 'x' },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a', namespace: 'x' },
    spec: {
      podSelector: { matchLabels: { app: 'a' } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr: '10.42.1.0/24' } }, { ipBlock: { cidr: '203.0.113.0/24' } }],
          ports: [{ port: 443 }, { port: 80 }],
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'b', namespace: 'x' },
    spec: { podSelector: { matchLabels: { app: 'b' } }, ingress: [{}] },
  },
];

const { world } = readWorld([
  { path: 'a.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: MANIFESTS }) },
]);
const listed = connections(new Reach(world));
const write = (format: string) => FORMATS[format]?.(listed);

test('text: aligned columns, and addresses that fare alike in one line', () => {
  expect(write('text')).toBe(
    [
      'from         to                            allowed      undefined',
      '───────────  ────────────────────────────  ───────────  ────────────────────────────────────────────────',
      'x/a[Pod]     x/b[Pod]                      none         TCP 80, 443 (the addresses may be those of pods)',
      'x/a[Pod]     10.42.1.0/24, 203.0.113.0/24  TCP 80, 443',
      'any address  x/b[Pod]                      all',
      '',
    ].join('\n'),
  );
});

test('md: the same as a table', () => {
  expect(write('md')?.split('\n').slice(0, 3)).toEqual([
    '| from | to | allowed | undefined |',
    '| --- | --- | --- | --- |',
    '| x/a[Pod] | x/b[Pod] | none | TCP 80, 443 (the addresses may be those of pods) |',
  ]);
});

test('csv: quoted where a cell has a comma', () => {
  expect(write('csv')?.split('\r\n').slice(0, 3)).toEqual([
    'from,to,allowed,undefined,only if',
    'x/a[Pod],x/b[Pod],none,"TCP 80, 443 (the addresses may be those of pods)",',
    'x/a[Pod],"10.42.1.0/24, 203.0.113.0/24","TCP 80, 443",,',
  ]);
});

test('json: protocols with their ports', () => {
  expect((JSON.parse(write('json') ?? '') as unknown[]).slice(0, 2)).toEqual([
    {
      from: 'x/a[Pod]',
      to: 'x/b[Pod]',
      allowed: {},
      undefined: [{ traffic: { tcp: '80,443' }, doubt: 'pod-address' }],
      narrowed: [],
    },
    { from: 'x/a[Pod]', to: '10.42.1.0/24, 203.0.113.0/24', allowed: { tcp: '80,443' }, undefined: [], narrowed: [] },
  ]);
});

test('dot: dashed where nothing surely passes', () => {
  expect(write('dot')).toContain('"x/a[Pod]" -> "x/b[Pod]" [label="TCP 80, 443?", style=dashed];');
  expect(write('dot')).toContain('"any address" -> "x/b[Pod]" [label="all"];');
});
