import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { stringify } from 'yaml';
import { main } from '../../main';
import { testHost } from '../../test/support/host';
import { SARIF_SLICE } from '../../test/support/sarif-slice';
import { pairSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';

const twins: Partial<ClusterSpec> = {
  nodes: {
    a: { role: 'server', addresses: { lan: '192.168.50.11' } },
    b: { role: 'agent', addresses: { lan: '192.168.50.11' } },
  },
};

const unused: Partial<ClusterSpec> = { accept: [{ code: 'PORT_TWICE', at: 'ingress[0]', reason: 'gone' }] };

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-check-'));
  mkdirSync(join(cwd, 'clusters'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Checks specs that lie in clusters/ as YAML. */
async function check(args: string[], specs: Record<string, ClusterSpec>, isTTY = false) {
  for (const [name, spec] of Object.entries(specs))
    writeFileSync(join(cwd, 'clusters', `${name}.yaml`), stringify(spec, { aliasDuplicateObjects: false }));
  const { host, printed } = testHost(cwd);
  const code = await main(['check', ...args], { ...host, stdout: { ...host.stdout, isTTY } });
  return { code, ...printed };
}

test('nothing wrong: it says so, exit 0, and writes nothing', async () => {
  const { code, out } = await check([], { small: pairSpec() });
  expect({ code, out }).toEqual({ code: 0, out: '1 cluster: nothing to say\n' });
});

test('every finding of every cluster, with file and line, sorted; exit 1', async () => {
  const other = pairSpec({ ...twins, name: 'other' });
  const { code, out, err } = await check([], { small: pairSpec(twins), other });
  expect({ code, err }).toEqual({ code: 1, err: '' });
  const heads = out.split('\n').filter((line) => line.startsWith('error '));
  expect(heads).toEqual([
    expect.stringMatching(/^error ADDRESS_OVERLAP {2}clusters\/other\.yaml:\d+:\d+ \(nodes\.b\.addresses\.lan\)$/),
    expect.stringMatching(/^error ADDRESS_OVERLAP {2}clusters\/small\.yaml:\d+:\d+ /),
  ]);
  expect(out).toContain('2 errors\n');
});

test('a warning is said and is no fault; --strict makes it one', async () => {
  expect(await check([], { small: pairSpec(unused) })).toMatchObject({ code: 0 });
  const { code, out } = await check(['--strict'], { small: pairSpec(unused) });
  expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('1 warning') as string });
});

test('colours on a terminal alone', async () => {
  expect((await check([], { small: pairSpec(twins) })).out).not.toContain('\u001b');
  expect((await check([], { small: pairSpec(twins) }, true)).out).toContain('\u001b[31merror');
  expect((await check(['--format', 'json'], { small: pairSpec(twins) }, true)).out).not.toContain('\u001b');
});

test('a path of a spec is read wherever it lies', async () => {
  writeFileSync(join(cwd, 'draft.yaml'), stringify(pairSpec(twins)));
  const { out } = await check(['draft.yaml'], { small: pairSpec() });
  expect(out).toContain('draft.yaml:');
});

test('json: clusters, counts, and each finding with its places', async () => {
  const { code, out } = await check(['--format', 'json'], { small: pairSpec(twins) });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    clusters: ['small'],
    errors: 1,
    warnings: 0,
    findings: [
      {
        code: 'ADDRESS_OVERLAP',
        severity: 'error',
        places: [
          { file: 'clusters/small.yaml', line: expect.any(Number) as number, path: 'nodes.b.addresses.lan' },
          { file: 'clusters/small.yaml', path: 'nodes.a.addresses.lan' },
        ],
      },
    ],
  });
  expect(JSON.parse((await check(['--format', 'json'], { small: pairSpec() })).out)).toMatchObject({ findings: [] });
});

test('a place in another cluster has its path as well, for persons and programs', async () => {
  const one = pairSpec();
  const lan = { kind: 'lan', site: 'home', interface: 'eth0', prefix: '192.168.50.0/24' } as const;
  const specs = {
    first: { ...one, name: 'first', networks: { ...one.networks, lan } },
    second: {
      ...one,
      name: 'second',
      networks: { ...one.networks, lan },
      nodes: { c: { role: 'server', addresses: { lan: '192.168.50.11' } } },
    } satisfies ClusterSpec,
  };
  expect((await check([], specs)).out).toMatch(
    /clusters\/second\.yaml:\d+:\d+ \(nodes\.c\.addresses\.lan\)\n {2}and clusters\/first\.yaml:\d+:\d+ \(nodes\.a\.addresses\.lan\)/,
  );
  const { findings } = JSON.parse((await check(['--format', 'json'], specs)).out) as {
    findings: { places: { file: string; path?: string }[] }[];
  };
  expect(findings[0]?.places.map(({ file, path }) => [file, path])).toEqual([
    ['clusters/second.yaml', 'nodes.c.addresses.lan'],
    ['clusters/first.yaml', 'nodes.a.addresses.lan'],
  ]);
});

test('sarif: what the schema requires, a rule for each code, and a place for each result', async () => {
  const { out } = await check(['--format', 'sarif'], {
    other: pairSpec({ ...unused, name: 'other' }),
    small: pairSpec(twins),
  });
  const log = JSON.parse(out) as { runs: { results: object[] }[] };
  const validate = new Ajv({ allErrors: true, strict: true, formats: { 'uri-reference': true } }).compile(SARIF_SLICE);
  expect({ valid: validate(log), errors: validate.errors }).toEqual({ valid: true, errors: null });
  expect(log.runs[0]).toMatchObject({
    tool: { driver: { name: 'wayleave', rules: [{ id: 'ACCEPT_UNUSED' }, { id: 'ADDRESS_OVERLAP' }] } },
    results: [
      { ruleId: 'ACCEPT_UNUSED', ruleIndex: 0, level: 'warning' },
      {
        ruleId: 'ADDRESS_OVERLAP',
        ruleIndex: 1,
        level: 'error',
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'clusters/small.yaml' } },
            logicalLocations: [{ fullyQualifiedName: 'nodes.b.addresses.lan' }],
          },
        ],
      },
    ],
  });
});

test('a format that is not there names the near one', async () => {
  expect(await check(['--format', 'srif'], { small: pairSpec() })).toMatchObject({
    code: 1,
    err: expect.stringContaining('did you mean sarif?') as string,
  });
});

test('a cluster of one name is said once both are read', async () => {
  const { out } = await check([], { a: pairSpec(), b: pairSpec() });
  expect(out).toContain('CLUSTER_TWICE');
});

test('a spec that ends the process ends only itself', async () => {
  const { host, printed } = testHost(cwd);
  const spec = join(cwd, 'clusters/rude.ts');
  writeFileSync(spec, '');
  const specs = new Map([[spec, () => process.exit(0)]]);
  expect(await main(['check'], { ...host, specs })).toBe(1);
  expect(printed.out).toContain('it calls process.exit');
});
