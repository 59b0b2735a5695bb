import type { Plan } from '../../plan/plan';
import { zoneOf } from '../../plan/zone';
import type { Finding, SpecPath } from '../../spec/finding';
import { warns } from '../found';

/** Names in no zone of a spec that has zones: nobody is told to answer for them. */
export function hostOutsideZones({ spec, hosts }: Plan): Finding[] {
  const zones = Object.keys(spec.dns.zones);
  if (zones.length === 0) return [];
  const named = [
    ...hosts.map(({ host, source }) => ({ name: host, at: source })),
    ...spec.dns.records.map(({ name }, i) => ({ name, at: ['dns', 'records', i, 'name'] as SpecPath })),
  ];
  const once = new Map(named.map((one) => [one.name, one]));
  return [...once.values()]
    .filter(({ name }) => zoneOf(spec, name.replace(/^\*\./, '')) === undefined)
    .map(({ name, at }) =>
      warns('HOST_OUTSIDE_ZONES', {
        at: [at, ['dns', 'zones']],
        message: `${name} lies in none of the zones ${zones.join(', ')}: no record is written for it, and nothing is known of who answers`,
        fix: `a name in one of them, or a zone that holds ${name}`,
      }),
    );
}
