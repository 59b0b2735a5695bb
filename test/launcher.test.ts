import { execFile, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';

const repository = path.join(__dirname, '..');
const linked = ['esbuild', 'yaml'];

let root: string;
let cwd: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wayleave-launcher-')));
  cwd = path.join(root, 'project');
  fs.cpSync(path.join(repository, 'bin'), path.join(root, 'bin'), { recursive: true });
  write('package.json', JSON.stringify({ name: 'copy', version: '1.2.3', dependencies: { esbuild: '*', yaml: '*' } }));
  write('package-lock.json', '{}');
  for (const name of linked) link(name);
  write(
    'main.ts',
    `import { greeting } from './lib/greeting';
     export function main(argv: readonly string[], host: { specs: ReadonlyMap<string, () => unknown>; stdout: { write(text: string): void } }): number {
       for (const [file, read] of host.specs) host.stdout.write(\`\${file.split('/').pop()} \${JSON.stringify(read())}\\n\`);
       host.stdout.write(\`\${greeting} \${argv.join(' ')}\\n\`);
       return argv.includes('--fail') ? 1 : 0;
     }`,
  );
  write('lib/greeting.ts', `export const greeting: string = 'hello';`);
  fs.mkdirSync(path.join(cwd, 'clusters'), { recursive: true });
});

afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}

function link(name: string): void {
  fs.mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  fs.symlinkSync(path.join(repository, 'node_modules', name), path.join(root, 'node_modules', name));
}

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const run = (...argv: string[]): Run => runWith({}, ...argv);

function runWith(env: Readonly<Record<string, string>>, ...argv: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'bin', 'wayleave.js'), ...argv], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

const cache = (): string => path.join(root, 'node_modules', '.cache', 'wayleave');

/** Every file of the cache below a layer kind, with the moment it was written. */
function cached(kind: 'own' | 'vendor'): Map<string, number> {
  const found = new Map<string, number>();
  for (const layer of fs.readdirSync(cache()).filter((name) => name.startsWith(`${kind}-`))) {
    for (const name of fs.readdirSync(path.join(cache(), layer))) {
      found.set(path.join(cache(), layer, name), fs.statSync(path.join(cache(), layer, name)).mtimeMs);
    }
  }
  return found;
}

