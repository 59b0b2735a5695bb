'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { digestOf, digestOfPath } = require('./digest');
const { openLayer } = require('./layer');
const { list } = require('./project');
const { stampsOf } = require('./stamps');

const launcher = [__dirname, path.join(__dirname, '..')]
  .flatMap((folder) => list(folder).map((entry) => path.join(folder, entry.name)))
  .filter((file) => file.endsWith('.js'))
  .sort();

/** The layer of main.ts, lib/ and the specs. Its function takes `require`, its header names what that must serve. */
function openOwn(project, store, code) {
  const key = keyOf(project, store);
  return openLayer({
    kind: 'own',
    key,
    store,
    code,
    isFresh: ({ others }) => others.every(([at, digest]) => digestOfPath(at) === digest),
    // Loaded here, since most runs find a bundle that is still good.
    build: () => require('./build').build(project, () => readKey(project) === key),
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

module.exports = { openOwn };
