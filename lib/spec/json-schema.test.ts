import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import honeydue from '../../clusters/honeydue';
import eddisonso from '../../clusters/eddisonso';
import homelab from '../../clusters/homelab';
import jigga from '../../clusters/jigga';
import nimbus from '../../clusters/nimbus';
import nimbusSwarm from '../../clusters/nimbus-swarm';
import { broken } from '../../test/specs/small';
import { specSchema, specSchemaText } from './json-schema';

const ROOT = join(__dirname, '..', '..');
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
  JSON.parse(specSchemaText(ROOT)) as object,
);

test('docs/spec.schema.json is what `node bin/wayleave.js docs` writes', () => {
  expect(readFileSync(join(ROOT, 'docs', 'spec.schema.json'), 'utf8') === specSchemaText(ROOT)).toBe(true);
});

test.each(Object.entries({ honeydue, homelab, jigga, nimbus, nimbusSwarm, eddisonso }))('it takes %s', (_, spec) => {
  expect([validate(JSON.parse(JSON.stringify(spec))), validate.errors]).toEqual([true, null]);
});

test('it takes a spec in YAML', () => {
  const text = [
    'name: small',
    'networks: { lan: { kind: lan, interface: eth0, prefix: 192.168.10.0/24 } }',
    'nodes: { alpha: { role: server, addresses: { lan: 192.168.10.11 } } }',
    'k3s: { nodeNetwork: lan }',
    'cni: { kind: flannel }',
  ];
  expect([validate(parse(text.join('\n'))), validate.errors]).toEqual([true, null]);
});

test.each<[string, (string | number)[], unknown]>([
  ['a misspelt key', ['firewal'], {}],
  ['an unknown kind', ['cni', 'kind'], 'flanel'],
  ['a missing part', ['k3s', 'nodeNetwork'], undefined],
  ['a node of K3s without a role', ['nodes', 'beta', 'role'], undefined],
  ['K3s without a pod network', ['cni'], undefined],
  ['neither K3s nor a Swarm', ['k3s'], undefined],
  ['a number for text', ['networks', 'lan', 'interface'], 5],
  ['a name in capitals', ['apps', 'Cron'], { namespace: 'shop' }],
  ['a port too high', ['apps', 'cache', 'ports', 'redis'], 70000],
])('it refuses %s', (_, path, value) => {
  expect(validate(broken([path, value]))).toBe(false);
});

/** Every description below a schema, with the path that leads to it. */
function described(schema: unknown, path = ''): [string, string][] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]): [string, string][] =>
    key === 'description' && typeof value === 'string' ? [[path, value]] : described(value, `${path}/${key}`),
  );
}

test('its descriptions are the docstrings of the sources', () => {
  const descriptions = new Map(described(JSON.parse(specSchemaText(ROOT))));
  expect(descriptions.get('/properties/cni')).toBe('The pod network.');
  expect(descriptions.get('/properties/k3s/properties/clusterCidrs')).toBe(
    'Pod ranges, one a family. Default: 10.42.0.0/16 (K3s)',
  );
  expect(descriptions.get('/properties/cni/oneOf/2/properties/blockSize')).toMatch(
    /^Length of the prefix .* Default: 26 \(Calico\)$/,
  );
  for (const key of ['code', 'at', 'reason'])
    expect(descriptions.get(`/properties/accept/items/properties/${key}`)).toMatch(/^[A-Z].{10,}\.$/);
  expect(descriptions.get('/properties/tests')).toContain('only');
  expect([...descriptions.values()].filter((text) => /\*|@default|\/\//.test(text.replace('https://', '')))).toEqual(
    [],
  );
});

test('without the sources it is the same schema without descriptions', () => {
  expect(described(specSchema(() => ({})))).toEqual([]);
});
