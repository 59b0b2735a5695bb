import { Address } from '../../net/address';
import type { Note } from '../../plan/declares';
import type { LoadBalancerService } from '../../plan/load-balancer';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { code, fenced, table } from '../../text/markdown';
import type { TailscaleOptions } from './options';
import { tailnetPolicy } from './policy';
import { answering, routesOf, unreached, type Reached } from './routes';

/** What devices of the tailnet reach, and what its policy must say, for the document. */
export function tailscaleNotes(
  options: TailscaleOptions,
  spec: Cluster,
  services: readonly LoadBalancerService[],
): Note[] {
  return [
    { section: 'ingress', title: 'From the tailnet', text: reach(options, spec, services).join('\n\n') },
    { section: 'operations', title: 'The tailnet', text: operation(options).join('\n\n') },
  ];
}

function reach(options: TailscaleOptions, spec: Cluster, services: readonly LoadBalancerService[]): string[] {
  const routes = routesOf(options, spec);
  const rows = routes.map((route) => [
    code(String(route.prefix)),
    code(route.connector),
    route.reaches.length === 0 ? 'nothing that is known here' : route.reaches.map(printReached).join('; '),
    answering(route, spec, services).map(printReached).join('; ') || '–',
  ]);
  const missed = unreached(options, spec);
  const reached = routes.flatMap(({ reaches }) => reaches);
  const nodes = [...new Set(reached.flatMap(({ kind, what }) => (kind === 'node' ? [what] : [])))];
  return [
    `Devices of the tailnet (${code(tailnet(options, spec))}) reach these prefixes by a connector, a pod that puts its own address in place of the device’s:`,
    ...(rows.length === 0
      ? []
      : [table(['Route', 'Connector', 'What lies in it', 'Who answers at a virtual address'], rows)]),
    'On the way a packet takes: the device sends it, encrypted by WireGuard, to the connector’s pod; the pod calls the Service or the load balancer’s address; from there on it goes as if a pod had called.',
    ...names(options, spec),
    missed.length === 0
      ? 'Every address that a load balancer gives out lies in a route.'
      : `**Not in any route**, so that devices of the tailnet do not find them: ${missed.map(printReached).join('; ')}.`,
    ...(nodes.length === 0
      ? []
      : [`The routes also lead to ${nodes.join(', ')}; the nodes’ firewall decides about those calls.`]),
    ...exits(options),
  ];
}

/** Public names whose address lies in a route: devices of the tailnet need no names of their own. */
function names(options: TailscaleOptions, spec: Cluster): string[] {
  const routes = routesOf(options, spec);
  const found = spec.dns.records.flatMap(({ name, value }) => {
    const address = Address.tryParse(value);
    const route = address === undefined ? undefined : routes.find(({ prefix }) => prefix.contains(address));
    return route === undefined ? [] : [`${code(name)} is ${code(value)}, which ${code(String(route.prefix))} covers`];
  });
  return found.length === 0 ? [] : [`Names lead there too: ${found.join('; ')}.`];
}

function exits(options: TailscaleOptions): string[] {
  const names = sortedEntries(options.connectors).flatMap(([name, { exitNode }]) => (exitNode ? [code(name)] : []));
  return names.length === 0 ? [] : [`Devices may send all their traffic through ${names.join(', ')}.`];
}

function printReached({ what, addresses }: Reached): string {
  const all = String(addresses).split(', ').map(code);
  return `${what} (${all.join(', ')})`;
}

function tailnet(options: TailscaleOptions, spec: Cluster): string {
  const network = spec.networks[options.network];
  return network?.kind === 'tailnet' ? String(network.prefix) : options.network;
}

function operation(options: TailscaleOptions): string[] {
  return [
    'A route serves nobody until the tailnet approves it. These lines of its policy do so, and let the operator tag its devices; merge them into what the policy holds:',
    fenced('json', tailnetPolicy(options)),
    'The operator’s OAuth client needs write access to the scopes Devices Core, Auth Keys and Services, each with the tag `tag:k8s-operator`. The policy’s grants or ACLs decide which device may call which address: by default everything may.',
    'Linux devices take routes only with `tailscale set --accept-routes`; other systems do so by themselves. A device that stands on a network of its own with the same addresses should not: it would send what is for its neighbours into the tailnet.',
    `The connectors need no port of the nodes or of the router. ${code('kubectl get connector')} shows their state, ${code(`kubectl -n ${options.namespace} logs -l app=operator --tail=20`)} what the operator does.`,
  ];
}
