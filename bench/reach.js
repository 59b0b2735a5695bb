'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { atMost } = require('./bounds');
const { measure } = require('./measure');
const { worldOf } = require('./reach-world');
const { growthExponent } = require('./statistics');

/** Workloads and rounds; namespaces are a fifth of the workloads, policies twice as many. */
const sizes = [
  { workloads: 100, rounds: 5 },
  { workloads: 1000, rounds: 3 },
  { workloads: 5000, rounds: 1 },
];

/** Measures `wayleave reach` on trees of rising size: reading, judging and writing every pair that passes. */
function measureReach(bench, recorder, say) {
  const points = sizes.map(({ workloads, rounds }) => {
    say(`who reaches whom among ${workloads} workloads`);
    const folder = bench.at(`reach-${workloads}`);
    fs.mkdirSync(folder);
    for (const { name, text } of worldOf(workloads)) fs.writeFileSync(path.join(folder, name), text);
    const command = [process.execPath, path.join(bench.home, 'bin', 'wayleave.js'), 'reach', folder, '--format', 'csv'];
    const { reach } = measure(recorder, rounds, { reach: { command, cwd: bench.home } });
    return { workloads, ...reach };
  });
  return boundsOf(points);
}

function boundsOf(points) {
  const thousand = points.find(({ workloads }) => workloads === 1000);
  const growth = growthExponent(points.map(({ workloads, cpuSeconds }) => [workloads, cpuSeconds]));
  return [
    atMost('reach, 1,000 workloads, 200 namespaces, 2,000 policies: CPU, s', thousand.cpuSeconds, 2),
    atMost('the same: peak memory, MB', (thousand.peakBytes ?? NaN) / 1e6, 500),
    // Every two workloads are a pair of the matrix, so that nothing below 2 could be asked of it.
    atMost('reach: growth of CPU with workloads, exponent, 100 to 5,000', growth, 2),
  ].filter(({ measured }) => Number.isFinite(measured));
}

module.exports = { measureReach };
