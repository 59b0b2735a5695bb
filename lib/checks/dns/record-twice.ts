import { Address } from '../../net/address';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import type { Finding } from '../../spec/finding';
import { groupedBy } from '../../text/group';
import { warns } from '../found';

type Stated = Cluster['dns']['records'][number];

/** One record that the spec states more than once; providers refuse the second. Source: Cloudflare API, error 81058. */
export function recordTwice({ spec }: Plan): Finding[] {
  const byContent = groupedBy(
    spec.dns.records.entries(),
    ([, record]) => `${record.name} ${record.type} ${contentOf(record)}`,
  );
  return [...byContent.values()].flatMap((same) => {
    const [first, ...others] = same.map(([, record]) => record);
    if (first === undefined || others.length === 0) return [];
    const differ = others.some(({ proxied }) => proxied !== first.proxied);
    return [
      warns('RECORD_CONFLICT', {
        at: same.map(([i]) => ['dns', 'records', i]),
        message: `the record ${first.name} ${first.type} ${contentOf(first)} is stated ${same.length === 2 ? 'twice' : `${same.length} times`}${
          differ ? ', proxied and not' : ''
        }: providers take it once`,
        fix: 'one of them',
      }),
    ];
  });
}

/** An address in its one form; names are compared without case and final dot. Source: RFC 4343; RFC 5952. */
function contentOf({ value }: Stated): string {
  const address = Address.tryParse(value);
  return address === undefined ? value.toLowerCase().replace(/\.$/, '') : String(address);
}
