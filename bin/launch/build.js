'use strict';

const { isBuiltin } = require('node:module');
const path = require('node:path');

const { inAscii } = require('./ascii');
const { digestOfPath } = require('./digest');
const { BuildError } = require('./errors');
const { bundle } = require('./esbuild');

/**
 * Makes the bundle of main.ts, lib/ and the specs, for `openLayer`. `isCurrent` says whether the known files are still
 * those that it was asked for.
 *
 * A spec that cannot be built is left to the command, which says so beside all else that is wrong. Such a bundle serves
 * this run alone: what mends it need not be among the files that are known.
 */
function build(project, isCurrent) {
  try {
    return buildAll(project, isCurrent, new Map());
  } catch (error) {
    if (!(error instanceof BuildError) || error.isOurs) throw error;
    return buildAll(project, isCurrent, brokenSpecs(project, error));
  }
}

function buildAll(project, isCurrent, broken) {
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
    keep: broken.size === 0 && isSettled(project, isCurrent, text, others),
  };
}

/**
 * Whether the text is that of the files whose digests go with it. A file saved while the build ran may have been read
 * by one and not by the other; such a build serves this run alone. Files beyond the known ones come to light only by
 * building, so their digests are believed if a second build finds the same.
 */
function isSettled(project, isCurrent, text, others) {
  if (others.length > 0 && bundle(entryText(project), entryOf(project), project).text !== text) return false;
  return isCurrent();
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

module.exports = { build };
