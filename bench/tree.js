'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** Every file below a folder, as a map from its path (with `/`) to its text, in order of the paths. */
function readTree(folder) {
  const paths = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
  return new Map(paths.map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
}

/** @throws Error unless both folders hold the same files with the same bytes */
function assertSameTree(wanted, found) {
  const [a, b] = [wanted, found].map(readTree);
  for (const file of new Set([...a.keys(), ...b.keys()])) {
    if (a.get(file) === b.get(file)) continue;
    const fault = !a.has(file) ? 'is too many' : !b.has(file) ? 'is missing' : 'differs';
    throw new Error(`${path.join(found, file)} ${fault}, beside ${wanted}`);
  }
}

module.exports = { assertSameTree, readTree };
