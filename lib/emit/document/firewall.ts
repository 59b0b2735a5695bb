import { printEndpoint } from '../../plan/endpoint';
import type { Plan } from '../../plan/plan';
import { arrivals, type Arrival } from '../../plan/seen-as';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { addresses, list, product } from './words';

const HEAD = ['By device', 'From', 'To', 'Protocol and port', 'Why'];

export function firewall(plan: Plan): Chapter {
  const { kind } = plan.spec.firewall;
  if (kind === 'none') {
    return { title: 'Firewall of the nodes', blocks: ['Wayleave writes no host firewall for this cluster. What the plan lets reach a node:', ...tables(plan), ...notesOf(plan, 'firewall')] };
  }
  return {
    title: 'Firewall of the nodes',
    blocks: [
      `${product(kind)} lets in what stands below and nothing else. Replies to what a node has asked for pass, and so does loopback. Every row comes from a flow of the map above: where a rule is missing, a flow is missing.`,
      ...tables(plan),
      ...notesOf(plan, 'firewall'),
    ],
  };
}

/** One table for all nodes that let in the same; peers go by name, so that it does not matter which node one stands on. */
function tables(plan: Plan): string[] {
  const nodes = new Map<string, string[]>();
  for (const node of Object.keys(plan.spec.nodes)) {
    const seen = new Map(arrivals(plan, node).map((one) => row(plan, one)).map((cells) => [cells.join('\u0000'), cells]));
    const shown = table(HEAD, [...seen.values()]);
    nodes.set(shown, [...(nodes.get(shown) ?? []), node]);
  }
  const one = nodes.size === 1;
  return [...nodes].flatMap(([shown, names]) => [heading(3, one ? 'Every node' : list(names.map(code))), shown]);
}

function row(plan: Plan, arrival: Arrival): string[] {
  const { flow, protocol, port, translated } = arrival;
  const to = arrival.destinations === undefined ? 'the node' : addresses(arrival.destinations);
  const inner = translated === undefined ? '' : ` → ${translated}`;
  const what = flow.icmpTypes !== undefined ? `${protocol}: ${text(flow.icmpTypes.join(', '))}` : code(port === undefined ? protocol : `${port}${inner}/${protocol}`);
  return [arrival.devices.map(code).join(', '), from(plan, arrival), to, what, text(flow.reason)];
}

function from(plan: Plan, { flow, sources, devices }: Arrival): string {
  const isPod = flow.from.kind === 'pods' || (flow.from.kind === 'workload' && plan.workloads.get(flow.from.workload)?.hostNetwork === false);
  const name = text(printEndpoint(flow.from));
  if (isPod) {
    const whose = flow.from.kind === 'pods' && flow.from.namespace === undefined ? 'pods' : name;
    return devices.some((device) => plan.podNetwork.podDevices.includes(device)) ? `${whose} of this node` : `${whose} of other nodes, under their node’s address`;
  }
  if (sources === undefined) return 'anywhere';
  if (flow.from.kind === 'nodes') return name.replace(/^every /, 'every other ');
  if (flow.from.kind === 'workload') return `${name} of other nodes`;
  return flow.from.kind === 'range' && name !== text(sources.toString()) ? `${name} (${addresses(sources)})` : addresses(sources);
}
