import { AddressSet } from '../net/address-set';
import { readable } from '../net/error';
import { Prefix } from '../net/prefix';
import { Memory } from '../text/memory';
import { isMapping } from './field';
import type { Peer } from './policy';
import { leftOutByNeighbours } from './shared-set';

/** The blocks of a list of peers, and the indexes of those that are none. */
interface Sound {
  readonly blocks: readonly Peer[];
  readonly others: readonly number[];
}

/** Of the peers as they are written; undefined unless every block is sound, and nothing but texts. */
export function soundBlocks(peers: readonly unknown[]): Sound | undefined {
  if (!Object.isFrozen(peers)) return readBlocks(peers);
  const found = ofFrozen.get(peers) ?? readBlocks(peers);
  if (found !== undefined) ofFrozen.set(peers, found);
  return found;
}

/** A list that cannot change may stand in many policies. */
const ofFrozen = new WeakMap<readonly unknown[], Sound>();

function readBlocks(peers: readonly unknown[]): Sound | undefined {
  const blocks: Block[] = [];
  const texts: string[] = [];
  const others: number[] = [];
  for (let i = 0; i < peers.length; i++) {
    const peer = peers[i];
    if (!hasBlock(peer)) {
      others.push(i);
      continue;
    }
    const { ipBlock } = peer;
    if (!hasOnly(peer, OF_PEER) || !isBlock(ipBlock)) return undefined;
    blocks.push(ipBlock);
    texts.push(ipBlock.cidr);
    for (const hole of ipBlock.except ?? []) texts.push(`!${hole}`);
  }
  // With both counts before them no other texts, sound or not, run together to the same.
  const key = `${blocks.length} ${texts.length} ${texts.join()}`;
  const known = sound.recall(key);
  if (known !== undefined) return { blocks: known, others };
  const read = readAll(peers, blocks);
  return read && { blocks: sound.keep(key, read), others };
}

/** What the blocks of a list stand for, by their texts: policies of a tree name the same hundreds of nodes over and over. */
const sound = new Memory<readonly Peer[]>(1024);

function readAll(peers: readonly unknown[], blocks: readonly Block[]): readonly Peer[] | undefined {
  const read = blocks.flatMap((block) => readBlock(block) ?? []);
  return read.length < blocks.length ? undefined : oneOfBlocks(peers, read);
}

function readBlock({ cidr, except = [] }: Block): AddressSet | undefined {
  return readable(() => {
    const whole = Prefix.parse(cidr);
    const holes = except.map((hole) => Prefix.parse(hole));
    const isSound = holes.every((hole) => whole.contains(hole) && !whole.equals(hole));
    if (!isSound) return undefined;
    return holes.length === 0 ? AddressSet.of(whole) : AddressSet.of(whole).difference(AddressSet.of(...holes));
  });
}

/** All blocks of a rule as one peer: what they let in together, and apart from it what K3s may leave out. */
export function oneOfBlocks(peers: readonly unknown[], blocks: readonly AddressSet[]): readonly Peer[] {
  if (blocks.length === 0) return [];
  const addresses = AddressSet.of(...blocks);
  const leftOut = leftOutByNeighbours(peers, addresses);
  if (leftOut.isEmpty) return [{ addresses }];
  return [{ addresses: addresses.difference(leftOut) }, { addresses: leftOut, sharesSet: true }];
}

interface Block {
  readonly cidr: string;
  readonly except?: readonly string[];
}

const OF_PEER = ['ipBlock'];
const OF_BLOCK = ['cidr', 'except'];

function hasBlock(peer: unknown): peer is Readonly<Record<'ipBlock', unknown>> {
  return isMapping(peer) && peer.ipBlock !== undefined && peer.ipBlock !== null;
}

function isBlock(value: unknown): value is Block {
  if (!isMapping(value) || !hasOnly(value, OF_BLOCK) || typeof value.cidr !== 'string') return false;
  const { except } = value;
  return except === undefined || (Array.isArray(except) && except.every((hole) => typeof hole === 'string'));
}

function hasOnly(mapping: object, keys: readonly string[]): boolean {
  for (const key in mapping) if (!keys.includes(key)) return false;
  return true;
}
