import type { Plan } from '../../plan/plan';
import type { Finding, SpecPath } from '../../spec/finding';
import { groupedBy } from '../../text/group';
import { fails } from '../found';

/** A name that is an alias and something else besides. Source: RFC 1034, 3.6.2. */
export function recordConflict({ records, spec }: Plan): Finding[] {
  return [...groupedBy(records, ({ name }) => name)].flatMap(([name, own]) => {
    const said = own.map(
      ({ type, values }) => `${type} ${values.length === 0 ? '(assigned later)' : values.join(', ')}`,
    );
    const aliases = own.filter(({ type }) => type === 'CNAME');
    if (aliases.length === 0 || (own.length === 1 && (aliases[0]?.values.length ?? 0) < 2)) return [];
    const stated = spec.dns.records.flatMap((record, i): SpecPath[] =>
      record.name === name ? [['dns', 'records', i]] : [],
    );
    return [
      fails('RECORD_CONFLICT', {
        at: [...stated, ...own.map(({ source }) => source)],
        message: `${name} is to be ${said.join(' and ')}: a name that is a CNAME can be nothing else, and leads to one name`,
        fix: 'one of them',
      }),
    ];
  });
}
