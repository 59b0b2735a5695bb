import { createHash } from 'node:crypto';
import { object, part, planWith } from '../../test/support/parts';
import { AddressSet } from '../net/address-set';
import { PortRange } from '../net/port';
import type { Bound } from '../components/component';
import { hasErrors } from '../spec/finding';
import { emit } from './emit';
import { readIndex } from './index-file';
import { networkJson } from './network-json';

const web = part('web', {
  claims: () => [
    {
      owner: 'web',
      purpose: 'x',
      network: 'lan',
      addresses: AddressSet.parse('192.168.50.32/30'),
      source: ['apps', 'web'],
    },
  ],
  listeners: () => [
    {
      on: { nodes: 'all' },
      protocol: 'tcp',
      bind: 'all',
      ports: { container: PortRange.of(80) },
      purpose: 'web',
      source: ['apps', 'web'],
    },
  ],
  k3s: (_options, _spec, node) => [{ name: 'node-name', value: node, reason: 'r' }],
  manifests: (chart) => void object(chart, 'v1 Service web/web'),
  host: () => ({ files: [{ path: '/etc/web.conf', content: 'x\n' }] }),
});

function emitted(...parts: Bound[]) {
  return emit(planWith(parts), parts, (plan) => `# ${plan.spec.name}\n`);
}

describe('emit', () => {
  it('puts manifests, host files, document, plan and index together', () => {
    const { value: tree, findings } = emitted(web);
    expect(findings).toEqual([]);
    expect(tree?.files().map((file) => file.path)).toEqual([
      'NETWORK.md',
      'hosts/a/etc/web.conf',
      'hosts/a/index.json',
      'hosts/a/node.txt',
      'hosts/b/etc/web.conf',
      'hosts/b/index.json',
      'hosts/b/node.txt',
      'hosts/c/etc/web.conf',
      'hosts/c/index.json',
      'hosts/c/node.txt',
      'index.json',
      'network.json',
      'web/web.k8s.yaml',
    ]);
    expect(tree?.get('NETWORK.md')).toBe('# small\n');
  });

  it('lists every other file in the index, with its hash and size, in order', () => {
    const { value: tree } = emitted(web);
    const text = tree?.get('index.json') ?? '';
    const others = tree?.files().filter((file) => file.path !== 'index.json') ?? [];
    expect(JSON.parse(text)).toEqual({
      wayleave: 1,
      files: Object.fromEntries(
        others.map(({ path, content }) => [
          path,
          { sha256: createHash('sha256').update(content).digest('hex'), bytes: Buffer.byteLength(content) },
        ]),
      ),
    });
    expect([...(readIndex(text)?.keys() ?? [])]).toEqual(others.map((file) => file.path));
  });

  it('gives the same bytes whatever the order of components', () => {
    const dns = part('dns', { manifests: (chart) => void object(chart, 'v1 Service dns/dns') });
    expect(emitted(web, dns).value?.files()).toEqual(emitted(dns, web).value?.files());
  });

  it('reports what any of its parts finds, at once', () => {
    const password = part('db', {
      manifests: (chart) => {
        object(chart, 'v1 Secret db/db', { stringData: { password: 'hunter2' } });
        object(chart, 'v1 Service web/web');
      },
      host: () => ({ files: [{ path: '/etc/web.conf', content: 'y\n' }] }),
    });
    const { findings } = emitted(web, password);
    expect(hasErrors(findings)).toBe(true);
    expect(findings.find((finding) => finding.code === 'OBJECT_TWICE')?.at).toEqual([['apps', 'web']]);
    expect([...new Set(findings.map((finding) => finding.code))].sort()).toEqual([
      'OBJECT_TWICE',
      'PATH_TWICE',
      'SECRET_IN_OUTPUT',
    ]);
    expect(findings.filter((finding) => finding.code === 'SECRET_IN_OUTPUT').map((finding) => finding.message)).toEqual(
      ['db/db.k8s.yaml:2 of db holds a Secret with values, and no secret value may be in the output'],
    );
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('lets a Secret without values pass', () => {
    const named = part('db', { manifests: (chart) => void object(chart, 'v1 Secret db/db', { type: 'Opaque' }) });
    expect(emitted(named).findings).toEqual([]);
  });
});

describe('networkJson', () => {
  const json = JSON.parse(networkJson(planWith([web]))) as Record<string, never>;

  it('writes addresses, ports and sums as texts, and maps as objects', () => {
    expect(json['claims']).toContainEqual(
      expect.objectContaining({ owner: 'web', addresses: '192.168.50.32/30', source: ['apps', 'web'] }),
    );
    expect(json['listeners']).toContainEqual(expect.objectContaining({ ports: { container: '80' } }));
    expect(json['podNetwork']).toMatchObject({ mtu: { bytes: 1450, sum: '1500 − 50 VXLAN = 1450' } });
    expect(json['waves']).toEqual({ 'pod-network': 0, web: 0 });
    expect(json['k3sFlags']).toMatchObject({ a: [{ name: 'node-name', value: 'a' }] });
    expect(json['spec']).toMatchObject({ name: 'small', nodes: { a: { addresses: { lan: ['192.168.50.11'] } } } });
  });

  it('sorts keys at every depth', () => {
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Array.isArray(value)) expect(Object.keys(value)).toEqual(Object.keys(value).sort());
      Object.values(value).forEach(visit);
    };
    visit(json);
  });

  it('gives every entry a line of its own', () => {
    const lines = networkJson(planWith([web])).split('\n');
    expect(lines.filter((line) => line.includes('"owner":"web"') && line.includes('192.168.50.32/30'))).toHaveLength(1);
  });

  it('refuses a class it has no text for', () => {
    const plan = { ...planWith([]), notes: [new WeakMap()] } as never;
    expect(() => networkJson(plan)).toThrow(/WeakMap/);
  });
});

describe('readIndex', () => {
  it.each([
    '',
    '{}',
    '[]',
    '{"wayleave":2,"files":{}}',
    '{"wayleave":1}',
    '{"wayleave":1,"files":{"/a":{"sha256":"x"}}}',
    '{"wayleave":1,"files":{"a":1}}',
  ])('does not take %j for an index', (text) => {
    expect(readIndex(text)).toBeUndefined();
  });
});
