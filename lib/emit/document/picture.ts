import { isOutside, printEndpoint, type Endpoint, type WorkloadName } from '../../plan/endpoint';
import { entrances, meetsProxy } from '../../plan/entrance';
import { printPort, type Flow } from '../../plan/flow';
import { oncePer } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import { roleName } from '../../plan/role';
import { wayOut } from '../../plan/way-out';
import { APPS } from '../../plan/workload';
import { compareText, sortedBy, sortedEntries } from '../../text/compare';
import { fenced, heading } from '../../text/markdown';
import type { Chapter } from './chapter';
import { layers } from './layers';
import { idleWays, isCloudflare, wayIn } from './entrance';
import { id, label } from './mermaid';
import { onNetworks } from './picture-addresses';
import { count } from './words';

/** Above this many nodes of a role the picture shows one box for all of them. */
const MOST_NODES = 12;

export function picture(plan: Plan): Chapter {
  return {
    title: 'Picture',
    blocks: [
      heading(3, 'Machines and networks'),
      fenced('mermaid', machines(plan)),
      ...traffic(plan),
      heading(3, 'The layers'),
      layers(plan),
    ],
  };
}

function machines(plan: Plan): string[] {
  const { spec } = plan;
  const lines = ['flowchart TB'];
  for (const [name, network] of sortedEntries(spec.networks)) {
    const range = 'prefix' in network ? [network.prefix.toString()] : [];
    lines.push(`  ${id('net', name)}([${label(...new Set([name, network.kind, ...range]))}])`);
    if (network.kind === 'wireguard')
      lines.push(`  ${id('net', name)} -. ${label('tunnels')} .-> ${id('net', network.over)}`);
  }
  lines.push(...beyond(plan), ...onNetworks(plan));
  for (const role of ['server', 'agent'] as const) {
    const nodes = sortedEntries(spec.nodes).filter(([, node]) => node.role === role);
    if (nodes.length > MOST_NODES) {
      const networks = new Set(nodes.flatMap(([, node]) => Object.keys(node.addresses)));
      lines.push(`  ${id('role', role)}[${label(count(nodes.length, roleName(spec, role)))}]`);
      lines.push(
        ...[...networks].sort(compareText).map((network) => `  ${id('role', role)} --- ${id('net', network)}`),
      );
      continue;
    }
    for (const [name, node] of nodes) {
      lines.push(`  ${id('node', name)}[${label(name, roleName(spec, role))}]`);
      for (const [network, addresses] of sortedEntries(node.addresses)) {
        lines.push(`  ${id('node', name)} ---|${label(...addresses.map(String))}| ${id('net', network)}`);
      }
    }
  }
  return lines;
}

/** The world that the nodes reach, and a proxy in front of them. */
function beyond(plan: Plan): string[] {
  const network = id('net', wayOut(plan.spec));
  const internet = id('out', 'internet');
  const proxied = entrances(plan).filter((one) => 'ingress' in one.by && meetsProxy(plan, one));
  const ports = [...new Set(proxied.flatMap((one) => wayIn(plan, one) ?? []))].map(printPort);
  const proxy = id('out', 'proxy');
  return [
    `  ${internet}(${label('the internet')})`,
    ...(ports.length === 0
      ? []
      : [
          `  ${proxy}(${label('Cloudflare')})`,
          `  ${internet} -->|${label('HTTPS of clients')}| ${proxy}`,
          `  ${proxy} -->|${label(...ports)}| ${network}`,
        ]),
    ...wayOutOf(plan, internet, network),
  ];
}

/** By the router, where the network states one. */
function wayOutOf({ spec }: Plan, internet: string, network: string): string[] {
  const name = wayOut(spec);
  const one = spec.networks[name];
  const gateway = one !== undefined && 'gateway' in one ? one.gateway : undefined;
  if (gateway === undefined) return [`  ${internet} ---|${label('way out')}| ${network}`];
  const router = id('router', name);
  return [
    `  ${router}[${label('router', String(gateway))}]`,
    `  ${internet} ---|${label('way out')}| ${router}`,
    `  ${router} --- ${network}`,
  ];
}

