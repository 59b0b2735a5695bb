'use strict';

const fs = require('node:fs');
const { createRequire } = require('node:module');
const os = require('node:os');
const path = require('node:path');

const { BuildError, MissingDependency } = require('./errors');

/**
 * Bundles an entry given as text. Runs esbuild's binary itself: its JavaScript API costs 40 ms of CPU more.
 *
 * @returns the text of the bundle and esbuild's metafile
 * @throws BuildError with every error that esbuild found
 */
function bundle(entry, sourcefile, project) {
  // Loaded here, since most runs find a bundle that is still good.
  const { spawnSync } = require('node:child_process');
  const { dependencies } = require('../../package.json');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wayleave-'));
  const [outfile, metafile] = ['bundle.js', 'metafile.json'].map((name) => path.join(folder, name));
  const flags = [
    '--bundle',
    '--platform=node',
    '--format=cjs',
    '--target=node20',
    ...Object.keys(dependencies).map((name) => `--external:${name}`),
    // `import()` of a dependency becomes require: a vm.Script has no loader of modules.
    '--supported:dynamic-import=false',
    // Settings found in a folder on the way up would change the result unseen by the key.
    '--tsconfig-raw={}',
    `--sourcefile=${sourcefile}`,
    `--outfile=${outfile}`,
    `--metafile=${metafile}`,
    '--log-level=error',
    '--log-limit=0',
    '--color=false',
  ];
  try {
    const run = spawnSync(binary(project), flags, { cwd: project.cwd, input: entry, encoding: 'utf8' });
    if (run.error !== undefined) throw run.error;
    if (run.status !== 0) throw new BuildError(messagesIn(run.stderr), project);
    return { text: fs.readFileSync(outfile, 'utf8'), metafile: JSON.parse(fs.readFileSync(metafile, 'utf8')) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The native one: the `esbuild` beside it may be a script that starts Node a second time. */
function binary({ modules, root }) {
  const file = process.platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild';
  try {
    const esbuild = fs.realpathSync(path.join(modules, 'esbuild', 'package.json'));
    return createRequire(esbuild).resolve(`@esbuild/${process.platform}-${process.arch}/${file}`);
  } catch {
    throw new MissingDependency('esbuild', root);
  }
}

/** The errors as esbuild prints them: text, an empty line, and the location if there is one. */
function messagesIn(stderr) {
  const found = [...stderr.matchAll(/^\S+ \[ERROR\] (.*)$(?:\n\n {4}(\S.*):(\d+):(\d+):$)?/gm)];
  if (found.length === 0) return [{ text: stderr.trim() }];
  return found.map(([, text, file, line, column]) =>
    file === undefined ? { text } : { text, file, line: Number(line), column: Number(column) + 1 },
  );
}

module.exports = { bundle };
