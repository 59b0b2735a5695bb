'use strict';

const v8 = require('node:v8');

/**
 * V8's optimizing compilers cost more CPU than they save on a run of a few hundred milliseconds; a fleet earns it back,
 * but only for what runs very often: by V8's own measure a fifth of the time of 1,000 clusters went into compiling.
 * Nor is such a run long enough for marking beside it: most of that work was thrown away at the end.
 * This is the one place that decides it.
 */
const fewClusters = 16;
const forFew = ['--no-opt', '--no-incremental-marking'];
/**
 * How much of a function must run before it is compiled, by Node's major version: bytes of bytecode, later calls. V8
 * complains of a flag that it does not know, so a Node that is not listed keeps its own measure.
 */
const rarely = {
  20: ['--interrupt-budget=1000000'],
  22: ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
  24: ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
};
/** How much the heap may grow before it is swept: V8 would let the garbage of a dozen clusters lie about. */
const growthPercent = 50;

/** Sets V8's flags for this run and returns them. */
function setV8Flags(clusterCount) {
  const [major] = process.versions.node.split('.');
  const forMany = [...(rarely[major] ?? []), `--heap-growing-percent=${growthPercent}`];
  const flags = clusterCount > fewClusters ? forMany : forFew;
  // cdk8s will ask for it, and the code that Node keeps of its own modules is good only for the flags it starts with.
  require('node:child_process');
  for (const flag of flags) v8.setFlagsFromString(flag);
  return flags;
}

module.exports = { setV8Flags };