describe('the cache', () => {
  it('is written once and then only read', () => {
    expect(run('plan')).toEqual({ code: 0, out: 'hello plan\n', err: '' });
    const first = cached('own');
    expect([...first.keys()].map((file) => path.basename(file))).toEqual(['bundle', expect.stringMatching(/^code/)]);
    expect(run('plan').out).toBe('hello plan\n');
    expect(cached('own')).toEqual(first);
  });

  it('reads files that were written a moment ago, since a write yet to come might not show in their stamps', () => {
    run();
    expect(fs.readdirSync(cache()).filter((name) => name.startsWith('key-'))).toEqual([]);
  });

  it('keeps the code of each command apart', () => {
    for (const argv of [['plan'], ['synth', 'a'], ['check', '--help'], ['docs', '-h'], ['--help'], ['../plan']])
      run(...argv);
    const code = [...cached('own').keys()].map((file) => path.basename(file).split('--')[0]);
    expect(code).toEqual(['bundle', 'code', 'code-plan', 'code-synth']);
  });

  it('keeps no code of a failing run', () => {
    expect(run('--fail').code).toBe(1);
    expect([...cached('own').keys()].map((file) => path.basename(file))).toEqual(['bundle']);
  });

  it.each([
    ['lib', 'lib/greeting.ts', `export const greeting = 'howdy';`, 'howdy \n'],
    ['main.ts', 'main.ts', `export const main = (): number => 0;`, ''],
  ])('is left aside after an edit of %s', (_name, file, text, out) => {
    run();
    write(file, text);
    expect(run().out).toBe(out);
  });

  it('is left aside after an edit of a spec, of the same length', () => {
    write('project/clusters/a.ts', `export default { x: 1 };`);
    expect(run().out).toContain('a.ts {"default":{"x":1}}');
    write('project/clusters/a.ts', `export default { x: 2 };`);
    expect(run().out).toContain('a.ts {"default":{"x":2}}');
  });

  it('is left aside after an edit of a file outside that a spec imports, of the same length', () => {
    write('project/clusters/a.ts', `import { x } from '../shared/x'; export default x;`);
    write('project/shared/x.ts', `export const x: number = 1;`);
    expect(run().out).toContain('a.ts {"default":1}');
    run();
    write('project/shared/x.ts', `export const x: number = 2;`);
    expect(run().out).toContain('a.ts {"default":2}');
  });

  it('is left aside when a new file takes the place of an imported one', () => {
    write('project/clusters/a.ts', `import { x } from '../shared/x'; export default x;`);
    write('project/shared/x/index.ts', `export const x = 1;`);
    expect(run().out).toContain('a.ts {"default":1}');
    write('project/shared/x.ts', `export const x = 2;`);
    expect(run().out).toContain('a.ts {"default":2}');
  });

  it('is made again when it is damaged', () => {
    run();
    for (const file of cached('own').keys()) {
      const bytes = fs.readFileSync(file);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
      fs.writeFileSync(file, bytes);
    }
    const damaged = [...cached('own').keys()].map((file) => fs.readFileSync(file));
    expect(run()).toEqual({ code: 0, out: 'hello \n', err: '' });
    expect([...cached('own').keys()].map((file) => fs.readFileSync(file))).not.toEqual(damaged);
  });

  it('is made again when it is cut short', () => {
    run();
    for (const file of cached('own').keys()) fs.truncateSync(file, 100);
    expect(run()).toEqual({ code: 0, out: 'hello \n', err: '' });
  });

  it('serves runs that start at once', async () => {
    const start = async (word: string): Promise<string> => {
      const { stdout } = await promisify(execFile)(process.execPath, [path.join(root, 'bin', 'wayleave.js'), word], {
        cwd,
      });
      return stdout;
    };
    expect(await Promise.all(['1', '2', '3'].map(start))).toEqual(['hello 1\n', 'hello 2\n', 'hello 3\n']);
    expect(run('4').out).toBe('hello 4\n');
    expect([...cached('own').keys()].map((file) => path.basename(file))).toEqual([
      'bundle',
      expect.stringMatching(/^code/),
    ]);
  });

  it('keeps the four newest builds', () => {
    for (let n = 0; n < 6; n++) {
      write('lib/greeting.ts', `export const greeting = '${n}';`);
      run();
    }
    expect(fs.readdirSync(cache()).filter((name) => name.startsWith('own-'))).toHaveLength(4);
    expect(run().out).toBe('5 \n');
  });

  it('does not take up a build whose files changed while it was made', () => {
    // Stands for an editor that saves at the wrong moment: esbuild, as it starts, finds the next version of the file.
    write(
      'preload.js',
      `const fs = require('node:fs'), { spawnSync } = require('node:child_process');
      require('node:child_process').spawnSync = (...args) => {
        fs.writeFileSync(${JSON.stringify(path.join(root, 'lib', 'greeting.ts'))}, "export const greeting = 'saved';");
        return spawnSync(...args);
      };`,
    );
    const before = fs.readFileSync(path.join(root, 'lib', 'greeting.ts'), 'utf8');
    expect(runWith({ NODE_OPTIONS: `--require ${path.join(root, 'preload.js')}` }).out).toBe('saved \n');
    write('lib/greeting.ts', before);
    expect(run().out).toBe('hello \n');
  });

  it('may be missing altogether', () => {
    write('node_modules/.cache', 'a file where the folder should be');
    const tmp = path.join(root, 'tmp');
    fs.mkdirSync(tmp);
    fs.writeFileSync(path.join(tmp, `wayleave-${process.getuid?.() ?? os.userInfo().username}`), 'in the way, too');
    expect(runWith({ TMPDIR: tmp })).toEqual({ code: 0, out: 'hello \n', err: '' });
  });
});

