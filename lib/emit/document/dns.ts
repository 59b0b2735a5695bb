import { Address } from '../../net/address';
import { PRIVATE } from '../../net/well-known';
import { addressesOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { cloudflareTunnels, tunnelTarget } from '../../plan/tunnel';
import { hasProxy, isManaged } from '../../plan/zone';
import { sortedEntries } from '../../text/compare';
import { list } from '../../text/list';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { sentence } from './words';

export function dns(plan: Plan): Chapter {
  return { title: 'DNS', blocks: [...zones(plan), ...records(plan), ...notesOf(plan, 'dns')] };
}

function zones(plan: Plan): string[] {
  const rows = sortedEntries(plan.spec.dns.zones).map(([name, zone]) => [
    code(name),
    sentence(zone.provider === 'none' ? 'not managed' : zone.provider),
    hasProxy(zone) ? 'yes' : 'no',
    hasProxy(zone)
      ? isTunnelled(plan, name)
        ? 'inside a tunnel: nothing of ours is dialled'
        : ORIGIN[zone.originTls]
      : '–',
  ]);
  return rows.length === 0
    ? []
    : [heading(3, 'Zones'), table(['Zone', 'Provider', 'Proxied', 'From the proxy to the nodes'], rows)];
}

const ORIGIN = {
  flexible: '`flexible`: plain HTTP',
  full: '`full`: TLS, certificate not verified',
  strict: '`strict`: TLS, certificate verified',
} as const;

/** Whether all that the proxy passes on for a zone travels in tunnels, so that it never calls an origin. */
function isTunnelled({ spec, records }: Plan, zone: string): boolean {
  const targets = new Set(cloudflareTunnels(spec).map(tunnelTarget));
  const passedOn = records.filter((record) => record.zone === zone && record.proxied).flatMap(({ values }) => values);
  return passedOn.length > 0 && passedOn.every((value) => targets.has(value));
}

/** What each public name must hold, by the plan. */
function records(plan: Plan): string[] {
  if (plan.records.length === 0) return [];
  const rows = plan.records.map(({ name, type, values, proxied, why }) => [
    code(name),
    type,
    values.length === 0 ? 'assigned at run time' : values.map(code).join(', '),
    proxied ? 'yes' : 'no',
    text(why),
  ]);
  const known = table(['Name', 'Type', 'Values', 'Proxied', 'For'], rows);
  return [
    heading(3, 'Public records'),
    known,
    ...byHand(plan),
    ...behindProxy(plan),
    ...inside(plan),
    ...homeless(plan),
  ];
}

function byHand({ records, spec }: Plan): string[] {
  const keepers = records.flatMap(({ zone }) => (zone === undefined ? [] : [spec.dns.zones[zone]?.provider ?? 'none']));
  const where = [...new Set(keepers.filter((provider) => provider !== 'none').map(sentence))];
  if (where.length === 0) return [];
  const byHand = `Nothing of this network writes them: make them by hand at ${list(where)}`;
  const own = new Set(
    Object.keys(spec.nodes).flatMap((node) =>
      Object.keys(spec.networks).flatMap((network) => addressesOf(spec, node, network).map(String)),
    ),
  );
  if (!records.some(({ values }) => values.some((value) => own.has(value)))) return [`${byHand}.`];
  return [
    `${byHand}, and change them as nodes come and go. The address of a node that is away stays an answer until it is taken out, and some requests are sent there in vain.`,
  ];
}

function behindProxy({ records }: Plan): string[] {
  if (!records.some(({ proxied }) => proxied)) return [];
  return ['A proxied name is answered with the proxy’s addresses; the values here are where the proxy sends requests.'];
}

/** Public answers that lead to private addresses. */
function inside({ records, spec }: Plan): string[] {
  const found = records.filter(({ values, proxied }) => !proxied && values.some(isPrivate));
  const own = ({ zone }: (typeof records)[number]) => zone !== undefined && spec.dns.zones[zone]?.provider === 'none';
  const names = found.filter((record) => !own(record)).map(({ name }) => code(name));
  const local = [...new Set(found.filter(own).map(({ name }) => code(name)))];
  const atHome =
    local.length === 0
      ? []
      : [
          `${list(local)} ${local.length === 1 ? 'leads' : 'lead'} to a private address, in a zone that is managed elsewhere: let the network’s own resolver answer for ${local.length === 1 ? 'it' : 'them'}, and no public one.`,
        ];
  if (names.length === 0) return atHome;
  return [
    ...atHome,
    `Anyone may ask for ${list([...new Set(names)])}, and the answer is a private address: it leads somewhere only on a network that has a route to it, and it tells everyone what that address is. Resolvers that guard against DNS rebinding drop such answers: name the zone as an exception there.`,
  ];
}

function isPrivate(value: string): boolean {
  const address = Address.tryParse(value);
  return address !== undefined && PRIVATE.contains(address);
}

function homeless({ records, spec }: Plan): string[] {
  const names = records.filter(({ zone }) => !isManaged(spec, zone)).map(({ name }) => code(name));
  if (names.length === 0) return [];
  return [`No zone that is managed here holds ${list([...new Set(names)])}: whoever answers for it must be told.`];
}
