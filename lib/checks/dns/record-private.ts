import { AddressSet } from '../../net/address-set';
import { classify } from '../../net/classify';
import type { Plan } from '../../plan/plan';
import type { PublicRecord } from '../../plan/public-record';
import { isManaged } from '../../plan/zone';
import type { Finding } from '../../spec/finding';
import { groupedBy } from '../../text/group';
import { fails, listed, warns } from '../found';
import { unroutedIn } from './unrouted';

/** Public records of addresses that the internet does not lead to: the same addresses are reported once, for all their names. */
export function recordPrivate(plan: Plan): Finding[] {
  const { spec, records } = plan;
  const unrouted = unroutedIn(plan);
  // Many names share the addresses of one ingress.
  const byValues = groupedBy(records, ({ zone, values, proxied }) => {
    // Of a zone without a provider nobody says that it is public.
    if (!isManaged(spec, zone)) return undefined;
    return `${values.join()} ${String(proxied)}`;
  });
  const found = new Map<string, Unreachable>();
  for (const records of byValues.values()) {
    const [{ values, proxied } = { values: [], proxied: false }] = records;
    const addresses = AddressSet.of(...values.flatMap((value) => unrouted(value) ?? []));
    if (addresses.isEmpty) continue;
    const key = `${addresses} ${String(proxied)}`;
    const known = found.get(key);
    found.set(key, { addresses, proxied, records: [...(known?.records ?? []), ...records] });
  }
  return [...found.values()].map(finding);
}

/** Addresses that the internet does not lead to, and the records that hold them. */
interface Unreachable {
  readonly addresses: AddressSet;
  readonly proxied: boolean;
  readonly records: readonly PublicRecord[];
}

function finding({ addresses, proxied, records }: Unreachable): Finding {
  const names = [...new Set(records.map(({ name }) => name))];
  const [first] = addresses.ranges();
  const kind = first === undefined ? '' : classify(first.first);
  const what = `${addresses.size === 1n ? `the ${kind} address` : `the ${kind} addresses`} ${addresses}`;
  return (proxied ? fails : warns)('RECORD_PRIVATE', {
    at: records.map(({ source }) => source),
    message: proxied
      ? `Cloudflare is to fetch ${listed(names)} from ${what}, which it cannot reach`
      : `public DNS tells everyone that ${listed(names)} ${names.length === 1 ? 'is' : 'are'} at ${what}: nobody outside reaches it, it tells how the network is built, and resolvers that guard against rebinding leave it out`,
    fix: proxied
      ? 'an address that the internet leads to, or a tunnel'
      : 'a resolver of the network itself for these names, or a tunnel',
  });
}
