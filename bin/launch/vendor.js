'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { digestOf } = require('./digest');
const { openLayer } = require('./layer');

/** What makes the layer: changed, they make another one. */
const makers = ['join.js', 'ascii.js'].map((name) => path.join(__dirname, name));

/**
 * The layer of the dependencies: their CommonJS files as they are, each in the function that Node would wrap it in,
 * found by Node's own resolution. Joining files costs a third of what a bundler's parsing does, and keeps
 * `__dirname` true. Its function takes Node's `require` and `path`, and returns the `require` that serves `names`.
 */
function openVendor(project, store, code, names) {
  return openLayer({
    kind: 'vendor',
    key: digestOf([
      process.version,
      ...[...project.lock, ...makers].map((file) => fs.readFileSync(file)),
      project.modules,
      ...names,
    ]),
    store,
    code,
    isFresh: () => true,
    build: () => ({ header: {}, text: require('./join').join(project, names), keep: true }),
  });
}

module.exports = { openVendor };
