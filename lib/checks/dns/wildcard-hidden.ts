import type { Plan } from '../../plan/plan';
import { zoneOf } from '../../plan/zone';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails } from '../found';

/**
 * Names that a wildcard seems to cover, and that a name below or beside them takes out of it: a wildcard answers only
 * below the closest name that exists, empty ones included. Source: RFC 4592, 2.2.2 and 3.3.1.
 */
export function wildcardHidden({ spec, hosts, records }: Plan): Finding[] {
  const owned = new Set(records.map(({ name }) => name));
  const places = new Map<string, { name: string; source: SpecPath }>();
  for (const { name, source, zone } of records) {
    if (zone === undefined) continue;
    for (const one of [name, ...ancestors(name, zone)]) if (!places.has(one)) places.set(one, { name, source });
  }
  const asked = [...new Map(hosts.map((one) => [one.host, one])).values()];
  return asked.flatMap(({ host, source }) => {
    const zone = zoneOf(spec, host)?.name;
    if (zone === undefined || owned.has(host) || host.startsWith('*')) return [];
    const above = ancestors(host, zone);
    const closest = places.has(host) ? host : (above.find((one) => places.has(one)) ?? zone);
    const answered = closest !== host && owned.has(`*.${closest}`);
    const wildcard = above.map((one) => `*.${one}`).find((one) => owned.has(one) && one !== `*.${closest}`);
    if (answered || wildcard === undefined) return [];
    const hider = places.get(closest);
    const stated = places.get(wildcard);
    if (hider === undefined || hider.name === wildcard) return [];
    return [
      fails('WILDCARD_HIDDEN', {
        at: [source, hider.source, ...(stated === undefined ? [] : [stated.source])],
        message: `${host} has no record of its own, and ${wildcard} does not answer for it: ${hider.name} makes ${closest} a name that exists, which no wildcard above it covers (RFC 4592)`,
        fix: `a record of its own for ${host}`,
      }),
    ];
  });
}

/** The names above one, the nearest first, down to its zone. */
function ancestors(name: string, zone: string): string[] {
  const found: string[] = [];
  for (let up = name; up !== zone && up.includes('.'); ) {
    up = up.slice(up.indexOf('.') + 1);
    found.push(up);
  }
  return found;
}
