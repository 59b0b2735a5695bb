import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../main';
import { readTree, testHost } from '../../test/support/host';
import { smallSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';
import { CLOUDFLARE_RANGES } from '../net/well-known-cloudflare';

/** Typed, where jest's own matcher is `any`. */
const containing = (text: string): unknown => expect.stringContaining(text);

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-cli-'));
  mkdirSync(join(cwd, 'clusters'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Lays specs into clusters/ and runs one command. */
async function run(
  argv: string[],
  specs: Record<string, ClusterSpec | Record<string, unknown>> = { small: smallSpec() },
  env = {},
) {
  const files = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [`clusters/${name}.ts`, spec]));
  for (const file of Object.keys(files)) writeFileSync(join(cwd, file), '');
  const { host, printed } = testHost(cwd, files, env);
  const code = await main(argv, host);
  return { code, ...printed };
}

describe('usage', () => {
  test('without a command, and with --help, it says what there is', async () => {
    for (const argv of [[], ['--help'], ['help']]) {
      const { code, out } = await run(argv);
      expect(code).toBe(0);
      for (const name of ['synth', 'plan']) expect(out).toContain(name);
    }
    const help = await run(['synth', '--help']);
    expect(help).toMatchObject({ code: 0, out: containing('usage: wayleave synth') });
    expect(await run(['help', 'synth'])).toEqual(help);
    expect(await run(['help', 'synht'])).toMatchObject({ code: 1, err: containing('did you mean synth?') });
  });

  test('a misspelt command or option suggests the near one, exit 1', async () => {
    expect(await run(['synht'])).toMatchObject({ code: 1, err: containing('did you mean synth?') });
    expect(await run(['synth', '--outptu', 'x'])).toMatchObject({
      code: 1,
      err: containing('did you mean --output?'),
    });
  });

  test('a cluster that is not there names the near one', async () => {
    expect(await run(['synth', 'smal'])).toMatchObject({
      code: 1,
      err: containing('did you mean small?'),
    });
  });

  test('an empty project says what to write', async () => {
    expect(await run(['synth'], {})).toMatchObject({ code: 1, err: containing('clusters/<name>.ts') });
  });
});

describe('synth', () => {
  test('writes a tree a cluster, says how much, and writes nothing the second time', async () => {
    const accept = [{ code: 'ETCD_EVEN' as const, at: 'nodes.a.role', reason: 'a test' }];
    const specs = { small: smallSpec({ accept }) };
    const first = await run(['synth'], specs);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(existsSync(join(cwd, 'dist/small/NETWORK.md'))).toBe(true);
    const second = await run(['synth'], specs);
    expect(second.out).toMatch(/^dist\/: 0 files written, 0 removed, \d+ unchanged\n$/);
  });

  test('every error of every cluster at once, with place and remedy; exit 1 and the tree as it was', async () => {
    await run(['synth']);
    const before = readTree(join(cwd, 'dist'));
    const { code, out, err } = await run(['synth'], {
      small: { ...smallSpec(), k3s: { nodeNetwork: 'lan', clusterCidrs: ['10.42.0.5/16'] } },
      other: { ...smallSpec({ name: 'other' }), purpsoe: 'x' },
    });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('clusters/small.ts: k3s.clusterCidrs[0]');
    expect(err).toContain('10.42.0.0/16');
    expect(err).toContain('purpsoe');
    expect(err).toMatch(/fix:.*purpose/);
    expect(err).toContain('2 errors');
    expect(err).toContain('nothing was written');
    expect(err).not.toMatch(/^\s+at /m);
    expect(readTree(join(cwd, 'dist'))).toEqual(before);
  });

  test('two clusters of one name: both files are named', async () => {
    const { code, err } = await run(['synth'], { a: smallSpec(), b: smallSpec() });
    expect(code).toBe(1);
    expect(err).toContain('CLUSTER_TWICE');
    expect(err).toMatch(/clusters\/a\.ts and clusters\/b\.ts/);
    expect(existsSync(join(cwd, 'dist'))).toBe(false);
  });

  test('a YAML spec with a tab: file, line and column', async () => {
    writeFileSync(join(cwd, 'clusters/home.yaml'), 'name: home\nnetworks:\n\tlan: {}\n');
    const { code, err } = await run(['synth'], {});
    expect(code).toBe(1);
    expect(err).toMatch(/clusters\/home\.yaml:3:1/);
    expect(err).toContain('tab');
  });

  test('a folder where a file should be is refused before anything changes', async () => {
    mkdirSync(join(cwd, 'dist/small/NETWORK.md'), { recursive: true });
    const { code, err } = await run(['synth']);
    expect(code).toBe(1);
    expect(err).toContain('OUTPUT_BLOCKED');
    expect(err).toContain('NETWORK.md');
    expect(existsSync(join(cwd, 'dist/small/index.json'))).toBe(false);
  });

  test('cdk8s gets a link to the output in the folder it named, and only once all is well', async () => {
    const env = { CDK8S_OUTDIR: '.synth' };
    await run(['synth'], { small: { ...smallSpec(), name: 'NOT A NAME' } }, env);
    expect(existsSync(join(cwd, '.synth'))).toBe(false);
    for (const _ of [1, 2]) await run(['synth'], { small: smallSpec() }, env);
    expect(lstatSync(join(cwd, '.synth')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(join(cwd, '.synth'))).toBe('dist');
  });

  test('a cluster without a spec any more loses its tree when all are written, and only then', async () => {
    await run(['synth'], { small: smallSpec(), other: smallSpec({ name: 'other' }) });
    rmSync(join(cwd, 'clusters/other.ts'));
    await run(['synth', 'small']);
    expect(existsSync(join(cwd, 'dist/other/index.json'))).toBe(true);
    await run(['synth']);
    expect(existsSync(join(cwd, 'dist/other'))).toBe(false);
    expect(existsSync(join(cwd, 'dist/small/index.json'))).toBe(true);
  });
});

describe('plan', () => {
  test('prints the four tables', async () => {
    const { code, out } = await run(['plan', 'small']);
    expect(code).toBe(0);
    for (const title of ['addresses', 'listeners', 'flows', 'capabilities']) expect(out).toContain(`small: ${title} (`);
    expect(out).toMatch(/8472\/udp/);
  });

  test('--json is the plan as data: one object for one cluster, a list for several', async () => {
    const one = JSON.parse((await run(['plan', '--json'])).out) as { cluster?: unknown };
    expect(Array.isArray(one)).toBe(false);
    const both = JSON.parse(
      (await run(['plan', '--json'], { small: smallSpec(), other: smallSpec({ name: 'other' }) })).out,
    ) as unknown[];
    expect(both).toHaveLength(2);
  });

  test('--cloudflare compares with a published list', async () => {
    const published = CLOUDFLARE_RANGES.prefixes().join('\n');
    writeFileSync(join(cwd, 'same'), published);
    expect(await run(['plan', '--cloudflare', 'same'])).toMatchObject({ code: 0, err: '' });
    writeFileSync(join(cwd, 'more'), `${published}\n198.51.100.0/24\n`);
    expect(await run(['plan', '--cloudflare', 'more'])).toMatchObject({
      code: 1,
      out: containing('not known here: 198.51.100.0/24'),
    });
    expect(await run(['plan', '--cloudflare', 'absent'])).toMatchObject({
      code: 1,
      err: containing('cannot read absent'),
    });
  });
});

describe('what lies in the way', () => {
  test('a file where dist should be is named, whatever the spec', async () => {
    writeFileSync(join(cwd, 'dist'), '');
    for (const specs of [{ small: smallSpec() }, { small: { ...smallSpec(), nodes: {} } }])
      expect(await run(['synth'], specs)).toMatchObject({
        code: 1,
        err: containing('dist is a file where a folder should be'),
      });
  });

  test('every spec that cannot be read is named at once', async () => {
    mkdirSync(join(cwd, 'clusters/a.ts'));
    mkdirSync(join(cwd, 'clusters/b.yaml'));
    symlinkSync('nowhere', join(cwd, 'clusters/c.yaml'));
    writeFileSync(join(cwd, 'clusters/d.yaml'), Buffer.from([0x6e, 0xff]));
    const { code, err } = await run(['synth'], {});
    expect(code).toBe(1);
    expect(err).toContain('clusters/a.ts\n  this is a folder');
    expect(err).toContain('clusters/b.yaml\n  this is a folder');
    expect(err).toContain('clusters/c.yaml\n  this is a link to a file that is not there');
    expect(err).toContain('clusters/d.yaml\n  the file is not UTF-8 text');
  });

  test('an output without a name, and documents outside Wayleave, are the user’s mistake', async () => {
    expect(await run(['synth', '--output='])).toMatchObject({ code: 1, err: containing('--output names no folder') });
    expect(await run(['docs'])).toMatchObject({ code: 1, err: containing("not Wayleave's own") });
  });

  test('a link for cdk8s inside the output is refused before anything is written', async () => {
    for (const env of [{ CDK8S_OUTDIR: 'dist/small' }, { CDK8S_OUTDIR: 'x/../dist/cdk8s' }])
      expect(await run(['synth'], undefined, env)).toMatchObject({ code: 1, err: containing('inside the output') });
    expect(existsSync(join(cwd, 'dist'))).toBe(false);
  });

  test('a place where cdk8s can have no link is named, and the output is there', async () => {
    const { code, err } = await run(['synth'], undefined, { CDK8S_OUTDIR: 'clusters/small.ts/x' });
    expect({ code, err }).toMatchObject({ code: 1, err: containing('no link for cdk8s can be made') });
    expect(existsSync(join(cwd, 'dist/small/NETWORK.md'))).toBe(true);
  });
});
