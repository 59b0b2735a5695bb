import type { AddressSet } from '../../net/address-set';
import type { Plan } from '../../plan/plan';
import { sortedEntries } from '../../text/compare';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { entrances, frontAddresses, hasProxy, isProxied, recordOf } from './entrance';
import { each, sentence } from './words';

export function dns(plan: Plan): Chapter {
  return { title: 'DNS', blocks: [...zones(plan), ...records(plan), ...notesOf(plan, 'dns')] };
}

function zones({ spec }: Plan): string[] {
  const rows = sortedEntries(spec.dns.zones).map(([name, zone]) => [
    code(name),
    sentence(zone.provider === 'none' ? 'not managed' : zone.provider),
    hasProxy(zone) ? 'yes' : 'no',
    hasProxy(zone) ? ORIGIN[zone.originTls] : '–',
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

/** What each public name must hold: the addresses that its ingress answers on, and what the spec states besides. */
function records(plan: Plan): string[] {
  const rows = new Map<string, string[]>();
  for (const entrance of entrances(plan)) {
    if (recordOf(plan.spec, entrance.host) !== undefined) continue;
    const proxied = isProxied(plan.spec, entrance.host) ? 'yes' : 'no';
    for (const [type, value] of values(frontAddresses(plan, entrance))) {
      rows.set(`${entrance.host} ${type}`, [
        code(entrance.host),
        type,
        value,
        proxied,
        `ingress to ${code(entrance.app)}`,
      ]);
    }
  }
  const own = plan.spec.dns.records.map(({ name, type, value, proxied, purpose }) => [
    code(name),
    type,
    code(value),
    proxied ? 'yes' : 'no',
    text(purpose ?? ''),
  ]);
  const all = [...rows.values(), ...own];
  if (all.length === 0) return [];
  const proxied = all.some((row) => row[3] === 'yes')
    ? ['A proxied name is answered with the proxy’s addresses; the values here are where the proxy sends requests.']
    : [];
  return [heading(3, 'Public records'), table(['Name', 'Type', 'Values', 'Proxied', 'For'], all), ...proxied];
}

function values(set: AddressSet): [string, string][] {
  if (set.isEmpty) return [['A', 'assigned at run time']];
  return set.families().map((family) => [family === 4 ? 'A' : 'AAAA', each(set.family(family)).map(code).join(', ')]);
}
