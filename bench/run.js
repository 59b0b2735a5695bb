'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');

const { measureAdditions } = require('./additions');
const { judge } = require('./bounds');
const { boundOfChecks, measureChecks } = require('./checks');
const { measureClusters } = require('./clusters');
const { measureFleets } = require('./fleets');
const { measure } = require('./measure');
const { findRecorder } = require('./recorder');
const { measureReach } = require('./reach');
const { report } = require('./report');
const { openWorkbench } = require('./workbench');

const help = `usage: npm run bench -- [--deep] [--strict]

Measures Wayleave beside plain scripts, kubectl kustomize and jsonnet, and writes docs/benchmarks.md.

  --deep    a fleet of 4,000 clusters, too (several minutes and 3 GB of memory or disk)
  --strict  exit 1 if a bound is missed
  --help    this text
`;

function main() {
  const { values } = parseArgs({
    options: { deep: { type: 'boolean' }, strict: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return void process.stdout.write(help);

  const say = (what) => process.stderr.write(`bench: ${what}\n`);
  const recorder = findRecorder();
  const bench = openWorkbench(values.deep ? 4e9 : 1.5e9);
  process.on('exit', bench.close);
  process.once('SIGINT', () => process.exit(130));

  say('the clusters of the repository');
  const { warm, cold, again } = measureClusters(bench, recorder);
  const fleets = measureFleets(bench, recorder, { deep: values.deep, say });

  const { node } = measure(recorder, 11, { node: { command: [process.execPath, '-e', '0'] } });

  const additions = measureAdditions(bench, recorder, say);

  say('the checks of a large cluster');
  const bounds = [
    ...judge({ warm, cold, fleets }),
    ...additions,
    boundOfChecks(measureChecks()),
    ...measureReach(bench, recorder, say),
  ];
  const rows = [warm, cold, again, ...fleets];
  const text = report({ rows, node, bounds, machine: machine(bench.place), recorder, versions: versions() });
  process.stdout.write(text);
  fs.writeFileSync(path.join(__dirname, '..', 'docs', 'benchmarks.md'), text);
  if (values.strict && bounds.some(({ held }) => !held)) process.exitCode = 1;
}

function machine(place) {
  const cpus = os.cpus();
  return `Node ${process.versions.node} on ${cpus.length} × ${cpus[0].model}, ${os.type()}; files are written to ${place}.`;
}

function versions() {
  const firstLine = (file, ...args) => spawnSync(file, args, { encoding: 'utf8' }).stdout?.split('\n')[0];
  return { kustomize: firstLine('kubectl', 'version', '--client'), jsonnet: firstLine('jsonnet', '--version') };
}

try {
  main();
} catch (error) {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 2;
}
