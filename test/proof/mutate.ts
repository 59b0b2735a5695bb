import type { PlacedObject } from '../../lib/proof/proof-world';
import type { Random } from '../host/random';
import { placed } from './trees';

export type Json = Record<string, unknown>;

/** A tree of which one policy was changed, and what was done to it. */
export interface Mutant {
  readonly what: string;
  /** `namespace/name`. */
  readonly policy: string;
  readonly objects: readonly PlacedObject[];
}

const isPolicy = ({ json }: PlacedObject) => json.kind === 'NetworkPolicy' || json.kind === 'CiliumNetworkPolicy';

/** Deletes a policy or one of its rules, peers or ports, or widens one of them. */
export function mutate(objects: readonly PlacedObject[], random: Random): Mutant {
  const policies = objects.filter(isPolicy);
  const victim = random.pick(policies);
  const { namespace, name } = victim.json.metadata as { readonly namespace: string; readonly name: string };
  const policy = `${namespace}/${name}`;
  const without = objects.filter((one) => one !== victim);
  const copy = structuredClone(victim.json) as Json;
  const changes = changesOf(copy);
  const [what, change] = random.pick(changes);
  if (change === undefined) return { what: `${policy}: ${what}`, policy, objects: without };
  change(random);
  return { what: `${policy}: ${what}`, policy, objects: [...without, placed(copy)] };
}

/** What can be done to a policy, in words; with nothing to call it is deleted. */
export type Change = readonly [string, ((random: Random) => void)?];

function changesOf(json: Json): Change[] {
  const spec = json.spec as Json;
  const isCilium = json.kind === 'CiliumNetworkPolicy';
  const own: Change[] = [['the policy is deleted'], ['its selector is emptied', () => emptySelector(spec, isCilium)]];
  const rules = ['ingress', 'egress'].flatMap((direction): Change[] => {
    const list = spec[direction] as Json[] | undefined;
    if (list === undefined || list.length === 0) return [];
    return [
      [`a rule of ${direction} is deleted`, (random) => void list.splice(random.number(list.length), 1)],
      [`a rule of ${direction} loses its peers`, (random) => losePeers(random.pick(list))],
      [
        `a rule of ${direction} loses its ports`,
        (random) => loseKey(random.pick(list), isCilium ? 'toPorts' : 'ports'),
      ],
      [`a rule of ${direction} loses one peer`, (random) => loseOne(random.pick(list), random)],
      [`a port of ${direction} is made a range`, (random) => widenPort(random.pick(list), isCilium)],
      [`${direction} lets everything through`, () => void list.push(isCilium ? everything(direction) : {})],
    ];
  });
  return [...own, ...rules];
}

function emptySelector(spec: Json, isCilium: boolean): void {
  spec[isCilium ? 'endpointSelector' : 'podSelector'] = {};
}

const PEERS = /^(from|to)(?!Ports)/;

function losePeers(rule: Json): void {
  for (const key of Object.keys(rule)) if (PEERS.test(key)) loseKey(rule, key);
}

export function loseKey(rule: Json | undefined, key: string): void {
  if (rule !== undefined) Reflect.deleteProperty(rule, key);
}

/** A rule without any peer left would be for everyone: that is another change. */
function loseOne(rule: Json, random: Random): void {
  const key = Object.keys(rule).find((one) => PEERS.test(one));
  const list = key === undefined ? [] : (rule[key] as unknown[]);
  if (list.length > 1) list.splice(random.number(list.length), 1);
}

function widenPort(rule: Json, isCilium: boolean): void {
  const lists = isCilium
    ? ((rule.toPorts ?? []) as Json[]).map(({ ports }) => ports as Json[])
    : [rule.ports as Json[]];
  const port = lists[0]?.[0];
  if (port === undefined || port.port === undefined) return;
  port.endPort = 65535;
}

function everything(direction: string): Json {
  return direction === 'ingress' ? { fromEntities: ['all'] } : { toEntities: ['all'] };
}
