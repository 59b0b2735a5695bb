'use strict';

const { createHash } = require('node:crypto');

const { clusterOf } = require('./fleet');
const { foldersOf } = require('./plain-text');

/**
 * The text of a Node script that writes a whole fleet from templates, as one would write it by hand: the first
 * cluster's tree with its name, its addresses and the hashes of its files left blank.
 */
function plainTemplates(tree) {
  const first = clusterOf(1);
  const files = [...tree].map(([file, text]) => ({ file, text, hash: sha256(text) }));
  const literal = (text, hashes) => templateLiteral(text, first, hashes);

  const ordered = hashedFirst(files);
  const entry = ({ file, text }, index) =>
    `  [(c) => ${literal(file)}, (c, h) => ${literal(text, ordered.slice(0, index))}],`;

  return `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { createHash } = require('node:crypto');
${clusterOf}
const folders = [
${foldersOf([...tree.keys()])
  .map((folder) => `  (c) => ${literal(folder)},`)
  .join('\n')}
];
const files = [
${ordered.map(entry).join('\n')}
];
const [, , output, count] = process.argv;
for (let number = 1; number <= Number(count); number++) {
  const cluster = clusterOf(number);
  for (const folder of folders) fs.mkdirSync(path.join(output, folder(cluster)), { recursive: true });
  const hashes = [];
  for (const [file, fill] of files) {
    const text = fill(cluster, hashes);
    hashes.push(createHash('sha256').update(text).digest('hex'));
    fs.writeFileSync(path.join(output, file(cluster)), text);
  }
}
`;
}

/** A text that names other files' hashes, as each host's list of files does and the cluster's list of all, comes after them. */
function hashedFirst(files) {
  const ordered = [];
  for (let rest = files; rest.length > 0; ) {
    const waits = ({ text }) => rest.some(({ hash }) => text.includes(hash));
    ordered.push(...rest.filter((file) => !waits(file)));
    rest = rest.filter(waits);
  }
  return ordered;
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A JavaScript template literal that gives the text, with blanks for what tells clusters apart. */
function templateLiteral(text, { name, net }, hashed = []) {
  let body = text.replace(/[\\`]|\$\{/g, '\\$&');
  body = body.replaceAll(name, '${c.name}').replaceAll(`10.${net}.`, '10.${c.net}.');
  for (const [index, { hash }] of hashed.entries()) body = body.replaceAll(hash, `\${h[${index}]}`);
  return `\`${body}\``;
}

module.exports = { plainTemplates, templateLiteral };
