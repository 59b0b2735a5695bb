import type { AddressSet } from '../../lib/net/address-set';
import { Range } from '../../lib/net/range';
import type { PodsEnd, ProofWorld } from '../../lib/proof/proof-world';
import type { Endpoint } from '../../lib/reach/endpoint';
import type { Direction } from '../../lib/reach/policy';

/**
 * Everything that passes in a world, pair by pair and address by address: what changes nothing in here changes nothing.
 * Written without a look at how the proof compares.
 */
export function verdictsOf({ reach, ends, judged }: ProofWorld, addresses: readonly Endpoint[]): Map<string, string> {
  const verdicts = new Map<string, string>();
  const note = (from: Endpoint, to: Endpoint, name: string) => {
    const { allowed, denied } = reach.verdict(from, to);
    // The API server may run on the pod's own node, which always reaches it: what it may do beside is what counts.
    verdicts.set(name, from.kind === 'entity' ? allowed.key : denied.key);
  };
  const own = ends.filter(({ foreign }) => !foreign);
  for (const from of ends)
    for (const to of ends)
      if (from !== to && !(from.foreign && to.foreign)) note(from.endpoint, to.endpoint, `${from.name} → ${to.name}`);
  const callers = addresses.filter((one) => isJudged(one, judged.ingress));
  const called = addresses.filter((one) => isJudged(one, judged.egress));
  for (const end of own) {
    for (const address of callers) note(address, end.endpoint, `${address.id} → ${end.name}`);
    for (const address of called) note(end.endpoint, address, `${end.name} → ${address.id}`);
    noteStrangers(reach.universes, end, note);
  }
  return verdicts;
}

function noteStrangers(
  universes: ProofWorld['reach']['universes'],
  { endpoint, name }: PodsEnd,
  note: (from: Endpoint, to: Endpoint, name: string) => void,
): void {
  const strangers = (direction: Direction) => universes[direction].strangers.filter(({ kind }) => kind !== 'outside');
  // A node always reaches the pods it runs.
  for (const one of strangers('ingress')) if (one.id !== 'host') note(one, endpoint, `${one.id} → ${name}`);
  for (const one of strangers('egress')) note(endpoint, one, `${name} → ${one.id}`);
}

function isJudged(endpoint: Endpoint, judged: AddressSet): boolean {
  return endpoint.kind === 'outside' && judged.contains(endpoint.range);
}

/** An address of every range that rules of one of the worlds tell apart. */
export function probes(worlds: readonly Pick<ProofWorld, 'reach'>[]): Endpoint[] {
  const firsts = new Map(
    worlds
      .flatMap(({ reach }) => [...reach.universes.ingress.outside, ...reach.universes.egress.outside])
      .map(({ range }) => [range.first.toString(), range.first]),
  );
  return [...firsts.values()].map((first) => ({
    kind: 'outside',
    id: first.toString(),
    range: Range.of(first, first),
  }));
}
