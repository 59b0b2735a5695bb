'use strict';

const fs = require('node:fs');
const path = require('node:path');

/**
 * What tells one cluster of the fleet from another: its name and the middle of its addresses. Both are of one length
 * and of rising order throughout, so that nothing that is sorted or aligned differs between clusters.
 */
function clusterOf(number) {
  const index = number - 1;
  return { name: `fleet-${String(number).padStart(4, '0')}`, net: `${100 + Math.floor(index / 156)}.${100 + (index % 156)}` };
}

const clusters = (count) => Array.from({ length: count }, (_, index) => clusterOf(index + 1));

/** Writes a project of `count` clusters, a YAML spec each, all made from fleet.yaml. */
function writeFleet(folder, count) {
  const template = fs.readFileSync(path.join(__dirname, 'fleet.yaml'), 'utf8');
  const specs = path.join(folder, 'clusters');
  fs.mkdirSync(specs, { recursive: true });
  for (const { name, net } of clusters(count)) {
    const spec = template.replaceAll('{name}', name).replaceAll('{net}', net);
    fs.writeFileSync(path.join(specs, `${name}.yaml`), spec);
  }
}

module.exports = { clusterOf, clusters, writeFleet };
