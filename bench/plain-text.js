'use strict';

const path = require('node:path');

/**
 * The text of a Node script that writes a tree which stands in it ready-made: the least that any program must do to
 * put those bytes there.
 */
function plainText(tree) {
  return `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const output = process.argv[2];
const folders = ${JSON.stringify(foldersOf([...tree.keys()]))};
const files = ${JSON.stringify([...tree])};
for (const folder of folders) fs.mkdirSync(path.join(output, folder), { recursive: true });
for (const [file, text] of files) fs.writeFileSync(path.join(output, file), text);
`;
}

/** The folders that hold files; making them makes those above them. */
function foldersOf(files) {
  return [...new Set(files.map((file) => path.posix.dirname(file)))].sort();
}

module.exports = { foldersOf, plainText };
