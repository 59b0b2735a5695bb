'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** The paths of all files below a folder, with `/` between their parts, sorted. */
function listTree(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** Every file below a folder: its text by its path. */
function readTree(folder) {
  return new Map(listTree(folder).map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
}

/** @throws Error unless both folders hold the same files with the same bytes */
function assertSameTree(wanted, found) {
  const [there, here] = [wanted, found].map((folder) => new Set(listTree(folder)));
  for (const file of new Set([...there, ...here])) {
    if (!there.has(file)) throw new Error(`${path.join(found, file)} is too many: ${wanted} has none`);
    if (!here.has(file)) throw new Error(`${path.join(found, file)} is missing, and ${wanted} has one`);
    const [a, b] = [wanted, found].map((folder) => fs.readFileSync(path.join(folder, file)));
    if (!a.equals(b)) throw new Error(`${path.join(found, file)} differs from that of ${wanted}`);
  }
}

module.exports = { assertSameTree, readTree };
