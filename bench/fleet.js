'use strict';

const fs = require('node:fs');
const path = require('node:path');

/**
 * What tells one cluster of the fleet from another: its name and the middle of its addresses. Both are of one length
 * and of rising order throughout, so that nothing that is sorted or aligned differs between clusters.
 */
function clusterOf(number) {
  const index = number - 1;
  return {
    name: `fleet-${String(number).padStart(4, '0')}`,
    net: `${100 + Math.floor(index / 156)}.${100 + (index % 156)}`,
  };
}

/** Writes a project of `count` clusters, a YAML spec each. fleet.yaml is the first one's. */
function writeFleet(folder, count) {
  const spec = fs.readFileSync(path.join(__dirname, 'fleet.yaml'), 'utf8');
  const first = clusterOf(1);
  const specs = path.join(folder, 'clusters');
  fs.mkdirSync(specs, { recursive: true });
  for (let number = 1; number <= count; number++) {
    const { name, net } = clusterOf(number);
    const text = spec.replaceAll(first.name, name).replaceAll(`10.${first.net}.`, `10.${net}.`);
    fs.writeFileSync(path.join(specs, `${name}.yaml`), text);
  }
}

module.exports = { clusterOf, writeFleet };
