'use strict';

const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');

const isSource = (name) => name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name);

/**
 * What this run is made of.
 *
 * - `cwd`: the user's project; `root`: this package; `modules`: the node_modules that serves it
 * - `specs`: the cluster specs written in TypeScript, absolute and sorted
 * - `clusterCount`: how many specs of any form the run may read
 * - `files`: what the bundle is known to be made of before it is built, sorted
 * - `lock`: the files that change when another version of any dependency, esbuild included, is installed
 */
function findProject(argv) {
  const cwd = process.cwd();
  const named = argv.filter((word) => /\.(ts|ya?ml)$/.test(word) && isReadable(word));
  const inFolder = list(path.join(cwd, 'clusters'))
    .filter((entry) => !entry.isDirectory() && (isSource(entry.name) || /\.ya?ml$/.test(entry.name)))
    .map((entry) => path.join(cwd, 'clusters', entry.name));
  const clusters = [...new Set([...inFolder, ...named.map((word) => path.resolve(word))])].sort();
  // What cannot be read is left to the command, which says so beside all else that is wrong.
  const specs = clusters.filter((file) => file.endsWith('.ts') && isReadable(file));

  const own = [path.join(root, 'main.ts'), ...sourcesIn('lib'), ...sourcesIn('imports')];
  const files = [...new Set([...own, ...specs])].sort();
  const modules = findModules();
  return { cwd, root, modules, specs, clusterCount: clusters.length, files, lock: findLock(modules) };
}

function isReadable(file) {
  try {
    fs.accessSync(file, fs.constants.R_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function list(folder) {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (['EACCES', 'ELOOP', 'ENOENT', 'ENOTDIR'].includes(error.code)) return [];
    throw error;
  }
}

/** Source files below a folder of this package, in a fixed order. */
function sourcesIn(folder) {
  const found = [];
  // Thousands of times in every run: `path.join` would look through each path again.
  const walk = (at) => {
    for (const entry of list(at)) {
      const { name } = entry;
      if (entry.isDirectory()) walk(at + path.sep + name);
      else if (isSource(name)) found.push(at + path.sep + name);
    }
  };
  walk(path.join(root, folder));
  return found.sort();
}

/** The package's own node_modules, or the one it is itself installed in. */
function findModules() {
  for (let at = root; ; at = path.dirname(at)) {
    const modules = path.join(at, 'node_modules');
    if (fs.existsSync(path.join(modules, 'esbuild'))) return modules;
    // Nowhere: the package's own folder, so that nothing is ever written at the top of the file system.
    if (at === path.dirname(at)) return path.join(root, 'node_modules');
  }
}

/** npm's own list of what is installed; without one, the manifests of the dependencies. */
function findLock(modules) {
  const lists = [path.join(modules, '.package-lock.json'), path.join(root, 'package-lock.json')];
  const found = lists.find((file) => fs.existsSync(file));
  if (found !== undefined) return [found];
  const { dependencies } = require('../../package.json');
  const manifests = Object.keys(dependencies).map((name) => path.join(modules, name, 'package.json'));
  return manifests.filter((file) => fs.existsSync(file));
}

module.exports = { findProject, list };
