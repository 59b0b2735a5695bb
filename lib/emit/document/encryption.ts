import { PODS } from '../../plan/claim';
import { isOutside } from '../../plan/endpoint';
import { entrances } from '../../plan/entrance';
import { networkEncryption } from '../../plan/network-kind';
import { printPort, type Flow } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { protection } from '../../plan/protection';
import { isProxied, zoneOf } from '../../plan/zone';
import { APPS } from '../../plan/workload';
import { carriesPods } from '../../plan/tunnel-flows';
import { runsK3s } from '../../spec/orchestrator';
import { list } from '../../text/list';
import { code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { idleWays } from './entrance';
import { swarmCarriage } from './swarm';
import { carriage, endpoint, isControl, product } from './words';

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
  if (Object.keys(plan.spec.nodes).length < 2) return [];
  const containers = swarmCarriage(plan);
  if (!runsK3s(plan.spec)) return [heading(3, 'Between nodes'), ...containers];
  return [...pods(plan), ...containers];
}

function pods(plan: Plan): string[] {
  const { podNetwork, spec } = plan;
  const title = heading(3, 'Between nodes');
  const way = `${product(podNetwork.owner)} carries pod traffic between nodes on ${code(podNetwork.underlay)} ${carriage(plan)}`;
  if ((podNetwork.encryptedBy ?? networkEncryption(spec, podNetwork.underlay)) !== undefined)
    return [title, `${way}.`, ...before(plan)];
  if (isTrusted(plan, podNetwork.underlay)) return [title, `${way}. The spec trusts that network.`];
  return [
    title,
    `**${way}, and the spec does not trust that network.** Whoever can capture packets there reads what the pods do not encrypt themselves:`,
    table(['From', 'To', 'Port', 'Why'], riding(plan).map(row)),
  ];
}

/** Flows that somebody on the wire between nodes can read, because neither they nor what carries them is encrypted. */
function riding(plan: Plan): Flow[] {
  const { encryptedBy, underlay } = plan.podNetwork;
  if ((encryptedBy ?? networkEncryption(plan.spec, underlay)) !== undefined) return [];
  return plan.flows.filter((flow) => flow.over === PODS && protection(flow, plan).exposed.length > 0);
}

/** While nodes change to an encrypted backend, those that have not changed go on without. */
function before(plan: Plan): string[] {
  const open = plan.flows.filter((flow) => carriesPods(plan, flow) && protection(flow, plan).exposed.length > 0);
  if (open.length === 0) return [];
  return [
    `Until every node has changed, pod traffic between those that have not travels by ${list(open.map((flow) => code(printPort(flow))))}, **in clear**.`,
  ];
}

/** Flows in clear on an untrusted wire that no tunnel carries, but for the tunnel itself and the network's own messages. */
function exposed(plan: Plan): string[] {
  const shown = riding(plan);
  const flows = plan.flows.filter(
    (flow) =>
      !isControl(flow) &&
      !carriesPods(plan, flow) &&
      !shown.includes(flow) &&
      protection(flow, plan).exposed.length > 0,
  );
  if (flows.length === 0) return [];
  return [
    heading(3, 'In clear elsewhere'),
    'These cross a network that is not trusted, and nothing encrypts them:',
    table(['From', 'To', 'Port', 'Why'], distinct(flows.map(row))),
  ];
}

/** Flows that differ in their network alone read alike where that is not shown. */
function distinct(rows: readonly string[][]): string[][] {
  return [...new Map(rows.map((one) => [one.join('|'), one])).values()];
}

function row(flow: Flow): string[] {
  return [endpoint(flow.from), endpoint(flow.to), code(printPort(flow)), text(flow.reason)];
}

/** What a proxy does with requests after it has ended the client's TLS. */
function origins(plan: Plan): string[] {
  const all = entrances(plan);
  const byIngress = all.filter(({ by, host }) => 'ingress' in by && isProxied(plan.spec, host));
  const names = [...new Set(byIngress.map(({ host }) => zoneOf(plan.spec, host)?.name ?? ''))];
  const tunnelled = [...new Set(all.flatMap(({ by, host }) => ('tunnel' in by ? [code(host)] : [])))];
  if (names.length + tunnelled.length === 0) return [];
  const lines = names.map((name) => {
    const tls = plan.spec.dns.zones[name]?.originTls ?? 'strict';
    return `${code(name)}: TLS of the client ends at Cloudflare; ${ORIGIN[tls]}${tls === 'flexible' ? idle(plan) : ''}`;
  });
  const byTunnel = `${list(tunnelled)}: TLS of the client ends at Cloudflare; from there requests travel inside the connections that the tunnel holds open, which are encrypted, and from the tunnel’s pods to the app as the interaction map says.`;
  return [heading(3, 'Behind the proxy'), ...lines, ...(tunnelled.length > 0 ? [byTunnel] : [])];
}

/** An open port is no protection where nobody dials it. */
function idle(plan: Plan): string {
  const ports = [...new Set([...idleWays(plan)].map((flow) => code(printPort(flow))))];
  if (ports.length === 0) return '';
  return ` ${list(ports)} is open to Cloudflare and protects nothing: in this mode it is not dialled. Whoever did dial it would be shown the ingress’s default certificate, self-signed unless the spec names one. Before the mode becomes ${code('strict')} (Full, strict) the nodes need a certificate that Cloudflare accepts.`;
}

/** Source: Cloudflare's documentation, SSL/TLS encryption modes. */
const ORIGIN = {
  flexible:
    '**from there to the nodes requests travel by plain HTTP** (mode `flexible`), so whoever is on that path can read and change them.',
  full: 'from there to the nodes it is TLS again, but the nodes’ certificate is not verified (mode `full`).',
  strict: 'from there to the nodes it is TLS with a verified certificate (mode `strict`).',
} as const;

/** Whoever encrypts for itself is safe whatever carries it. Those that concern the apps and outsiders; the map has all. */
function own(plan: Plan): string[] {
  const unused = idleWays(plan);
  const flows = plan.flows.filter(
    (flow) =>
      flow.encryptedBy !== undefined &&
      !unused.has(flow) &&
      (flow.declaredBy === APPS || isOutside(flow.from) || isOutside(flow.to)),
  );
  if (flows.length === 0) return [];
  const rows = flows.map((flow) => [
    endpoint(flow.from),
    endpoint(flow.to),
    code(printPort(flow)),
    text(flow.encryptedBy ?? ''),
  ]);
  return [
    heading(3, 'Protected by themselves'),
    'Of the flows of apps and with parties outside, these are encrypted between their two ends, whatever carries them:',
    table(['From', 'To', 'Port', 'By'], distinct(rows)),
  ];
}
