import type { AddressSet } from '../net/address-set';
import { Bits } from './bits';
import { compileRule, Matcher, type CompiledRule } from './compiled-rule';
import { classify, type EndpointClass } from './endpoint-classes';
import { podsEndpoints, type Endpoint, type HostEndpoint, type PodsEndpoint } from './endpoint';
import { settle, type Engine, type ReachOptions } from './engine';
import { BY_ADDRESS, DIRECTIONS, type Direction, type Rule } from './policy';
import { hidingPorts } from './service-nat';
import { SideRow } from './side-row';
import type { Applying } from './applying';
import { policiesOf, stagesOf } from './stages';
import { Universe } from './universe';
import { combine, OPEN_SIDE, type Verdict } from './verdict';
import { SideVerdicts } from './side-verdicts';
import { Traffic } from './traffic';
import type { World } from './world';

/** Who reaches whom. Made of classes of endpoints that no policy can tell apart, row by row as it is asked. */
export class Reach {
  readonly engine: Engine;
  readonly podRanges: AddressSet;
  /** Pods and hosts, in the order of their ids. */
  readonly endpoints: readonly (PodsEndpoint | HostEndpoint)[];
  readonly universes: Readonly<Record<Direction, Universe>>;
  readonly #classes: readonly EndpointClass[];
  readonly #classOf: ReadonlyMap<Endpoint, number>;
  readonly #applying: Readonly<Record<Direction, readonly (readonly Applying[])[]>>;
  readonly #rows: Readonly<Record<Direction, (SideRow | undefined)[]>> = { ingress: [], egress: [] };
  readonly #sides = new SideVerdicts();
  #heard: readonly Bits[] | undefined;
  readonly #open = this.#sides.number(OPEN_SIDE);

  constructor(
    readonly world: World,
    options: ReachOptions = {},
  ) {
    const { engine, podRanges, cuts } = settle(options, world.policies);
    this.engine = engine;
    this.podRanges = podRanges;
    this.endpoints = [...podsEndpoints(world.workloads), ...world.hosts(engine)];
    const heeded = {
      ingress: policiesOf(engine, world.policies, 'ingress'),
      egress: policiesOf(engine, world.policies, 'egress'),
    };
    const policies = [...new Set([...heeded.ingress, ...heeded.egress])];
    const { classes, classOf } = classify(this.endpoints, policies, world.services, (group) => world.labelsOf(group));
    this.#classes = classes;
    this.#classOf = classOf;
    const matcher = new Matcher(classes, engine, podRanges);
    const universes = {} as Record<Direction, Universe>;
    const applying = {} as Record<Direction, readonly Applying[][]>;
    for (const direction of DIRECTIONS) {
      const universe = new Universe(direction, classes, policies, engine, cuts[direction]);
      universes[direction] = universe;
      applying[direction] = assign(heeded[direction], direction, universe, matcher);
    }
    this.universes = universes;
    this.#applying = applying;
  }

  /** Traffic from one endpoint to another; between two of the outside nobody decides. */
  verdict(from: Endpoint, to: Endpoint): Verdict {
    return this.from(from)(to);
  }

  /** The same for many destinations. */
  from(from: Endpoint): (to: Endpoint) => Verdict {
    const index = this.#classOf.get(from);
    const egress = index === undefined ? undefined : this.#row('egress', index);
    const peer = this.indexOf('ingress', from);
    return (to) => {
      const target = this.#classOf.get(to);
      const other = target ?? this.indexOf('egress', to);
      const leaving = egress === undefined || other === undefined ? this.#open : egress.number(other);
      const entering =
        target === undefined || peer === undefined || this.#sides.isClosed(leaving)
          ? this.#open
          : this.#row('ingress', target).number(peer);
      const verdict = this.#sides.both(leaving, entering);
      return from === to && this.engine !== 'specification' ? withSelf(from, verdict) : verdict;
    };
  }

