import { Address, type Family } from '../../net/address';
import { AddressSet } from '../../net/address-set';
import { classify } from '../../net/classify';
import { entrances, frontAddresses, type Entrance } from '../../plan/entrance';
import { poolsOf } from '../../plan/pool';
import { allNodeAddresses } from '../../plan/nodes';
import { oncePer } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import { isProxied } from '../../plan/zone';
import type { Cluster } from '../../spec/cluster';
import { printPath, type Finding, type SpecPath } from '../../spec/finding';
import { familyNames, warns } from '../found';

/** Stated records that lead to the front of a host in a family it has not got, or leave out one that it has. */
export function recordFamilies(plan: Plan): Finding[] {
  const found = entrances(plan).flatMap((entrance) => {
    // A proxy answers in both families, and asks the origin in either.
    if ('tunnel' in entrance.by || isProxied(plan.spec, entrance.host)) return [];
    const front = frontAddresses(plan, entrance);
    const stated = statedFor(plan.spec, entrance.host);
    if (front.isEmpty || stated.length === 0) return [];
    return [...unheard(plan.spec, entrance, front, stated), ...leftOut(entrance, front, stated)];
  });
  // A host with several paths is one name, and a wildcard's record stands for many.
  return [
    ...new Map(
      found.map((finding) => [finding.at.slice(0, 1).map(printPath).join() + finding.message, finding]),
    ).values(),
  ];
}

interface StatedAddress {
  readonly name: string;
  readonly address: Address;
  readonly at: SpecPath;
}

/** The addresses that the spec states for a host: its own records, or those of the wildcard beside it. */
function statedFor(spec: Cluster, host: string): readonly StatedAddress[] {
  const byName = statedAddresses(spec);
  return byName.get(host) ?? byName.get(host.replace(/^[^.]+/, '*')) ?? [];
}

const statedAddresses = oncePer((spec: Cluster): ReadonlyMap<string, readonly StatedAddress[]> => {
  const byName = new Map<string, StatedAddress[]>();
  for (const [i, { name, value }] of spec.dns.records.entries()) {
    const own = byName.get(name) ?? [];
    const address = Address.tryParse(value);
    if (address !== undefined) own.push({ name, address, at: ['dns', 'records', i] });
    byName.set(name, own);
  }
  return byName;
});

/** An address that is anybody else's may be a proxy's of which the spec knows nothing. */
function unheard(spec: Cluster, entrance: Entrance, front: AddressSet, stated: readonly StatedAddress[]): Finding[] {
  const leadsThere = stated.some(({ address }) => front.contains(address));
  return stated.flatMap(({ name, address, at }) => {
    const has = front.families();
    if (has.includes(address.family)) return [];
    if (!leadsThere && !clusterAddresses(spec).contains(address)) return [];
    return [
      warns('FAMILY_MISMATCH', {
        at: [at, entrance.source],
        message: `${typeOf(address.family)} ${address} of ${name} leads nobody to ${named(entrance)}, which has ${familyNames(has)} alone (${front}): ${
          address.family === 6
            ? 'clients and certificate authorities that try IPv6 first'
            : 'clients that have IPv4 alone'
        } wait in vain`,
        fix: `take the ${typeOf(address.family)} record out, or give ${named(entrance)} an ${familyNames([address.family])} address`,
      }),
    ];
  });
}

/** Addresses that the internet does not lead to need no public record. */
function leftOut(entrance: Entrance, front: AddressSet, stated: readonly StatedAddress[]): Finding[] {
  const families = new Set(stated.map(({ address }) => address.family));
  return front
    .families()
    .filter((family) => families.size > 0 && !families.has(family))
    .flatMap((family) => {
      const [first] = front.family(family).ranges();
      if (first === undefined || classify(first.first) !== 'public') return [];
      const [own] = stated;
      return [
        warns('FAMILY_MISMATCH', {
          at: [...stated.map(({ at }) => at), entrance.source],
          message: `${own?.name ?? entrance.host} has ${familyNames([...families])} records alone, and ${named(entrance)} has ${familyNames([family])} too (${front.family(family)}): clients that have nothing else do not find it`,
          fix: `${typeOf(family)} ${first.first}`,
        }),
      ];
    });
}

const clusterAddresses = oncePer((spec: Cluster) =>
  AddressSet.of(allNodeAddresses(spec), ...poolsOf(spec).map(({ addresses }) => addresses)),
);

const named = ({ front }: Entrance) => front?.name ?? 'what answers';
const typeOf = (family: Family) => (family === 4 ? 'A' : 'AAAA');
