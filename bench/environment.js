'use strict';

/**
 * The environment of what is measured, and of what runs ahead of it: this one without the machine's own settings for
 * Node. They cost every Node the same, however little it does: NODE_EXTRA_CA_CERTS alone can double the time of its
 * start, and so make Wayleave and the plain script look alike.
 */
function environment(settings = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_'));
  return { ...Object.fromEntries(kept), ...settings };
}

module.exports = { environment };
