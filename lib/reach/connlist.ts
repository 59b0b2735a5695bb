import { AddressSet } from '../net/address-set';
import { compareText } from '../text/compare';
import type { Endpoint, OutsideEndpoint } from './endpoint';
import { sentByIngress } from './ingress-backend';
import { testedLabels } from './pod-labels';
import { Reach } from './reach';
import type { Traffic } from './traffic';
import type { PodGroup, Workload } from './workload';
import type { World } from './world';

/** The pods of an ingress controller: nobody knows which they are, so that a policy lets them in only with everyone. */
const INGRESS_CONTROLLER = '{ingress-controller}';

/**
 * Who reaches whom by the text of the NetworkPolicy API alone, one line a pair, in the form of netpol-analyzer's
 * `connlist`: IPv4 only, no workload to itself, and pods of the host network like any others. Where there are Ingresses or
 * Routes, what their controller may send is told, too.
 */
export function connlist(world: World): string {
  const reach = new Reach(world, { engine: 'specification' });
  const lines: { from: string; to: string; text: string }[] = [];
  const outside = (universe: 'ingress' | 'egress') =>
    reach.universes[universe].outside.filter(({ range }) => range.family === 4);
  const pods = reach.endpoints;
  for (const from of [...outside('ingress'), ...pods]) {
    const verdictTo = reach.from(from);
    for (const to of [...(from.kind === 'outside' ? [] : outside('egress')), ...pods]) {
      if (isSameWorkload(from, to)) continue;
      const text = connections(verdictTo(to).allowed);
      if (text !== '') lines.push({ from: nameOf(from), to: nameOf(to), text });
    }
  }
  lines.push(...fromIngress(world));
  const printed = lines
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to))
    .map(({ from, to, text }) => `${from} => ${to} : ${text}\n`);
  return [...new Set(printed)].join('');
}

function fromIngress(world: World): { from: string; to: string; text: string }[] {
  if (world.backends.length === 0) return [];
  const reach = new Reach(withUnknownPod(world), { engine: 'specification' });
  const [unknown] = reach.endpoints.filter(({ id }) => id === UNKNOWN.id);
  if (unknown === undefined) return [];
  const verdictTo = reach.from(unknown);
  return reach.endpoints.flatMap((to) => {
    if (to.kind !== 'pods' || to === unknown) return [];
    const sent = sentByIngress(world.backends, world.services, to, world.labelsOf(to.group));
    const text = connections(sent.intersection(verdictTo(to).allowed));
    return text === '' ? [] : [{ from: INGRESS_CONTROLLER, to: to.workload.id, text }];
  });
}

const UNKNOWN_PODS: PodGroup = {
  namespace: INGRESS_CONTROLLER,
  labels: {},
  ports: [],
  tcpPorts: [],
  hostNetwork: false,
  serviceAccount: 'default',
  addresses: AddressSet.empty,
  names: [],
};
const UNKNOWN: Workload = {
  namespace: INGRESS_CONTROLLER,
  name: INGRESS_CONTROLLER,
  kind: 'Deployment',
  id: INGRESS_CONTROLLER,
  groups: [UNKNOWN_PODS],
  replicas: 1,
};

/** A pod without labels, in a namespace without any. */
function withUnknownPod(world: World): World {
  const own = testedLabels(UNKNOWN_PODS, {}, {});
  return {
    ...world,
    workloads: [...world.workloads, UNKNOWN],
    labelsOf: (group) => (group === UNKNOWN_PODS ? own : world.labelsOf(group)),
  };
}

function nameOf(endpoint: Endpoint): string {
  return endpoint.kind === 'outside'
    ? outsideName(endpoint)
    : endpoint.kind === 'pods'
      ? endpoint.workload.id
      : endpoint.id;
}

function outsideName({ range }: OutsideEndpoint): string {
  return `${range.first}-${range.last}[External]`;
}

function isSameWorkload(a: Endpoint, b: Endpoint): boolean {
  return a.kind === 'pods' && b.kind === 'pods' && a.workload === b.workload;
}

const SHOWN = ['tcp', 'udp', 'sctp'] as const;

/** `All Connections`, or protocols in alphabetical order with their ports: `TCP 80,443,UDP 53`. */
function connections(traffic: Traffic): string {
  if (traffic.isEmpty) return '';
  if (SHOWN.every((protocol) => traffic.holdsAll(protocol))) return 'All Connections';
  return SHOWN.filter((protocol) => traffic.values(protocol).length > 0)
    .map((protocol) => `${protocol.toUpperCase()} ${traffic.list(protocol, ',')}`)
    .sort()
    .join(',');
}
