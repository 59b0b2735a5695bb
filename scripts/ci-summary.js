'use strict';

// node scripts/ci-summary.js FOLDER [FAILED-STAGE…]: sums up jest's JSON results in FOLDER, as the last line of .ci/run.

const fs = require('node:fs');
const path = require('node:path');

const jestStages = { 'npm test': 'unit.json', conformance: 'conformance.json', 'host tests': 'host.json' };

function summarize(folder, failedStages) {
  let passed = 0;
  let failed = 0;
  const lines = [];
  for (const name of fs.readdirSync(folder).sort()) {
    const result = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    passed += result.numPassedTests;
    // A file that does not even load has no failing test to count.
    failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    const left = result.numPendingTests + result.numTodoTests;
    if (left > 0) lines.push(`${name}: ${left} tests were skipped`);
  }
  for (const stage of failedStages) {
    lines.push(`FAILED: ${stage}`);
    const result = path.join(folder, jestStages[stage] ?? '');
    const counted = stage in jestStages && fs.existsSync(result) && countedIn(result) > 0;
    if (!counted) failed += 1;
  }
  return { passed, failed, lines };
}

function countedIn(file) {
  const { numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return numFailedTests + numRuntimeErrorTestSuites;
}

if (require.main === module) {
  const [folder, ...failedStages] = process.argv.slice(2);
  const { passed, failed, lines } = summarize(folder, failedStages);
  process.stdout.write([...lines, `${passed} passed, ${failed} failed`, ''].join('\n'));
  // A run in which no test passed has proven nothing.
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

module.exports = { summarize };
