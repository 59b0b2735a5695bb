import type { Note } from '../../plan/declares';
import { printEndpoint, printSelector } from '../../plan/endpoint';
import { sourceEndpoint } from '../../plan/source-endpoint';
import type { Cluster } from '../../spec/cluster';
import type { Source } from '../../spec/fields';
import { entrypoints, innerPorts } from './entrypoints';
import type { TraefikOptions } from './options';
import { ingressAddress } from './values';

/** How a request gets in, for the document. */
export function traefikNotes(options: TraefikOptions, spec: Cluster): Note[] {
  const lines = [
    ...(options.mode === 'host-network' ? hostNetworkLines(options, spec) : loadBalancerLines(options)),
    `Traefik balances by itself: it dials an app's pods, not the address of its Service.`,
    trustLine(options, spec),
  ];
  return [{ section: 'ingress', title: 'How a request gets in', text: lines.join('\n') }];
}

function hostNetworkLines(options: TraefikOptions, spec: Cluster): string[] {
  const outer = entrypoints(options).map(({ dialled }) => dialled);
  const inner = innerPorts(options)
    .map(({ port }) => port)
    .sort((a, b) => a - b);
  return [
    `Traefik runs as a DaemonSet on ${printSelector(options.nodes)}, in the node's own network, and binds the node's ports ${list(outer)} as user ${options.runAsUser}.`,
    `No Service lies in the path, so Traefik sees the address of whoever dialled the node.`,
    `It also binds ${list(inner)} for probes and metrics on every address of the node; no flow opens them.`,
    `An update replaces the pod of one node at a time; for those seconds that node refuses connections.`,
    `Every Ingress shows ${ingressAddress(options, spec)} as its address, because Traefik can name one only; the other nodes answer all the same.`,
  ];
}

function loadBalancerLines(options: TraefikOptions): string[] {
  const pairs = entrypoints(options).map(({ dialled, bound }) => `${dialled} → ${bound}`);
  const pods =
    options.workload === 'daemonset' ? `A pod on ${printSelector(options.nodes)}` : `${options.workload.replicas} pods`;
  return [`${pods} behind a Service of type LoadBalancer: ${list(pairs)}.`];
}

function trustLine(options: TraefikOptions, spec: Cluster): string {
  const names = options.trustForwardedFrom.map((source: Source) => printEndpoint(sourceEndpoint(spec, source)));
  if (names.length === 0) return 'Headers that claim another client address are dropped, whoever sends them.';
  return `Headers that claim another client address are believed from ${list(names)} alone.`;
}

function list(items: readonly (string | number)[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${String(items.at(-1))}`;
}
