import fc from 'fast-check';
import { answers, endsOf } from './answers';
import { passesCilium } from './brute-cilium';
import { ciliumPolicies } from './cilium-policies';
import { networkPolicies } from './network-policies';
import { namespaces, pods, PROBES } from './small-world';

const OUTSIDE = ['198.51.100.1', '198.51.100.200', '203.0.113.1'];

const world = fc.record({ pods, cilium: ciliumPolicies, kubernetes: networkPolicies });

test("Cilium's policies beside Kubernetes' own, against asking every rule about every pair and port", () => {
  fc.assert(
    fc.property(world, ({ pods: all, cilium, kubernetes }) => {
      const ends = endsOf(all, OUTSIDE);
      const policies = [...cilium, ...kubernetes];
      const expected = ends.flatMap((from) =>
        ends.flatMap((to) => {
          if (from === to || (from.pod === undefined && to.pod === undefined)) return [];
          return PROBES.filter((probe) => passesCilium(policies, from, to, probe)).map(
            ({ protocol, port }) => `${from.address} ${to.address} ${protocol}/${port}`,
          );
        }),
      );
      expect(answers([...namespaces, ...all, ...policies], ends, { engine: 'cilium' })).toEqual(expected);
    }),
    { numRuns: 350 },
  );
});
