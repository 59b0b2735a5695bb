import { AddressSet } from '../net/address-set';
import { readable } from '../net/error';
import { invalid } from './faults';
import type { Finding, SpecPath } from './finding';
import type { Names } from './names';
import { clusterRanges } from './range-references';
import { valueAt } from './walk';

/** Parties that are said to be outside, and have addresses of the cluster's own pods or Services: no policy finds those by address. */
export function outsideFindings(raw: unknown, names: Names): Finding[] {
  if (valueAt(raw, ['k3s']) === undefined) return [];
  const [pods, services] = [clusterRanges(raw, 'clusterCidrs'), clusterRanges(raw, 'serviceCidrs')];
  // A range that cannot be read is reported by itself.
  if (pods === undefined || services === undefined) return [];
  return names('outside party').flatMap((party): Finding[] => {
    const at: SpecPath = ['outside', party, 'addresses'];
    const addresses = written(valueAt(raw, at));
    if (addresses === undefined || addresses.isEmpty) return [];
    for (const [whose, own] of [
      ['pods', pods],
      ['Services', services],
    ] as const) {
      if (!AddressSet.of(...own).contains(addresses)) continue;
      const problem = `${addresses} lies in ${own.join(' and ')}, which this cluster gives to its own ${whose}`;
      return [invalid(at, problem, 'name what is called in needs, as app or workload, and take the party out')];
    }
    return [];
  });
}

function written(text: unknown): AddressSet | undefined {
  if (typeof text !== 'string' && !Array.isArray(text)) return undefined;
  return readable(() => AddressSet.parse([text].flat().join(',')));
}
