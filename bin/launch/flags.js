'use strict';

const v8 = require('node:v8');

/**
 * V8's optimizing compiler costs more CPU than it saves on a run of a few hundred milliseconds; a fleet earns it back.
 * This is the one place that decides it.
 */
const fewClusters = 16;

/** Sets V8's flags for this run and returns them: code compiled under other flags is of no use. */
function setV8Flags(clusterCount) {
  const flags = clusterCount > fewClusters ? [] : ['--no-opt'];
  for (const flag of flags) v8.setFlagsFromString(flag);
  return flags;
}

module.exports = { setV8Flags };
