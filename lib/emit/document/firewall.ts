import { rulesOf, type Rule } from '../../components/firewall/rules';
import { AddressSet } from '../../net/address-set';
import { hostFirewall } from '../../plan/host-firewall';
import { addressesOf, nodeAddresses } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { sortedBy } from '../../text/compare';
import { runsK3s } from '../../spec/orchestrator';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { addresses, list } from './words';

const HEAD = ['By device', 'From', 'To', 'Protocol and port', 'Why'];

/** What the host firewall of each node lets in, one table for all nodes that let in the same. */
export function firewall(plan: Plan): Chapter {
  const notes = notesOf(plan, 'firewall');
  return {
    title: 'Firewall of the nodes',
    blocks: hostFirewall(plan) === undefined ? notes : [...notes, ...tables(plan)],
  };
}

/** Peers go by name, so that it does not matter on which node one stands. */
function tables(plan: Plan): string[] {
  const nodes = new Map<string, string[]>();
  for (const node of Object.keys(plan.spec.nodes)) {
    const shown = table(HEAD, rows(plan, node));
    nodes.set(shown, [...(nodes.get(shown) ?? []), node]);
  }
  const all = nodes.size === 1;
  return [
    ...[...nodes].flatMap(([shown, names]) => [
      heading(3, all ? 'Rules of every node' : `Rules of ${list(names.map(code))}`),
      shown,
    ]),
    ...(runsK3s(plan.spec) ? ['Pods of other nodes that call a node come under the address of their own node.'] : []),
  ];
}

function rows(plan: Plan, node: string): string[][] {
  const rules = rulesOf(plan, node).map((rule, i) => ({ rule, order: String(i).padStart(4, '0') }));
  return sortedBy(rules, ({ rule, order }) => `${rule.devices.join(',')} ${order}`).map(({ rule }) => [
    rule.devices.map(code).join(', '),
    from(plan, node, rule),
    to(rule),
    what(rule),
    rule.reasons.map(text).join('; '),
  ]);
}

function from(plan: Plan, node: string, { sources, devices }: Rule): string {
  if (sources === undefined)
    return devices.every((device) => plan.podNetwork.podDevices.includes(device)) ? 'pods of this node' : 'anywhere';
  return nodesAt(plan, node, sources) ?? rangeOf(plan, sources) ?? addresses(sources);
}

/** A set of addresses that is every other node, or every other one of a role. */
function nodesAt(plan: Plan, node: string, sources: AddressSet): string | undefined {
  for (const network of Object.keys(plan.spec.networks)) {
    const own = AddressSet.of(...addressesOf(plan.spec, node, network));
    for (const [select, name] of OTHERS) {
      if (nodeAddresses(plan.spec, select, network).difference(own).equals(sources)) return name;
    }
  }
  return undefined;
}

const OTHERS = [
  ['all', 'every other node'],
  ['servers', 'every other server'],
  ['agents', 'every other agent'],
] as const;

function rangeOf(plan: Plan, sources: AddressSet): string | undefined {
  for (const { from } of plan.flows) {
    if (from.kind === 'range' && from.addresses.equals(sources) && from.name !== sources.toString())
      return `${text(from.name)} (${addresses(sources)})`;
  }
  return undefined;
}

function to({ destinations }: Rule): string {
  return destinations === undefined ? 'the node' : addresses(destinations);
}

function what({ protocol, port, landing, icmpTypes }: Rule): string {
  if (icmpTypes !== undefined) return `${protocol}: ${text(icmpTypes.join(', '))}`;
  const inner = landing === undefined || port?.equals(landing) === true ? '' : ` → ${landing}`;
  return code(port === undefined ? protocol : `${port}${inner}/${protocol}`);
}
