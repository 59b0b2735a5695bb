import type { ClusterSpec } from '../../lib/spec/cluster';
import { printPath } from '../../lib/spec/finding';
import { parseCluster } from '../../lib/spec/parse';
import { findingsOf } from '../support/plan';
import honeydue from './honeydue-as-documented';
import homelab from './homelab-as-documented';
import jigga from './jigga-as-documented';

/** What is said of each network as its text has it: the code, and the place to change first. */
const SAID: readonly (readonly [ClusterSpec, readonly string[]])[] = [
  [honeydue, []],
  [homelab, ['SPEC_UNKNOWN_NAME loadBalancers[0].interface']],
  [
    jigga,
    [
      'ADDRESS_OVERLAP networks.lan.reserved[0].addresses',
      'ADDRESS_OVERLAP networks.lan.reserved[1].addresses',
      'ADDRESS_OVERLAP networks.lan.reserved[2].addresses',
    ],
  ],
];

describe.each(SAID.map(([spec, said]) => ({ name: spec.name, spec, said })))(
  '$name as documented',
  ({ spec, said }) => {
    test('can be written as a spec', () => {
      expect(parseCluster(spec).findings).toEqual([]);
    });

    test('has these faults, and no others that are looked for', () => {
      const found = findingsOf(spec).map(({ code, at: [place = []] }) => `${code} ${printPath(place)}`);
      expect(found.sort()).toEqual(said);
    });
  },
);
