import type { Note } from '../../plan/declares';
import { printEndpoint, printSelector } from '../../plan/endpoint';
import { sourceEndpoint } from '../../plan/source-endpoint';
import type { Cluster } from '../../spec/cluster';
import type { Source } from '../../spec/fields';
import { servicelbOf } from '../../plan/balanced-service';
import { sortedEntries } from '../../text/compare';
import { list } from '../../text/list';
import { code } from '../../text/markdown';
import { entrypoints, innerPorts } from './entrypoints';
import type { TraefikOptions } from './options';
import { frontServices, mainService, type FrontService } from './services';
import { ingressAddress } from './values';

/** How a request gets in, for the document. */
export function traefikNotes(options: TraefikOptions, spec: Cluster): Note[] {
  const lines = [
    ...(options.mode === 'host-network' ? hostNetworkLines(options, spec) : loadBalancerLines(options, spec)),
    `Traefik balances by itself: it dials an app's pods, not the address of its Service.`,
    trustLine(options, spec),
    ...plainLines(options),
  ];
  const tls = tlsLines(options);
  return [
    { section: 'ingress', title: 'How a request gets in', text: lines.join('\n') },
    ...(tls.length === 0 ? [] : [{ section: 'ingress' as const, title: 'How TLS is spoken', text: tls.join('\n') }]),
  ];
}

/** What is asked of clients, and of the apps that end TLS themselves. */
function tlsLines({ tlsOptions, transports }: TraefikOptions): string[] {
  const clients = sortedEntries(tlsOptions).map(([name, option]) => {
    const whose =
      name === 'default' ? 'Every host that names no other options' : `Hosts with the options ${code(name)}`;
    const says = [
      ...(option.minVersion === undefined ? [] : [`from ${option.minVersion} on`]),
      ...(option.maxVersion === undefined ? [] : [`up to ${option.maxVersion}`]),
      ...(option.cipherSuites.length === 0 ? [] : [`up to TLS 1.2 by ${list(option.cipherSuites)} alone`]),
      ...(option.sniStrict ? ['for names alone that a certificate is there for'] : []),
      ...(option.clientAuth === undefined ? [] : [`with ${option.clientAuth.type} of clients`]),
    ];
    return `- ${whose}: ${says.length === 0 ? 'as Traefik does by itself' : says.join(', ')}.`;
  });
  const apps = sortedEntries(transports).map(([app, { insecureSkipVerify, serverName, rootCas, dialTimeout }]) => {
    const says = [
      ...(insecureSkipVerify
        ? ['its certificate is **not checked**, so that whoever answers in its place is believed']
        : []),
      ...(serverName === undefined ? [] : [`its certificate must bear ${code(serverName)}`]),
      ...(rootCas.length === 0
        ? []
        : [`signed by ${list(rootCas.map((one) => code('secret' in one ? one.secret : one.configMap)))}`]),
      ...(dialTimeout === undefined ? [] : [`connecting may take ${dialTimeout}`]),
    ];
    return `- To ${code(app)}: ${says.length === 0 ? 'as its transport says' : says.join(', ')}.`;
  });
  return [...clients, ...apps];
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

function loadBalancerLines(options: TraefikOptions, spec: Cluster): string[] {
  const pods =
    options.workload === 'daemonset' ? `a pod on ${printSelector(options.nodes)}` : `${options.workload.replicas} pods`;
  const services = frontServices(options, spec);
  const main = mainService(options, spec);
  return [
    `Traefik runs as ${pods}, behind ${services.length === 1 ? 'a Service' : `${services.length} Services`} of type LoadBalancer:`,
    '',
    ...services.map((service) => `- ${serviceLine(service, spec)}`),
    '',
    ...(services.length > 1 && main !== undefined
      ? [
          `An Ingress that names no entrypoint is served by \`${main.name}\` alone, whose address every Ingress shows; for another, set the annotation \`traefik.ingress.kubernetes.io/router.entrypoints\`.`,
        ]
      : []),
  ];
}

function serviceLine({ name, balanced, entrypoints: reached }: FrontService, spec: Cluster): string {
  const pairs = reached.map((one) => `${one.name} ${one.dialled} → ${one.bound}`);
  const address =
    servicelbOf(spec) === undefined ? `on ${String(balanced.addresses ?? 'any address of its pool')}` : 'on the nodes';
  const policy =
    balanced.externalTrafficPolicy === 'Local'
      ? 'only nodes with a pod answer, and Traefik sees the client’s own address'
      : 'any node answers, and Traefik may see a node’s address in place of the client’s';
  return `\`${name}\` ${address}: ${list(pairs)}; ${policy}`;
}

function trustLine(options: TraefikOptions, spec: Cluster): string {
  const names = options.trustForwardedFrom.map((source: Source) => printEndpoint(sourceEndpoint(spec, source)));
  if (names.length === 0) return 'Headers that claim another client address are dropped, whoever sends them.';
  return `Headers that claim another client address are believed from ${list(names)} alone.`;
}

/** An Ingress with TLS listens where there is TLS alone: Traefik's router for it is one with TLS. */
function plainLines(options: TraefikOptions): string[] {
  const plain = entrypoints(options).filter(({ name, tls }) => !tls && options.redirects[name] === undefined);
  if (plain.length === 0 || entrypoints(options).every(({ tls }) => !tls)) return [];
  const names = list(plain.map(({ name, dialled }) => `\`${name}\` (${dialled})`));
  return [
    `A host whose Ingress has TLS is not served in plain: on ${names} its callers get 404. To send them on to HTTPS state \`redirects\` of this ingress.`,
  ];
}
