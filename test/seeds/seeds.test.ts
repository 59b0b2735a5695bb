import { join } from 'node:path';
import { readSeeds } from '../../lib/docs/seeds';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { printPath } from '../../lib/spec/finding';
import { parseCluster } from '../../lib/spec/parse';
import { findingsOf } from '../support/plan';
import eddisonso from './eddisonso-as-documented';
import honeydue from './honeydue-as-documented';
import homelab from './homelab-as-documented';
import jigga from './jigga-as-documented';
import nimbus from './nimbus-as-documented';
import nimbusSwarm from './nimbus-swarm-as-documented';

const SPECS: Readonly<Record<string, ClusterSpec>> = {
  eddisonso,
  homelab,
  honeydue,
  jigga,
  nimbus,
  'nimbus-swarm': nimbusSwarm,
};

/** What docs/seeds.md states of each network as its text has it: the code, and the place to change first. */
const SAID = readSeeds(join(__dirname, '../..')).map(({ cluster, findings }) => ({
  name: cluster,
  spec: SPECS[cluster] ?? { name: cluster, networks: {}, nodes: {} },
  said: findings.map(({ code, at }) => `${code} ${at}`),
}));

test('each text has its network as documented', () => {
  expect(SAID.map(({ name }) => name)).toEqual(Object.keys(SPECS).sort());
});

describe.each(SAID)('$name as documented', ({ spec, said }) => {
  test('can be written as a spec', () => {
    expect(parseCluster(spec).findings).toEqual([]);
  });

  test('has these faults, and no others that are looked for', () => {
    const found = findingsOf(spec).map(({ code, at: [place = []] }) => `${code} ${printPath(place)}`);
    expect(found.sort()).toEqual([...said].sort());
  });
});
