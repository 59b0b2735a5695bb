'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/** SHA-256 over parts, each preceded by its length, so that no two lists of parts run together alike. */
function digestOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/** Digest of a file's content, or of the names in a folder (its path ends with a separator). */
function digestOfPath(at) {
  try {
    return at.endsWith(path.sep) ? digestOf(fs.readdirSync(at).sort()) : digestOf([fs.readFileSync(at)]);
  } catch {
    return 'absent';
  }
}

module.exports = { digestOf, digestOfPath };
