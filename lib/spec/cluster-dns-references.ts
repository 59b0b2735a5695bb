import { Address } from '../net/address';
import type { Prefix } from '../net/prefix';
import { tenthOf } from './cluster-dns';
import { invalid } from './faults';
import type { Finding } from './finding';
import { valueAt } from './walk';

const AT = ['k3s', 'clusterDns'];

/** An address of cluster DNS that no Service can have. One outside the ranges of its family is found from the plan. */
export function clusterDnsFindings(raw: unknown, services: readonly Prefix[]): Finding[] {
  const text = valueAt(raw, AT);
  const address = typeof text === 'string' ? Address.tryParse(text) : undefined;
  const [first] = services;
  // One that cannot be read is reported by itself, and where none is written a right one is taken.
  if (address === undefined || first === undefined) return [];
  const range = services.find(({ family }) => family === address.family);
  if (range === undefined) {
    const problem = `cluster DNS has the IPv${address.family} address ${address}, and Services have IPv${first.family} addresses alone (${services.join(', ')})`;
    return [invalid(AT, problem, String(tenthOf(first)))];
  }
  const use = takenFor(address, range);
  return use === undefined
    ? []
    : [invalid(AT, `${address} is ${use} of the Service range ${range}`, String(tenthOf(range)))];
}

/** Source: Kubernetes pkg/registry/core/service/ipallocator, which gives out neither end; pkg/controlplane/services.go. */
function takenFor(address: Address, range: Prefix): string | undefined {
  if (address.equals(range.first)) return 'the network address';
  if (address.equals(range.first.plus(1))) return "the first address, which is the Kubernetes API's Service,";
  if (range.broadcast?.equals(address)) return 'the last address, which no Service is given,';
  return undefined;
}
