'use strict';

const { createHash } = require('node:crypto');

/** SHA-256 over parts, each preceded by its length, so that no two lists of parts run together alike. */
function digestOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

module.exports = { digestOf };
