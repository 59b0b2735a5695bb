'use strict';

const fs = require('node:fs');
const { isBuiltin } = require('node:module');
const path = require('node:path');

const { inAscii } = require('./ascii');
const { digestOf } = require('./digest');
const { BuildError } = require('./errors');
const { bundle } = require('./esbuild');
const { openLayer } = require('./layer');
const { list } = require('./project');
const { stampsOf } = require('./stamps');

const launcher = [__dirname, path.join(__dirname, '..')]
  .flatMap((folder) => list(folder).map((entry) => path.join(folder, entry.name)))
  .filter((file) => file.endsWith('.js'))
  .sort();

/** The layer of main.ts, lib/ and the specs. Its function takes `require`, its header names what that must serve. */
function openOwn(project, store, flags) {
  const key = keyOf(project, store);
  return openLayer({
    kind: 'own',
    key,
    store,
    flags,
    isFresh: ({ others }) => others.every(([at, digest]) => digestOfPath(at) === digest),
    build: () => build(project, key),
  });
}

/** Digest of all that the bundle is known to be made of; of files that have not been touched it is remembered. */
function keyOf(project, store) {
  const stamps = stampsOf(filesOf(project));
  const known = store.read(`key-${stamps.digest}`, 'own', process.version)?.content.toString('latin1');
  if (known !== undefined) return known;
  const key = readKey(project);
  if (stamps.settled) {
    store.write(`key-${stamps.digest}`, 'own', process.version, Buffer.from(key));
    store.prune('key');
  }
  return key;
}

const readKey = (project) =>
  digestOf([process.version, ...filesOf(project).flatMap((file) => [file, fs.readFileSync(file)])]);

const filesOf = (project) => [...launcher, ...project.lock, ...project.files];

/**
 * A spec that cannot be built is left to the command, which says so beside all else that is wrong. Such a bundle serves
 * this run alone: what mends it need not be among the files that are known.
 */
function build(project, key) {
  try {
    return buildAll(project, key, new Map());
  } catch (error) {
    if (!(error instanceof BuildError) || error.isOurs) throw error;
    return buildAll(project, key, brokenSpecs(project, error));
  }
}

function buildAll(project, key, broken) {
  const { text, metafile } = bundle(entryText(project, broken), entryOf(project), project);
  const [{ imports }] = Object.values(metafile.outputs);
  const vendor = imports.map((entry) => entry.path).filter((name) => !isBuiltin(name));
  const others = Object.keys(metafile.inputs)
    .map((input) => path.resolve(project.cwd, input))
    .filter((file) => file !== entryOf(project) && !project.files.includes(file))
    .flatMap((file) => [file, ...foldersSearched(file)]);
  const digests = [...new Set(others)].sort().map((at) => [at, digestOfPath(at)]);
  return {
    header: { vendor: [...new Set(vendor)].sort(), others: digests },
    text: `(function (require, module, exports) {${inAscii(text)}\n})`,
    keep: broken.size === 0 && isSettled(project, key, text, others),
  };
}

/**
 * Whether the text is that of the files whose digests go with it. A file saved while the build ran may have been read
 * by one and not by the other; such a build serves this run alone. Files beyond the known ones come to light only by
 * building, so their digests are believed if a second build finds the same.
 */
function isSettled(project, key, text, others) {
  if (others.length > 0 && bundle(entryText(project), entryOf(project), project).text !== text) return false;
  return readKey(project) === key;
}

/** What is wrong with each spec that cannot be built: faults of its own, or else of what it imports. */
function brokenSpecs(project, { faults }) {
  const own = (spec) => faults.filter(({ file }) => file === spec);
  const isElsewhere = faults.some(({ file }) => !project.specs.includes(file));
  const faultsOf = (spec) => (own(spec).length > 0 || !isElsewhere ? own(spec) : faultsAlone(project, spec));
  return new Map(project.specs.map((spec) => [spec, faultsOf(spec)]).filter(([, found]) => found.length > 0));
}

function faultsAlone(project, spec) {
  try {
    bundle(`import ${JSON.stringify(spec)};`, entryOf(project), project);
    return [];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.faults;
  }
}

const entryOf = (project) => path.join(project.root, 'bundle-entry');

/**
 * main.ts, and each spec behind a function: one that fails must not keep the others from being read. One that cannot
 * be built has its faults in place of what it exports.
 */
function entryText({ root, specs }, broken = new Map()) {
  const text = JSON.stringify;
  const readers = specs.map((file) => {
    const faults = broken.get(file)?.map(({ message, where, fix }) => ({ message, where, fix }));
    const read = faults ? `Object.assign(() => ({}), ${text({ faults })})` : `() => require(${text(file)})`;
    return `[${text(file)}, ${read}]`;
  });
  return `export { main } from ${text(path.join(root, 'main.ts'))};\nexport const specs = new Map([${readers.join(',')}]);\n`;
}

/** A file that appears in one of these may take the place of `file` in the search for a module. */
function foldersSearched(file) {
  const folder = path.dirname(file);
  const isIndex = /^(index\.|package\.json$)/.test(path.basename(file));
  return (isIndex ? [folder, path.dirname(folder)] : [folder]).map((at) => at + path.sep);
}

/** Digest of a file's content, or of the names in a folder (its path ends with a separator). */
function digestOfPath(at) {
  try {
    return at.endsWith(path.sep) ? digestOf(fs.readdirSync(at).sort()) : digestOf([fs.readFileSync(at)]);
  } catch {
    return 'absent';
  }
}

module.exports = { openOwn };
