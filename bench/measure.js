'use strict';

const { record } = require('./recorder');
const { median, medianRatio } = require('./statistics');

/**
 * Runs every subject once a round, in turn, so that what else the machine does meets all of them alike.
 *
 * @param subjects by name: `command` (words), `cwd`, and `before`, which is not measured
 * @returns by the same names: medians, the single runs, and `ratioTo` another's result, pair by pair
 */
function measure(recorder, rounds, subjects) {
  const runs = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { command, cwd, before }] of Object.entries(subjects)) {
      before?.();
      runs[name].push(record(recorder, command, { cwd }));
    }
  }
  return Object.fromEntries(Object.entries(runs).map(([name, ofSubject]) => [name, summary(ofSubject)]));
}

function summary(runs) {
  const cpu = runs.map((run) => run.cpuSeconds);
  const peaks = runs.map((run) => run.peakBytes).filter((peak) => peak !== undefined);
  return {
    cpu,
    cpuSeconds: median(cpu),
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    ...(peaks.length === 0 ? {} : { peakBytes: median(peaks) }),
    ratioTo: (other) => medianRatio(cpu, other.cpu),
  };
}

module.exports = { measure };