  /**
   * For each peer, by its index, the classes of destinations whose own policies let in anything of it at all. Of most pairs
   * there is nothing to say, and this tells which without asking each; row by row, as rows lie in memory.
   */
  heard(): readonly Bits[] {
    if (this.#heard !== undefined) return this.#heard;
    const { size } = this.universes.ingress;
    const heard = Array.from({ length: size }, () => new Bits(this.#classes.length));
    for (const target of this.#classes.keys()) {
      const row = this.#row('ingress', target);
      for (let peer = 0; peer < size; peer++) if (!this.#sides.isClosed(row.number(peer))) heard[peer]?.add(target);
    }
    this.#heard = heard;
    return heard;
  }

  /**
   * What is said of the kinds of addresses that rules of a direction tell apart: a number, the same for kinds that fare
   * alike, for `outsideVerdict`.
   */
  withOutside(direction: Direction, own: Endpoint): (kind: number) => number {
    const row = this.row(direction, own);
    const { classes } = this.universes[direction];
    return row === undefined ? () => this.#open : (kind) => row.number(classes.length + kind);
  }

  outsideVerdict(direction: Direction, said: number): Verdict {
    return direction === 'egress' ? this.#sides.both(said, this.#open) : this.#sides.both(this.#open, said);
  }

  /** The row of one endpoint's own policies, and where in it a peer stands; undefined if no policy can be for it. */
  row(direction: Direction, own: Endpoint): SideRow | undefined {
    const index = this.#classOf.get(own);
    return index === undefined ? undefined : this.#row(direction, index);
  }

  /** Where a peer stands in the rows of a direction; undefined for a name that no rule of it speaks of. */
  indexOf(direction: Direction, peer: Endpoint): number | undefined {
    return this.#classOf.get(peer) ?? this.universes[direction].indexOf(peer);
  }

  /** The policies that are for an endpoint. */
  applying(direction: Direction, own: Endpoint): readonly Applying[] {
    const index = this.#classOf.get(own);
    return index === undefined ? [] : (this.#applying[direction][index] ?? []);
  }

  /** Endpoints that share all of their verdicts have the same number. */
  classOf(endpoint: Endpoint): number | undefined {
    return this.#classOf.get(endpoint);
  }

  #row(direction: Direction, index: number): SideRow {
    const known = this.#rows[direction][index];
    if (known !== undefined) return known;
    const target = this.#classes[index] as EndpointClass;
    const stages = stagesOf(this.engine, direction, target, this.#applying[direction][index] ?? [], this.world.tiers);
    const hiding = direction === 'ingress' ? hidingPorts(target, this.world.services) : Traffic.none;
    const row = new SideRow(target, stages, this.universes[direction], this.#sides, hiding);
    this.#rows[direction][index] = row;
    return row;
  }
}

/** Every rule is compiled once, for all endpoints it is for. */
function assign(
  policies: ReturnType<typeof policiesOf>,
  direction: Direction,
  universe: Universe,
  matcher: Matcher,
): Applying[][] {
  const applying: Applying[][] = universe.classes.map(() => []);
  for (const policy of policies) {
    const side = policy.sides[direction];
    if (side === undefined) continue;
    const rules = side.rules.map((rule) => compileRule(rule, policy, universe, matcher));
    matcher.matching(policy.subject).forEach((i) => {
      const target = universe.classes[i];
      if (target === undefined || !policy.subjects.includes(target.kind)) return;
      const own = rules.filter(({ rule }) => rule.local === undefined || rule.local.matches(target.labels));
      const atOwn = own.flatMap((one) =>
        atAddresses(one, target, (rule) => compileRule(rule, policy, universe, matcher)),
      );
      applying[i]?.push({ policy, isolates: side.isolates, rules: atOwn });
    });
  }
  return applying;
}

/** A rule for some of a host's own addresses is no rule for others, and a sure one where it holds all that are known. */
function atAddresses(
  compiled: CompiledRule,
  { endpoint }: EndpointClass,
  compile: (rule: Rule) => CompiledRule,
): CompiledRule[] {
  const { localAddresses, uncertain, ...rule } = compiled.rule;
  if (localAddresses === undefined || endpoint.kind !== 'host' || endpoint.addresses.isEmpty) return [compiled];
  if (!localAddresses.overlaps(endpoint.addresses)) return [];
  if (!localAddresses.contains(endpoint.addresses) || uncertain !== BY_ADDRESS) return [compiled];
  return [compile(rule)];
}

/** A pod that is alone of its kind reaches itself without any engine seeing it; of several, one reaches the others. */
function withSelf(endpoint: Endpoint, verdict: Verdict): Verdict {
  const alone = endpoint.kind !== 'pods' || (endpoint.workload.replicas === 1 && endpoint.group.names.length < 2);
  if (!alone) return verdict;
  return combine([{ surely: verdict.allowed, possibly: Traffic.all, doubt: 'self', narrowed: verdict.narrowed }]);
}
