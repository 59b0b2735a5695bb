import { rulesOf, type Rule } from '../../components/firewall/rules';
import type { AddressSet } from '../../net/address-set';
import { hostFirewall } from '../../plan/host-firewall';
import type { Plan } from '../../plan/plan';
import { otherNodes } from '../../plan/seen-as';
import { sortedBy } from '../../text/compare';
import { runsK3s } from '../../spec/orchestrator';
import { list } from '../../text/list';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { addresses } from './words';

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
  const others = othersOf(plan, node);
  const rules = rulesOf(plan, node).map((rule, i) => ({ rule, order: String(i).padStart(4, '0') }));
  return sortedBy(rules, ({ rule, order }) => `${rule.devices.join(',')} ${order}`).map(({ rule }) => [
    rule.devices.map(code).join(', '),
    from(plan, others, rule),
    to(rule),
    what(rule),
    rule.reasons.map(text).join('; '),
  ]);
}

function from(plan: Plan, others: Others, { sources, devices }: Rule): string {
  if (sources === undefined)
    return devices.every((device) => plan.podNetwork.podDevices.includes(device)) ? 'pods of this node' : 'anywhere';
  return (
    others.find(({ addresses }) => addresses.equals(sources))?.name ?? rangeOf(plan, sources) ?? addresses(sources)
  );
}

type Others = readonly { readonly addresses: AddressSet; readonly name: string }[];

/** The sets of addresses that are every other node, or every other one of a role, on some network. */
function othersOf(plan: Plan, node: string): Others {
  return Object.keys(plan.spec.networks).flatMap((network) =>
    OTHERS.map(([select, name]) => ({ addresses: otherNodes(plan, select, node, network), name })),
  );
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
