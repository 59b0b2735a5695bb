import { devicesOf } from '../../plan/devices';
import { hostnameOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { podEntrances, type PodEntrance } from '../../plan/pod-entrance';
import { compareText } from '../../text/compare';
import { hostRules, joinedRules, keysOf, type HostRule } from './rules';

/** One interface of one node, as Calico guards it. */
export interface HostInterface {
  readonly node: string;
  readonly device: string;
}

/** Interfaces of one name on nodes that let in the same: they share their policies. */
export interface Group {
  readonly name: string;
  readonly members: readonly HostInterface[];
  readonly rules: readonly HostRule[];
  /** By whom pods' addresses may come in here. None: nobody. */
  readonly entrances: readonly PodEntrance[];
}

/** Every interface that the spec knows of, with those that let in the same together. */
export function hostGroups(plan: Plan): Group[] {
  const groups = new Map<string, { members: HostInterface[]; rules: HostRule[][] }>();
  for (const node of Object.keys(plan.spec.nodes)) {
    for (const device of devicesOf(plan.spec, node)) {
      const rules = hostRules(plan, node, device);
      const key = [device, ...keysOf(rules)].join('\u0000');
      const group = groups.get(key) ?? { members: [], rules: [] };
      group.members.push({ node, device });
      group.rules.push(rules);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map(({ members, rules }) => ({
      name: nameOf(plan, members),
      members,
      rules: joinedRules(rules.flat()),
      entrances: entrancesOf(plan, members),
    }))
    .sort((a, b) => compareText(a.name, b.name));
}

function nameOf({ spec }: Plan, members: readonly HostInterface[]): string {
  const [first, ...others] = members;
  if (first === undefined) throw new Error('a group has members');
  const names = members.map(({ node }) => node).join();
  const role = (['all', 'servers', 'agents'] as const).find((one) => selectNodes(spec, one).join() === names);
  const host = hostnameOf(spec, first.node);
  const some = others.length === 0 ? host : `${host}-and-${others.length}-more`;
  return objectName(`${role === 'all' ? 'nodes' : (role ?? some)}-${first.device}`);
}

/** Interfaces may be called what objects may not. Source: Kubernetes docs, object names. */
export function objectName(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-');
}

function entrancesOf(plan: Plan, members: readonly HostInterface[]): PodEntrance[] {
  const [first] = members;
  return first === undefined ? [] : podEntrances(plan, first.node).filter(({ device }) => device === first.device);
}
