import { networkEncryption } from '../../plan/network-kind';
import { printPort, type Flow } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { protection } from '../../plan/protection';
import { compareText, sortedBy } from '../../text/compare';
import { code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { isProxied, zoneOf, entrances } from './entrance';
import { ENCAPSULATION, endpoint, isControl, product } from './words';

/** What crosses a network that is not trusted, and what of it anyone on that network can read. */
export function encryption(plan: Plan): Chapter {
  return {
    title: 'Encryption',
    blocks: [...carrier(plan), ...exposed(plan), ...origins(plan), ...own(plan)],
  };
}

function isTrusted(plan: Plan, network: string): boolean {
  const one = plan.spec.networks[network];
  return one !== undefined && 'trusted' in one && one.trusted;
}

/** The pod network between nodes, and the flows it carries that bring no encryption of their own. */
function carrier(plan: Plan): string[] {
  const { podNetwork, spec } = plan;
  if (Object.keys(spec.nodes).length < 2) return [];
  const by = podNetwork.encryptedBy ?? networkEncryption(spec, podNetwork.underlay);
  const how = podNetwork.encapsulation === 'none' ? 'without a tunnel' : `by ${ENCAPSULATION[podNetwork.encapsulation]}`;
  const way = `${product(podNetwork.owner)} carries pod traffic between nodes ${how} on ${code(podNetwork.underlay)}`;
  if (by !== undefined) return [heading(3, 'Between nodes'), `${way}, encrypted by ${text(by)}.`];
  if (isTrusted(plan, podNetwork.underlay)) return [heading(3, 'Between nodes'), `${way}, in clear. The spec trusts that network.`];
  const riding = plan.flows.filter((flow) => protection(flow, plan).exposed.some(({ tunnelled }) => tunnelled));
  return [
    heading(3, 'Between nodes'),
    `**${way}, in clear, and the spec does not trust that network.** Whoever can capture packets there reads what the pods do not encrypt themselves:`,
    table(['From', 'To', 'Port', 'Why'], riding.map(row)),
  ];
}

/** Flows in clear on an untrusted wire that no tunnel carries, but for the tunnel itself and the network's own messages. */
function exposed(plan: Plan): string[] {
  const flows = plan.flows.filter((flow) => {
    if (isControl(flow) || isTunnel(plan, flow)) return false;
    return protection(flow, plan).exposed.some(({ tunnelled }) => !tunnelled);
  });
  if (flows.length === 0) return [];
  return [heading(3, 'In clear elsewhere'), 'These cross a network that is not trusted, and nothing encrypts them:', table(['From', 'To', 'Port', 'Why'], flows.map(row))];
}

function isTunnel({ podNetwork }: Plan, flow: Flow): boolean {
  return flow.declaredBy === podNetwork.owner && flow.over === podNetwork.underlay;
}

function row(flow: Flow): string[] {
  return [endpoint(flow.from), endpoint(flow.to), code(printPort(flow)), text(flow.reason)];
}

/** What a proxy does with requests after it has ended the client's TLS. */
function origins(plan: Plan): string[] {
  const names = [...new Set(entrances(plan).flatMap(({ host }) => (isProxied(zoneOf(plan.spec, host)) ? [zoneOf(plan.spec, host)?.name ?? ''] : [])))];
  if (names.length === 0) return [];
  const lines = names.map((name) => {
    const tls = plan.spec.dns.zones[name]?.originTls ?? 'strict';
    return `${code(name)}: TLS of the client ends at Cloudflare; ${ORIGIN[tls]}`;
  });
  return [heading(3, 'Behind the proxy'), ...lines];
}

/** Source: Cloudflare's documentation, SSL/TLS encryption modes. */
const ORIGIN = {
  flexible: '**from there to the nodes requests travel by plain HTTP** (mode `flexible`), so whoever is on that path reads and changes them.',
  full: 'from there to the nodes it is TLS again, but the nodes’ certificate is not verified (mode `full`).',
  strict: 'from there to the nodes it is TLS with a verified certificate (mode `strict`).',
} as const;

/** Whoever encrypts for itself is safe whatever carries it. */
function own(plan: Plan): string[] {
  const kinds = new Map<string, Set<string>>();
  for (const flow of plan.flows) {
    if (flow.encryptedBy === undefined) continue;
    kinds.set(flow.encryptedBy, (kinds.get(flow.encryptedBy) ?? new Set()).add(`${endpoint(flow.from)} → ${endpoint(flow.to)} ${code(printPort(flow))}`));
  }
  if (kinds.size === 0) return [];
  const rows = sortedBy(kinds, ([kind]) => kind).map(([kind, flows]) => [text(kind), [...flows].sort(compareText).join('<br>')]);
  return [heading(3, 'Protected by themselves'), 'These are encrypted end to end, whatever carries them:', table(['By', 'Flows'], rows)];
}
