'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const yaml = require('yaml');

const { objectsOf } = require('./objects');

/**
 * Lays out one kustomization a cluster whose resources are the tree's manifests, and gives the command that builds
 * them all, one after the other, as kustomize is used; undefined where kubectl is not installed.
 */
function kustomize(tree, folder) {
  if (spawnSync('kubectl', ['version', '--client']).status !== 0) return undefined;
  const clusters = new Map();
  for (const [file, objects] of objectsOf(tree)) {
    write(path.join(folder, file), objects.map((object) => yaml.stringify(object)).join('---\n'));
    const [cluster, ...rest] = file.split('/');
    clusters.set(cluster, [...(clusters.get(cluster) ?? []), rest.join('/')]);
  }
  for (const [cluster, resources] of clusters) {
    write(path.join(folder, cluster, 'kustomization.yaml'), yaml.stringify({ resources }));
  }
  const loop = 'for cluster in */; do kubectl kustomize "$cluster" || exit; done';
  return { command: ['sh', '-c', loop], cwd: folder };
}

function write(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

module.exports = { kustomize };