describe('dependencies', () => {
  const usingYaml = `import { parse } from 'yaml';
    import * as path from 'node:path';
    export const greeting: string = JSON.stringify(parse('a: é')) + path.sep;`;

  it('are joined into a layer of their own, which an edit of ours leaves alone', () => {
    write('lib/greeting.ts', usingYaml);
    expect(run()).toEqual({ code: 0, out: '{"a":"é"}/ \n', err: '' });
    const vendor = cached('vendor');
    write('lib/greeting.ts', `${usingYaml}\nexport const other = 1;`);
    expect(run().out).toBe('{"a":"é"}/ \n');
    expect(cached('vendor')).toEqual(vendor);
  });

  it('are joined anew when another version is installed', () => {
    write('lib/greeting.ts', usingYaml);
    run();
    write('package-lock.json', '{ "lockfileVersion": 3 }');
    run();
    expect(fs.readdirSync(cache()).filter((name) => name.startsWith('vendor-'))).toHaveLength(2);
  });

  it.each(linked)('that are missing are named with the remedy: %s', (name) => {
    write('lib/greeting.ts', usingYaml);
    fs.unlinkSync(path.join(root, 'node_modules', name));
    const { code, err } = run();
    expect(code).toBe(2);
    expect(err).toBe(`wayleave: cannot find ${name}: run npm ci in ${root}\n`);
  });
});

describe('errors', () => {
  it('keep nobody from learning the version', () => {
    write('project/clusters/a.ts', 'export default {');
    write('lib/greeting.ts', 'export const greeting = ;');
    expect(run('--version')).toEqual({ code: 0, out: 'copy 1.2.3\n', err: '' });
  });

  it('in lib/ are ours', () => {
    write('lib/greeting.ts', 'export const greeting = ;');
    const { code, err } = run();
    expect(code).toBe(2);
    expect(err).toMatch(/fault of Wayleave/);
    expect(err).toMatch(/lib\/greeting\.ts:1:25: Unexpected ";"/);
  });

  it('that main throws are ours', () => {
    write('main.ts', `export async function main(): Promise<number> { throw new Error('broken'); }`);
    const { code, err } = run();
    expect(code).toBe(2);
    expect(err).toMatch(/^wayleave: internal error\nError: broken/);
  });
});

it('a fleet meets a V8 that knows its flags', () => {
  for (let n = 0; n < 20; n++) write(`project/clusters/${n}.yaml`, '');
  expect(run('synth')).toEqual({ code: 0, out: 'hello synth\n', err: '' });
});

it('an old Node is told so', () => {
  write(
    'preload.js',
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.1' } });`,
  );
  const { code, err } = runWith({ NODE_OPTIONS: `--require ${path.join(root, 'preload.js')}` });
  expect(code).toBe(2);
  expect(err).toBe('wayleave: Node 18.20.1 is too old; it needs Node 20 or later\n');
});

describe('specs', () => {
  it('are the files of clusters/ and those named, each evaluated only when asked for', () => {
    write('project/clusters/b.ts', `export default 'b';`);
    write('project/clusters/a.ts', `throw new Error('not asked for');`);
    write('project/clusters/a.test.ts', `throw new Error('a test is no spec');`);
    write('project/other/c.ts', `import { greeting } from '../../lib/greeting'; export default greeting;`);
    write(
      'main.ts',
      `export function main(_argv: unknown, host: { cwd: string; specs: Map<string, () => any> }): number {
         console.log([...host.specs.keys()].map((file) => file.slice(host.cwd.length)).join(' '));
         console.log([...host.specs].filter(([file]) => !file.endsWith('a.ts')).map(([, read]) => read().default).join(' '));
         return 0;
       }`,
    );
    expect(run('synth', 'other/c.ts', 'other/absent.ts')).toEqual({
      code: 0,
      out: '/clusters/a.ts /clusters/b.ts /other/c.ts\nb hello\n',
      err: '',
    });
  });
});
