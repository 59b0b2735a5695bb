import { Address } from '../../net/address';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import type { Finding } from '../../spec/finding';
import { warns } from '../found';

type Stated = Cluster['dns']['records'][number];

/** One record that the spec states more than once; providers refuse the second. Source: Cloudflare API, error 81058. */
export function recordTwice({ spec }: Plan): Finding[] {
  const byContent = new Map<string, number[]>();
  for (const [i, record] of spec.dns.records.entries()) {
    const key = `${record.name} ${record.type} ${contentOf(record)}`;
    byContent.set(key, [...(byContent.get(key) ?? []), i]);
  }
  return [...byContent.values()].flatMap((places) => {
    const [first, ...others] = places.flatMap((i) => spec.dns.records[i] ?? []);
    if (first === undefined || others.length === 0) return [];
    const differ = others.some(({ proxied }) => proxied !== first.proxied);
    return [
      warns('RECORD_CONFLICT', {
        at: places.map((i) => ['dns', 'records', i]),
        message: `the record ${first.name} ${first.type} ${contentOf(first)} is stated ${places.length === 2 ? 'twice' : `${places.length} times`}${
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
