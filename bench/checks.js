'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const { atMost } = require('./bounds');
const { environment } = require('./environment');
const { median } = require('./statistics');

const rounds = 5;
const limitSeconds = 0.5;

/**
 * CPU time of all checks of one large cluster, without what leads to its plan: `nodes`, `claims`, `flows`,
 * `cpuSeconds` and the slowest rules.
 */
function measureChecks() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wayleave-checks-'));
  try {
    const file = path.join(folder, 'probe.js');
    const root = path.join(__dirname, '..');
    const packages = ['cdk8s', 'constructs', 'yaml', 'zod'].map((name) => `--external:${name}`);
    const flags = ['--bundle', '--platform=node', '--format=cjs', '--log-level=error', ...packages];
    run(path.join(root, 'node_modules/.bin/esbuild'), [
      path.join(__dirname, 'checks-probe.ts'),
      ...flags,
      `--outfile=${file}`,
    ]);
    const env = environment({ NODE_PATH: path.join(root, 'node_modules') });
    const results = Array.from({ length: rounds }, () => JSON.parse(run(process.execPath, [file], { env })));
    return { ...results[0], cpuSeconds: median(results.map(({ cpuSeconds }) => cpuSeconds)) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(file, args, options) {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', ...options });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${file} failed:\n${stderr}`);
  return stdout;
}

/** The same as a bound of the report. */
function boundOfChecks({ nodes, claims, flows, cpuSeconds }) {
  const what = `all checks of a cluster of ${nodes} nodes, ${claims} claims, ${flows} flows: CPU, s`;
  return atMost(what, cpuSeconds, limitSeconds);
}

module.exports = { boundOfChecks, measureChecks };

if (require.main === module) {
  const result = measureChecks();
  process.stdout.write(`${JSON.stringify({ ...result, ...boundOfChecks(result) }, null, 2)}\n`);
}
