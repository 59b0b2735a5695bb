import type { Bits } from './bits';
import type { CompiledRule } from './compiled-rule';
import type { EndpointClass } from './endpoint-classes';
import type { Action } from './policy';
import { Traffic } from './traffic';
import type { Narrowed } from './verdict';

/** Rules that are asked one after the other, and what becomes of traffic that none of them decides. */
export interface Stage {
  readonly rules: readonly CompiledRule[];
  /** `next`: the next stage decides, and after the last it passes. */
  readonly end: 'deny' | 'next';
  /** Let through before any rule is asked. */
  readonly always?: Traffic;
}

export interface Matched {
  readonly compiled: CompiledRule;
  /** The index of its stage. */
  readonly stage: number;
  /** Whether the rule surely matches the peer. */
  readonly sure: boolean;
}

/** What stages make of the rules that match one peer. */
export interface Judgement {
  readonly surely: Traffic;
  readonly possibly: Traffic;
  readonly narrowed: readonly Narrowed[];
}

/** For every peer the number of a list of rules, and the lists: peers with the same list fare alike. */
export interface MatchTable {
  readonly listOf: Uint16Array | Uint32Array;
  readonly lists: readonly (readonly Matched[])[];
}

/** Asks every rule for its peers, rather than every peer for its rules. */
export function matchAll(stages: readonly Stage[], size: number): MatchTable {
  let listOf: Uint16Array | Uint32Array = new Uint16Array(size);
  let lists: (readonly Matched[])[] = [[]];
  const append = (bits: Bits, matched: Matched, before: number) => {
    const longer = new Map<number, number>();
    bits.forEach((peer) => {
      const from = listOf[peer] ?? 0;
      if (from >= before) return;
      let to = longer.get(from);
      if (to === undefined) {
        to = lists.push([...(lists[from] ?? []), matched]) - 1;
        longer.set(from, to);
        if (to === MOST_SHORT) listOf = Uint32Array.from(listOf);
      }
      listOf[peer] = to;
    });
  };
  for (const [stage, { rules }] of stages.entries()) {
    for (const compiled of rules) {
      const matched = { compiled, stage, sure: true };
      if (compiled.everyone) {
        lists = lists.map((list) => [...list, matched]);
        continue;
      }
      // What surely matches need not be noted as possible, too.
      const before = lists.length;
      append(compiled.sure, matched, before);
      append(compiled.possible, { ...matched, sure: false }, before);
    }
  }
  return { listOf, lists };
}

/** The first number that has no room in 16 bits. */
const MOST_SHORT = 65536;

/** Judges one list. `destination` is whose ports the names of ports are looked up at; undefined has none. */
export function judge(
  stages: readonly Stage[],
  list: readonly Matched[],
  destination: EndpointClass | undefined,
): Judgement {
  const certain = list.every(({ sure }) => sure);
  const surely = walk(stages, list, destination, 'least');
  const possibly = certain ? surely : walk(stages, list, destination, 'most');
  return { surely, possibly, narrowed: narrowedBy(list, destination, possibly) };
}

function walk(
  stages: readonly Stage[],
  list: readonly Matched[],
  destination: EndpointClass | undefined,
  bound: 'least' | 'most',
): Traffic {
  let remaining = Traffic.all;
  let allowed = Traffic.none;
  let next = 0;
  for (const [i, stage] of stages.entries()) {
    let passed = Traffic.none;
    if (stage.always !== undefined) {
      allowed = allowed.union(stage.always.intersection(remaining));
      remaining = remaining.difference(stage.always);
    }
    while (list[next]?.stage === i) {
      const action = actionOf(list[next] as Matched, bound);
      // What rules do alike, one after the other, they do as one.
      let meant = Traffic.none;
      for (; list[next]?.stage === i && actionOf(list[next] as Matched, bound) === action; next++)
        meant = meant.union(trafficOf((list[next] as Matched).compiled, destination));
      if (action === 'nothing') continue;
      const traffic = meant.intersection(remaining);
      if (action === 'allow') allowed = allowed.union(traffic);
      if (action === 'pass') passed = passed.union(traffic);
      remaining = remaining.difference(traffic);
    }
    remaining = stage.end === 'deny' ? passed : remaining.union(passed);
  }
  return allowed.union(remaining);
}

/** A rule that may match bounds the answer from below only if it denies or passes, from above only if it allows or passes. */
function actionOf({ compiled, sure }: Matched, bound: 'least' | 'most'): Action | 'nothing' {
  const { action } = compiled.rule;
  if (sure) return action;
  const asBound = bound === 'least' ? 'deny' : 'allow';
  return action === asBound || action === 'pass' ? asBound : 'nothing';
}

export function trafficOf({ rule }: CompiledRule, destination: EndpointClass | undefined): Traffic {
  if (rule.ports.named.length === 0) return rule.ports.traffic;
  const named = rule.ports.named.map(
    ({ protocol, name }) => destination?.ports.get(`${protocol}/${name}`) ?? Traffic.none,
  );
  return Traffic.union([rule.ports.traffic, ...named]);
}

/** A rule narrows only what no other rule allows without asking more. */
function narrowedBy(list: readonly Matched[], destination: EndpointClass | undefined, possibly: Traffic): Narrowed[] {
  if (list.every(({ compiled }) => compiled.rule.narrowing === undefined)) return [];
  const allows = list.filter(({ compiled }) => compiled.rule.action === 'allow');
  const plain = Traffic.union(
    allows
      .filter(({ compiled }) => compiled.rule.narrowing === undefined)
      .map(({ compiled }) => trafficOf(compiled, destination)),
  );
  return allows.flatMap(({ compiled }) => {
    const traffic = trafficOf(compiled, destination).intersection(possibly).difference(plain);
    return compiled.rule.narrowing === undefined || traffic.isEmpty ? [] : [{ traffic, to: compiled.rule.narrowing }];
  });
}
