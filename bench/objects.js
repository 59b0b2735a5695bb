'use strict';

const path = require('node:path');
const yaml = require('yaml');

/** The Kubernetes objects of a tree, by the file they stand in, each once: two appliers may be given the same one. */
function objectsOf(tree) {
  const seen = new Set();
  const found = new Map();
  for (const [file, text] of tree) {
    if (!isManifest(file)) continue;
    const objects = yaml
      .parseAllDocuments(text)
      .map((document) => document.toJS())
      .filter((object) => object !== null && !seen.has(identityOf(file, object)));
    for (const object of objects) seen.add(identityOf(file, object));
    if (objects.length > 0) found.set(file, objects);
  }
  return found;
}

const isManifest = (file) =>
  file.endsWith('.k8s.yaml') || path.posix.basename(path.posix.dirname(file)) === 'bootstrap';

/** The first folder is the cluster. */
function identityOf(file, { apiVersion, kind, metadata }) {
  return [file.split('/')[0], apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
}

const countObjects = (tree) => [...objectsOf(tree).values()].flat().length;

module.exports = { countObjects, identityOf, objectsOf };
