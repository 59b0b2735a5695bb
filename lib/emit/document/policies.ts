import { printPort, type Flow } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { podNamespaces, podRules, type PodRule, type PodRules } from '../../plan/pod-rules';
import type { PodPeer } from '../../plan/seen-by-pods';
import { printSelector } from '../../plan/endpoint';
import { uncalled } from '../../plan/uncalled';
import { runsK3s } from '../../spec/orchestrator';
import { sortedBy } from '../../text/compare';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { addresses, endpoint } from './words';

const HEAD = ['Pods', 'Direction', 'Peer', 'Port of the called end', 'Why'];

/** What each namespace lets in and out, and what of that which is known it cuts off. */
export function policies(plan: Plan): Chapter {
  const notes = notesOf(plan, 'policies');
  if (!runsK3s(plan.spec) || plan.spec.policies === 'off') return { title: TITLE, blocks: notes };
  const parts = podNamespaces(plan).flatMap((namespace) => {
    const rows = rowsOf(plan, namespace);
    return rows.length === 0 ? [] : [heading(3, `Namespace \`${namespace}\``), table(HEAD, rows)];
  });
  return {
    title: TITLE,
    blocks: [...notes, ...[plan.podNetwork.nodesKnown ?? []].flat(), ...parts, ...closedPorts(plan)],
  };
}

const TITLE = 'Network policies';

function rowsOf(plan: Plan, namespace: string): string[][] {
  const { workloads, namespaces } = podRules(plan);
  const own = [...workloads].filter(([name]) => plan.workloads.get(name)?.namespace === namespace);
  return [
    ...rows('every pod', namespaces.get(namespace)),
    ...sortedBy(own, ([name]) => name).flatMap(([name, rules]) => {
      const found = rows(name, rules);
      return found.length > 0 ? found : [[text(name), 'both', 'nobody but what every pod may', '', '']];
    }),
  ];
}

function rows(name: string, rules: PodRules | undefined): string[][] {
  if (rules === undefined) return [];
  return [
    ...merged(rules.ingress).map(([rule, peers]) => row(name, 'in', rule, peersOf(peers, rule.flow.from))),
    ...merged(rules.egress).map(([rule, peers]) => row(name, 'out', rule, peersOf(peers, rule.flow.to))),
  ];
}

/** A flow that is met under several guises is one row. */
function merged(rules: readonly PodRule[]): [PodRule, PodPeer[]][] {
  const flows = new Map<Flow, [PodRule, PodPeer[]]>();
  for (const rule of rules) {
    const known = flows.get(rule.flow);
    if (known === undefined) flows.set(rule.flow, [rule, [rule.peer]]);
    else known[1].push(rule.peer);
  }
  return [...flows.values()];
}

function row(name: string, direction: string, { flow, port, protocol }: PodRule, peer: string): string[] {
  const asked = flow.http === undefined ? '' : `: ${flow.http.map(requestOf).join(', ')}`;
  const at = port === undefined ? printPort({ ...flow, protocol }) : `${port}/${protocol}`;
  return [text(name), direction, peer, `${code(at)}${asked}`, text(flow.reason)];
}

function requestOf({ method = 'any method', path }: NonNullable<Flow['http']>[number]): string {
  return code(path === undefined ? method : `${method} ${path}`);
}

/** Who the other end is, and under what it is met where that is something else. */
function peersOf(peers: readonly PodPeer[], end: Flow['from']): string {
  const nodes = peers.find((peer) => peer.kind === 'nodes');
  if (peers.some(({ kind }) => kind === 'own-node')) return 'its own node';
  if (nodes?.kind !== 'nodes') return endpoint(end);
  const known = nodes.addresses === undefined ? '' : `, by ${addresses(nodes.addresses)}`;
  const who = `${printSelector(nodes.select)}${known}`;
  if (end.kind === 'nodes') return who;
  return peers.length > 1 ? `${endpoint(end)}; or hidden behind ${who}` : `${endpoint(end)}, on the network of ${who}`;
}

/** Where nobody is let in, a scraper or a debugger whom nobody declared is what one will miss. */
function closedPorts(plan: Plan): string[] {
  const shut = uncalled(plan);
  if (shut.length === 0) return [];
  const enforced = plan.spec.policies === 'enforce';
  return [
    heading(3, enforced ? 'Ports that nobody may call' : 'Ports that nobody will be able to call'),
    'Pods bind these, and no flow leads there; a pod’s own node always reaches them.',
    table(
      ['Pods', 'Port', 'What for'],
      sortedBy(
        shut.map((listener) => [
          'workload' in listener.on ? text(listener.on.workload) : '',
          code(`${listener.ports.container}/${listener.protocol}`),
          text(listener.purpose),
        ]),
        (cells) => cells.join(' '),
      ),
    ),
  ];
}
