'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');
const ours = ['bin', 'clusters', 'imports', 'lib', 'main.ts', 'package.json', 'package-lock.json'];

/**
 * A copy of the package in a temporary folder, with a cache of its own: the user's is neither used nor spoilt.
 * The dependencies are links to the installed ones.
 */
function openWorkbench() {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wayleave-bench-')));
  const home = path.join(folder, 'wayleave');
  for (const name of ours) fs.cpSync(path.join(root, name), path.join(home, name), { recursive: true });
  const modules = path.join(home, 'node_modules');
  fs.mkdirSync(modules);
  for (const name of fs.readdirSync(path.join(root, 'node_modules'))) {
    if (name !== '.cache') fs.symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  }

  return {
    /** The copy, which is also a project: it has the repository's clusters. */
    home,
    at: (...parts) => path.join(folder, ...parts),
    /** The command line that writes into `output`. */
    synth: (output, ...clusters) => [
      process.execPath,
      path.join(home, 'bin', 'wayleave.js'),
      'synth',
      '--output',
      output,
      ...clusters,
    ],
    dropCache: () => fs.rmSync(path.join(modules, '.cache'), { recursive: true, force: true }),
    close: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

const empty = (folder) => fs.rmSync(folder, { recursive: true, force: true });

module.exports = { empty, openWorkbench };
