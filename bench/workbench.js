'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const { environment } = require('./environment');

const root = path.join(__dirname, '..');
const ours = ['bin', 'clusters', 'imports', 'lib', 'main.ts', 'package.json', 'package-lock.json'];

/**
 * A copy of the package in a temporary folder, with a cache of its own: the user's is neither used nor spoilt.
 * The dependencies are links to the installed ones.
 *
 * @param bytes room that is needed
 */
function openWorkbench(bytes) {
  const { place, folder } = makeFolder(bytes);
  const home = path.join(folder, 'wayleave');
  for (const name of ours) fs.cpSync(path.join(root, name), path.join(home, name), { recursive: true });
  const modules = path.join(home, 'node_modules');
  fs.mkdirSync(modules);
  for (const name of fs.readdirSync(path.join(root, 'node_modules'))) {
    if (name !== '.cache') fs.symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  }

  const at = (...parts) => path.join(folder, ...parts);
  return {
    /** What it lies on, in words. */
    place,
    /** The copy, which is also a project: it has the repository's clusters. */
    home,
    at,
    /** The command that writes the clusters of the project in `cwd`, or those named, into `output`. */
    synth: (cwd, output, ...clusters) => ({
      command: [process.execPath, path.join(home, 'bin', 'wayleave.js'), 'synth', '--output', output, ...clusters],
      cwd,
    }),
    /** The command that runs a script with these arguments. */
    script(name, text, ...args) {
      fs.writeFileSync(at(name), text);
      return { command: [process.execPath, at(name), ...args.map(String)], cwd: folder };
    },
    dropCache: () => remove(path.join(modules, '.cache')),
    close: () => remove(folder),
  };
}

/**
 * A disk's journal and allocator cost more CPU than anything measured here, and from one minute to the next many times
 * more or less, so memory is used where it has the room.
 */
function makeFolder(bytes) {
  const make = (parent) => fs.realpathSync(fs.mkdtempSync(path.join(parent, 'wayleave-bench-')));
  try {
    const { bavail, bsize } = fs.statfsSync('/dev/shm');
    if (bavail * bsize > bytes) return { place: 'memory (tmpfs)', folder: make('/dev/shm') };
  } catch {
    // Not Linux, or not for us.
  }
  return { place: 'a disk', folder: make(os.tmpdir()) };
}

const remove = (folder) => fs.rmSync(folder, { recursive: true, force: true });

/** Runs a command once, unmeasured. */
function run({ command: [file, ...args], cwd }) {
  execFileSync(file, args, { cwd, env: environment(), stdio: ['ignore', 'ignore', 'inherit'] });
}

module.exports = { openWorkbench, remove, run };