/** Who calls whom, as far as apps, their ingress and the outside go; control plane and delivery are in the tables. */
function traffic(plan: Plan): string[] {
  const idle = idleWays(plan);
  const flows = plan.flows.filter(
    (flow) => !idle.has(flow) && isShown(flow.from, plan) && isShown(flow.to, plan) && 'workload' in oneOf(flow),
  );
  if (flows.length === 0) return [];
  const ends = new Map(flows.flatMap(({ from, to }) => [from, to]).map((end) => [endId(end), end]));
  const namespaces = new Map<string, Endpoint[]>();
  for (const end of sortedBy(ends.values(), endId)) {
    const group = end.kind === 'workload' ? (plan.workloads.get(end.workload)?.namespace ?? '') : '';
    namespaces.set(group, [...(namespaces.get(group) ?? []), end]);
  }
  const lines = ['flowchart LR'];
  for (const [namespace, members] of sortedBy(namespaces, ([name]) => name)) {
    if (namespace === '') {
      lines.push(...members.map((end) => `  ${endId(end)}(${label(...caption(end))})`));
      continue;
    }
    lines.push(`  subgraph ${id('ns', namespace)}[${label(`namespace ${namespace}`)}]`);
    lines.push(...members.map((end) => `    ${endId(end)}[${label(...caption(end))}]`), '  end');
  }
  lines.push(...visitors(plan, ends), ...edges(flows));
  const excluded =
    'Apps, what lets requests in, and the parties outside. The other flows are in the IP interaction map.';
  return [heading(3, 'Who calls whom'), excluded, fenced('mermaid', lines)];
}

/** Behind a proxy the clients are not the callers. */
function visitors(plan: Plan, ends: ReadonlyMap<string, Endpoint>): string[] {
  const met = entrances(plan).filter((entrance) => meetsProxy(plan, entrance));
  const edges = met.flatMap(({ by, ways }) => ways.map((way) => endId('tunnel' in by ? way.to : way.from)));
  const proxies = [...ends].filter(([name, end]) => edges.includes(name) && isCloudflare(end)).map(([name]) => name);
  if (proxies.length === 0) return [];
  return [
    `  ${id('out', 'clients')}(${label('clients')})`,
    ...proxies.map((proxy) => `  ${id('out', 'clients')} -->|${label('HTTPS')}| ${proxy}`),
  ];
}

/** One arrow for two ends, with all its ports. */
function edges(flows: readonly Flow[]): string[] {
  const ports = new Map<string, Set<string>>();
  for (const flow of flows) {
    const key = `${endId(flow.from)} -->|%| ${endId(flow.to)}`;
    ports.set(key, (ports.get(key) ?? new Set()).add(printPort(flow)));
  }
  return sortedBy(ports, ([key]) => key).map(([key, all]) => `  ${key.replace('%', () => label([...all].join(', ')))}`);
}

function oneOf({ from, to }: Flow): Endpoint {
  return from.kind === 'workload' ? from : to;
}

function isShown(end: Endpoint, plan: Plan): boolean {
  return end.kind === 'workload' ? shown(plan).has(end.workload) : isOutside(end);
}

/** Apps, what lets requests in, and whoever calls apps. */
const shown = oncePer(({ flows, provided, workloads }: Plan): ReadonlySet<WorkloadName> => {
  const fronts = new Set(provided.filter(({ name }) => name === 'ingress-routing').map(({ owner }) => owner));
  const own = [...workloads.values()].filter(({ owner }) => owner === APPS || fronts.has(owner));
  const calls = flows.filter(({ to }) => to.kind === 'workload' && workloads.get(to.workload)?.owner === APPS);
  const callers = calls.flatMap(({ from }) => (from.kind === 'workload' ? [from.workload] : []));
  return new Set([...own.map(({ name }) => name), ...callers]);
});

function endId(end: Endpoint): string {
  return end.kind === 'workload' ? id('pod', end.workload) : id('out', printEndpoint(end));
}

function caption(end: Endpoint): string[] {
  if (end.kind === 'workload') return [end.workload.split('/').at(-1) ?? end.workload];
  return [printEndpoint(end), ...(end.kind === 'name' ? end.fqdns : [])];
}
