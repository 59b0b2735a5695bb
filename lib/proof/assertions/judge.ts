import { assertionEnd, isUnclear, type AssertionEnd } from '../../plan/assertion-end';
import type { PortRange } from '../../net/port';
import { firstPort } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { Traffic } from '../../reach/traffic';
import type { Assertion } from '../../spec/assertion';
import type { PodsEnd, ProofWorld } from '../proof-world';
import { atNode } from './at-node';
import { atPods, betweenPods, type Passing } from './at-pods';
import { partiesOf, type Party } from './party';

/** A pair of ends that fares otherwise than an assertion says. */
export interface Failure {
  readonly from: string;
  readonly to: string;
  readonly passes: boolean;
  readonly why: string;
}

export interface Judged {
  readonly assertion: Assertion;
  /** How many pairs of ends it was asked of. */
  readonly pairs: number;
  readonly failures: readonly Failure[];
  /** Why it could be asked of nobody: such an assertion says nothing, and does not hold. */
  readonly unasked?: string;
}

/**
 * Holds an assertion against the rendered policies, and against the firewalls of nodes where one of these is called.
 * @param world absent: the cluster has no pods
 */
export function judge(plan: Plan, world: ProofWorld | undefined, assertion: Assertion): Judged {
  const [from, to] = [endOf(plan, assertion.from), endOf(plan, assertion.to)];
  const ends = world?.ends ?? [];
  const sources = partiesOf(plan, ends, from, to);
  const destinations = partiesOf(plan, ends, to, from);
  const wanted = expectedOf(plan, ends, assertion, to);
  const failures: Failure[] = [];
  let pairs = 0;
  for (const source of sources) {
    for (const destination of destinations) {
      if (isPassedOver(source, destination, sources.length * destinations.length === 1)) continue;
      const passing = passes(plan, world, source, destination, assertion.dialled);
      if (passing === undefined) continue;
      pairs++;
      if (passing.passes === wanted(source)) continue;
      failures.push({ from: source.name, to: destination.name, passes: passing.passes, why: passing.why() });
    }
  }
  if (pairs > 0) return { assertion, pairs, failures };
  return { assertion, pairs, failures, unasked: whyNobody(world, assertion, sources, destinations) };
}

/** One that calls itself asks nobody; pods that are named as both ends are one pod and another like it. */
function isPassedOver(source: Party, destination: Party, areAll: boolean): boolean {
  if (isNobodys(source, destination)) return true;
  return source.name === destination.name && !(areAll && source.kind === 'pods');
}

function whyNobody(
  world: ProofWorld | undefined,
  { from, to }: Assertion,
  sources: readonly Party[],
  destinations: readonly Party[],
): string {
  const missing = sources.length === 0 ? from : destinations.length === 0 ? to : undefined;
  if (missing !== undefined)
    return `${missing} is nobody${world === undefined ? ', since this cluster has no pods' : ''}`;
  return 'no policy and no firewall of this cluster stands between the two';
}

/** Namespaces that the spec knows nothing of have no policies: who may call from there is judged, but not what they may call. */
function isNobodys(from: Party, to: Party): boolean {
  if (to.kind === 'pods') return to.pods.foreign && (from.kind !== 'pods' || from.pods.foreign);
  return from.kind === 'pods' && from.pods.foreign;
}

function endOf(plan: Plan, word: string): AssertionEnd {
  const end = assertionEnd(plan, word);
  if (isUnclear(end)) throw new RangeError(`${word} ${end.problem}`);
  return end;
}

function expectedOf(
  plan: Plan,
  ends: readonly PodsEnd[],
  { expected }: Assertion,
  to: AssertionEnd,
): (source: Party) => boolean {
  if (typeof expected === 'string') return () => expected === 'yes';
  const named = new Set(
    expected.only.flatMap((word) => partiesOf(plan, ends, endOf(plan, word), to).map(({ name }) => name)),
  );
  return ({ name }) => named.has(name);
}

/** Nothing for two ends whose traffic no part of the cluster sees. */
function passes(
  plan: Plan,
  world: ProofWorld | undefined,
  from: Party,
  to: Party,
  dialled: Assertion['dialled'],
): Passing | undefined {
  const out = world === undefined ? undefined : atPolicies(plan, world, from, to, dialled);
  if (to.kind !== 'node' || out?.passes === false) return out;
  const into = atNode(plan, to.node, from, dialled);
  if (out === undefined || !into.passes) return into;
  return { passes: true, why: () => `${out.why()}\n${into.why()}` };
}

/** What the policies of pods say, where one end is a pod. */
function atPolicies(
  plan: Plan,
  world: ProofWorld,
  from: Party,
  to: Party,
  dialled: Assertion['dialled'],
): Passing | undefined {
  if (to.kind !== 'pods')
    return from.kind === 'pods' ? atPods(plan, world, 'egress', from.pods, to, plainTraffic(dialled)) : undefined;
  const asked = trafficOf(plan, to.pods.name, dialled);
  if (from.kind === 'pods') return betweenPods(world, from.pods, to.pods, asked);
  const via = from.kind === 'addresses' ? landing(plan, world, to.pods.name, dialled) : undefined;
  return via === undefined
    ? atPods(plan, world, 'ingress', to.pods, from, asked)
    : atPods(plan, world, 'ingress', via, from, plainTraffic(dialled));
}

/** Where somebody takes calls from outside and passes them on, they are judged there. */
function landing(plan: Plan, world: ProofWorld, name: string, dialled: Assertion['dialled']) {
  const flow = plan.flows.find(
    (one) =>
      one.via !== undefined &&
      one.to.kind === 'workload' &&
      one.to.workload === name &&
      (dialled === undefined || ('port' in dialled && firstPort(one)?.contains(dialled.port) === true)),
  );
  return flow === undefined ? undefined : world.ends.find((end) => end.name === flow.via);
}

function plainTraffic(dialled: Assertion['dialled']): Traffic | undefined {
  if (dialled === undefined) return undefined;
  return 'port' in dialled
    ? Traffic.range(dialled.protocol, dialled.port.first, dialled.port.last)
    : Traffic.of(dialled.protocol).union(Traffic.of('icmpv6'));
}

/** Clients dial a Service's port, and policies know the pods' own. */
function trafficOf(plan: Plan, name: string, dialled: Assertion['dialled']): Traffic | undefined {
  if (dialled === undefined || !('port' in dialled)) return plainTraffic(dialled);
  const isDialled = (range: PortRange | undefined) => range?.equals(dialled.port) === true;
  const bound = plan.listeners.find(
    ({ on, protocol, ports }) =>
      'workload' in on &&
      on.workload === name &&
      protocol === dialled.protocol &&
      (isDialled(ports.service) || isDialled(ports.host)),
  );
  const port = bound?.ports.container ?? dialled.port;
  return Traffic.range(dialled.protocol, port.first, port.last);
}
