import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const repository = path.join(__dirname, '..');

describe('the last line of .ci/run', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wayleave-ci-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  const none = {
    numPassedTests: 0,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  const result = (name: string, counts: Partial<typeof none>): void =>
    fs.writeFileSync(path.join(folder, name), JSON.stringify({ ...none, ...counts }));

  function summary(...failedStages: string[]): { code: number | null; last: string | undefined } {
    const script = path.join(repository, 'scripts', 'ci-summary.js');
    const { status, stdout } = spawnSync(process.execPath, [script, folder, ...failedStages], { encoding: 'utf8' });
    return { code: status, last: stdout.trimEnd().split('\n').at(-1) };
  }

  it('adds up every jest run', () => {
    result('unit.json', { numPassedTests: 40 });
    result('host.json', { numPassedTests: 2 });
    expect(summary()).toEqual({ code: 0, last: '42 passed, 0 failed' });
  });

  it('counts failed tests once, and a file that does not load as one', () => {
    result('unit.json', { numPassedTests: 40, numFailedTests: 2, numRuntimeErrorTestSuites: 1 });
    expect(summary('npm test')).toEqual({ code: 1, last: '40 passed, 3 failed' });
  });

  it('counts a failed stage that is no jest run, or one whose jest left no result', () => {
    result('unit.json', { numPassedTests: 40 });
    expect(summary('lint', 'host tests')).toEqual({ code: 1, last: '40 passed, 2 failed' });
  });

  it('is no success when nothing ran', () => {
    expect(summary()).toEqual({ code: 1, last: '0 passed, 0 failed' });
  });
});

it('Renovate finds every version that asks for it, by name, source and value', () => {
  const { customManagers } = JSON.parse(fs.readFileSync(path.join(repository, 'renovate.json'), 'utf8')) as {
    customManagers: { matchStrings: string[] }[];
  };
  const pattern = customManagers[0]?.matchStrings[0] ?? '';
  const text = `  // renovate: datasource=github-releases depName=k3s-io/k3s
  k3s: 'v1.34.6+k3s1',

  // Follows k3s above.
  traefikChart: '39.0.5',

  // renovate: datasource=helm registryUrl=https://charts.example.org depName=argo-cd
  argocdChart: '10.4.0',

  // renovate: datasource=helm registryUrl=https://charts.example.org depName=cilium-1.18 packageName=cilium
  ciliumChart118: '1.18.12',
`;
  const found = [...text.matchAll(new RegExp(pattern, 'g'))].map(({ groups }) => [
    groups?.packageName ?? groups?.depName,
    groups?.currentValue,
  ]);
  expect(found).toEqual([
    ['k3s-io/k3s', 'v1.34.6+k3s1'],
    ['argo-cd', '10.4.0'],
    ['cilium', '1.18.12'],
  ]);

  const versions = fs.readFileSync(path.join(repository, 'lib', 'components', 'versions.ts'), 'utf8');
  expect([...versions.matchAll(new RegExp(pattern, 'g'))]).toHaveLength(versions.split('// renovate:').length - 1);
});
