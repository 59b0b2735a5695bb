import { PODS } from '../../plan/claim';
import { kindWord, printPort, type AddressKind, type Flow } from '../../plan/flow';
import { isNode } from '../../plan/flow-end';
import type { Plan } from '../../plan/plan';
import { protection, type Protection } from '../../plan/protection';
import { groupedBy } from '../../text/group';
import { list } from '../../text/list';
import { bullets, code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { protectionWords } from './protection-words';
import { addresses, endpoint, network, path, product } from './words';

const HEAD = ['Stated in', 'From', 'To', 'Over', 'Peer’s address', 'Port', 'Encrypted by', 'Why'];

/** Every place in which one side picks an address of the other's. */
export function interactions(plan: Plan): Chapter {
  const byOwner = groupedBy(plan.flows, ({ declaredBy }) => declaredBy);
  return {
    title: 'IP interaction map',
    blocks: [
      'Who talks to whom, and by which of the peer’s addresses. A port `a → b` is dialled as `a` and bound as `b`.',
      bullets(legend(plan)),
      ...[...byOwner].flatMap(([owner, flows]) => [heading(3, product(owner)), map(plan, flows)]),
      ...told(plan),
    ],
  };
}

/** A component's flows; where settings name the addresses that are dialled, they have a column. */
function map(plan: Plan, flows: readonly Flow[]): string {
  if (flows.every(({ setBy }) => setBy === undefined)) {
    return table(
      HEAD,
      flows.map((flow) => row(plan, flow)),
    );
  }
  return table(
    [...HEAD, 'Address set by'],
    flows.map((flow) => [...row(plan, flow), (flow.setBy ?? []).map(code).join(', ') || '–']),
  );
}

/** The other settings with an address in them. Those that names stand for are in the chapter on DNS. */
function told({ notes, records }: Plan): string[] {
  const rows = notes.filter(({ section }) => section === 'told').map(({ title, text }) => [title, text]);
  if (rows.length === 0) return [];
  return [
    heading(3, 'Addresses that are told, and not dialled'),
    ...(records.length === 0 ? [] : ['What names stand for is under [DNS](#dns).']),
    table(['Setting', 'Whose address, and what for'], rows),
  ];
}

function row(plan: Plan, flow: Flow): string[] {
  const way = protection(flow, plan);
  const dialled = flow.dialled === undefined ? '' : ` ${addresses(flow.dialled)}`;
  return [
    path(flow.source),
    flow.sameNode === true && flow.from.kind === 'nodes' ? 'its own node' : endpoint(flow.from),
    endpoint(flow.to),
    carrier(plan, flow, way),
    `${kindWord(flow.address)}${dialled}`,
    portOf(flow),
    protectionWords(flow, way),
    text(flow.reason),
  ];
}

/** To a node's own address a pod's packet leaves by the underlay as it is, unless the pod network tunnels that too. */
function carrier(plan: Plan, flow: Flow, { legs }: Protection): string {
  if (flow.over !== PODS || !isNode(flow.to, plan)) return network(flow.over);
  const { underlay, masquerades } = plan.podNetwork;
  const under = masquerades && !isNode(flow.from, plan) ? ', under the node’s address' : '';
  return list(
    legs.map(({ stretch, tunnelled }) => {
      if (stretch === 'inside a node') return 'inside the node';
      return tunnelled ? 'pod network, under the pod’s own address' : `${code(underlay)}${under}`;
    }),
    'or',
  );
}

/** Message types have no number to show, and their protocol is not in their names. */
function portOf(flow: Flow): string {
  return flow.icmpTypes === undefined ? code(printPort(flow)) : `${flow.protocol}: ${text(flow.icmpTypes.join(', '))}`;
}

/** The kinds of address that this network uses, in the order above. */
function legend({ flows, spec }: Plan): string[] {
  const used = new Set(flows.map(({ address }) => address));
  const on = (kinds: readonly string[]) =>
    list(
      Object.entries(spec.networks)
        .filter(([, { kind }]) => kinds.includes(kind))
        .map(([name]) => code(name)),
    );
  const ranges = (cidrs: readonly { toString(): string }[]) => list(cidrs.map((cidr) => code(String(cidr))));
  const nodeOn = (kind: string) => (on([kind]) === '' ? 'an address' : `the node’s address on ${on([kind])}`);
  const meaning: Readonly<Record<AddressKind, string>> = {
    public: `${on(['public']) === '' ? '' : `the node’s address on ${on(['public'])}; `}of parties outside, their own public address`,
    overlay: nodeOn('wireguard'),
    lan: nodeOn('lan'),
    sdn: nodeOn('sdn'),
    tailnet: `the address of a device, or of a pod, on ${on(['tailnet'])}`,
    pod: `the pod’s own address, in ${ranges(spec.k3s.clusterCidrs)}; it dies with the pod`,
    service: `the Service’s address, in ${ranges(spec.k3s.serviceCidrs)}; it stays as long as the Service, and one of its pods answers`,
    vip: 'a virtual address that a load balancer announces',
    'link-local': 'an address that is valid on one link only',
  };
  return (Object.keys(meaning) as AddressKind[])
    .filter((kind) => used.has(kind))
    .map((kind) => `**${kindWord(kind)}**: ${meaning[kind]}`);
}
