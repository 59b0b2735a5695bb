import { compareText } from '../text/compare';
import type { Endpoint, OutsideEndpoint } from './endpoint';
import { Reach } from './reach';
import type { Traffic } from './traffic';
import type { World } from './world';

/**
 * Who reaches whom by the text of the NetworkPolicy API alone, one line a pair, in the form of netpol-analyzer's
 * `connlist`: IPv4 only, no workload to itself, and pods of the host network like any others.
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
  const printed = lines
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to))
    .map(({ from, to, text }) => `${from} => ${to} : ${text}\n`);
  return [...new Set(printed)].join('');
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
