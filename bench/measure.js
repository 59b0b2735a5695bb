'use strict';

const { record } = require('./recorder');
const { median, medianDifference, medianRatio } = require('./statistics');

/**
 * Runs every subject once a round, in turn, so that what else the machine does meets all of them alike.
 *
 * @param subjects by name: `command` (words), `cwd`, and `before`, which is not measured; undefined ones are left out
 * @returns what each used, by the same names
 */
function measure(recorder, rounds, subjects) {
  const present = Object.entries(subjects).filter(([, subject]) => subject !== undefined);
  const runs = new Map(present.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { command, cwd, before }] of present) {
      before?.();
      runs.get(name).push(record(recorder, command, { cwd }));
    }
  }
  return Object.fromEntries([...runs].map(([name, ofSubject]) => [name, usage(ofSubject)]));
}

/** Medians of a subject's runs. */
function usage(runs) {
  const cpu = runs.map((run) => run.cpuSeconds);
  const peaks = runs.map((run) => run.peakBytes).filter((peak) => peak !== undefined);
  return {
    cpu,
    cpuSeconds: median(cpu),
    ...(peaks.length === 0 ? {} : { peakBytes: median(peaks) }),
    /** How many times another's CPU time it used: round by round, or by the medians if the other ran fewer rounds. */
    ratioTo: (other) =>
      cpu.length === other.cpu.length ? medianRatio(cpu, other.cpu) : median(cpu) / median(other.cpu),
    /** How many seconds of CPU time more than another it used, round by round. */
    moreThan: (other) => medianDifference(cpu, other.cpu),
  };
}

module.exports = { measure };
