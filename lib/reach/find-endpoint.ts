import { Address } from '../net/address';
import { AddressSet } from '../net/address-set';
import { readable } from '../net/error';
import { Range } from '../net/range';
import { PRIVATE } from '../net/well-known';
import { nearest } from '../text/suggest';
import { covers } from './name-pattern';
import type { Endpoint, OutsideEndpoint } from './endpoint';
import type { Direction } from './policy';
import type { Reach } from './reach';

/** A name that nothing in the tree has. */
export class UnknownEndpoint extends Error {}

/**
 * The endpoints that a text names: `namespace/name` with or without `[Kind]`, a namespace, a name alone, an address,
 * a prefix or a range, `internet` for all that is not private, an entity, or a DNS name.
 * @param peers whose peers strangers are looked for among: `ingress` for a source, `egress` for a destination
 * @throws UnknownEndpoint if there is none
 */
export function findEndpoints(reach: Reach, text: string, peers: Direction): Endpoint[] {
  const own = reach.endpoints.filter((endpoint) => namesOf(endpoint).includes(text));
  if (own.length > 0) return own;
  const strangers = reach.universes[peers].strangers;
  if (text === INTERNET) return internet(reach.universes[peers].outside);
  const range = readRange(text);
  const found = strangers.filter((stranger) => {
    if (stranger.kind === 'outside') return range !== undefined && stranger.range.overlaps(range);
    return stranger.id === text || (stranger.kind === 'name' && covers(stranger.name, text));
  });
  if (found.length === 0)
    throw unknown(
      reach,
      text,
      strangers.filter(({ kind }) => kind !== 'outside').map(({ id }) => id),
    );
  // Of an address range only the part that was asked for.
  return found.map((stranger) =>
    stranger.kind === 'outside' && range !== undefined ? { ...stranger, ...overlap(stranger.range, range) } : stranger,
  );
}

const INTERNET = 'internet';

/** Addresses that are not private, in the ranges that policies tell apart. */
function internet(outside: readonly OutsideEndpoint[]): Endpoint[] {
  const everyone = AddressSet.everything.difference(PRIVATE);
  return outside.flatMap((stranger) =>
    everyone
      .intersection(AddressSet.of(stranger.range))
      .ranges()
      .map((range) => ({ kind: 'outside', range, id: range.toString() }) as const),
  );
}

function overlap(a: Range, b: Range): { readonly range: Range; readonly id: string } {
  const first = a.first.compare(b.first) > 0 ? a.first : b.first;
  const last = a.last.compare(b.last) < 0 ? a.last : b.last;
  const range = Range.of(first, last);
  return { range, id: range.toString() };
}

function namesOf(endpoint: Endpoint): string[] {
  if (endpoint.kind !== 'pods') return [endpoint.id];
  const { namespace, name } = endpoint.workload;
  return [
    endpoint.id,
    endpoint.workload.id,
    `${namespace}/${name}`,
    namespace,
    `${namespace}/*`,
    name,
    ...endpoint.group.names.map((pod) => `${namespace}/${pod}`),
  ];
}

/** With or without the mark that a list of connections puts behind a range outside. */
function readRange(text: string): Range | undefined {
  const bare = text.replace(/\[External\]$/, '');
  if (!Address.isAddress(bare) && !bare.includes('/') && !bare.includes('-')) return undefined;
  return readable(() => Range.parse(bare));
}

function unknown(reach: Reach, text: string, strangers: readonly string[]): UnknownEndpoint {
  const near = nearest(text, [
    ...reach.endpoints.flatMap((endpoint) => namesOf(endpoint).filter((name) => !/[[*]/.test(name))),
    ...strangers,
  ]);
  return new UnknownEndpoint(
    `nothing is named ${text}${near === undefined ? '; write namespace/name, a namespace, an address or a prefix' : `; did you mean ${near}?`}`,
  );
}
