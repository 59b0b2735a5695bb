'use strict';

const v8 = require('node:v8');

/**
 * V8's optimizing compiler costs more CPU than it saves on a run of a few hundred milliseconds; a fleet earns it back,
 * but only for what runs very often: by its own measure it spent a fifth of the time of 1,000 clusters on compiling.
 * This is the one place that decides it.
 */
const fewClusters = 16;
/** Bytes of bytecode that a function runs before it is considered. */
const budgetBytes = 1_000_000;
/** How much the heap may grow before it is swept: V8 would let the garbage of a dozen clusters lie about. */
const growthPercent = 50;

/** Sets V8's flags for this run and returns them: code compiled under other flags is of no use. */
function setV8Flags(clusterCount) {
  const flags =
    clusterCount > fewClusters
      ? [`--interrupt-budget=${budgetBytes}`, `--heap-growing-percent=${growthPercent}`]
      : ['--no-opt'];
  for (const flag of flags) v8.setFlagsFromString(flag);
  return flags;
}

module.exports = { setV8Flags };
