import { Address } from '../../lib/net/address';
import { Range } from '../../lib/net/range';
import type { Endpoint } from '../../lib/reach/endpoint';
import type { ReachOptions } from '../../lib/reach/engine';
import { Reach } from '../../lib/reach/reach';
import { Traffic } from '../../lib/reach/traffic';
import { readWorld } from '../../lib/reach/world';
import type { End } from './brute-force';
import { filesOf, PROBES, type Thing } from './small-world';

export function endsOf(pods: readonly Thing[], outside: readonly string[]): End[] {
  const inside = pods.map((pod) => ({ pod, address: (pod.status as { podIP: string }).podIP }));
  return [...inside, ...outside.map((address) => ({ address }))];
}

/**
 * What passes by the engine, as `from to tcp/80`, for every pair of different ends of which one is a pod. What K3s's ipsets
 * leave in doubt passes by the specification; shared-set.test.ts has the doubt itself.
 */
export function answers(things: readonly Thing[], ends: readonly End[], options: ReachOptions): string[] {
  const { world, findings } = readWorld(filesOf(things));
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const reach = new Reach(world, options);
  const endpoints = new Map<End, Endpoint>(ends.map((end) => [end, endpointOf(reach, end)]));
  return ends.flatMap((from) =>
    ends.flatMap((to) => {
      if (from === to || (from.pod === undefined && to.pod === undefined)) return [];
      const verdict = reach.verdict(endpoints.get(from) as Endpoint, endpoints.get(to) as Endpoint);
      expect(verdict.undefined.filter(({ doubt }) => doubt !== 'shared-set')).toEqual([]);
      const passes = verdict.undefined.reduce((all, { traffic }) => all.union(traffic), verdict.allowed);
      expect(verdict.denied).toEqual(Traffic.all.difference(passes));
      return PROBES.filter(({ protocol, port }) => passes.contains(Traffic.range(protocol, port))).map(
        ({ protocol, port }) => `${from.address} ${to.address} ${protocol}/${port}`,
      );
    }),
  );
}

function endpointOf(reach: Reach, { pod, address }: End): Endpoint {
  if (pod === undefined) {
    const only = Address.parse(address);
    return { kind: 'outside', id: address, range: Range.of(only, only) };
  }
  const { name, namespace } = pod.metadata;
  const found = reach.endpoints.find((endpoint) => endpoint.id === `${namespace ?? ''}/${name}[Pod]`);
  if (found === undefined) throw new RangeError(`no pod ${name}`);
  return found;
}
