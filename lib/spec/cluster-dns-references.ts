import { Address } from '../net/address';
import type { Prefix } from '../net/prefix';
import { K3S_CLUSTER_DNS } from '../net/well-known';
import { invalid } from './faults';
import type { Finding } from './finding';
import { valueAt } from './walk';

const AT = ['k3s', 'clusterDns'];
/** K3s takes the tenth address where none is named. Source: k3s pkg/cli/server, GetIndexedIP. */
const TENTH = 10;

/** An address of cluster DNS that no Service can have. One outside the ranges of its family is found from the plan. */
export function clusterDnsFindings(raw: unknown, services: readonly Prefix[]): Finding[] {
  const text = valueAt(raw, AT) ?? K3S_CLUSTER_DNS;
  const address = typeof text === 'string' ? Address.tryParse(text) : undefined;
  const [first] = services;
  // One that cannot be read is reported by itself.
  if (address === undefined || first === undefined) return [];
  const range = services.find(({ family }) => family === address.family);
  if (range === undefined) {
    const problem = `cluster DNS has the IPv${address.family} address ${address}, and Services have IPv${first.family} addresses alone (${services.join(', ')})`;
    return [invalid(AT, problem, tenthOf(first))];
  }
  const use = takenFor(address, range);
  return use === undefined ? [] : [invalid(AT, `${address} is ${use} of the Service range ${range}`, tenthOf(range))];
}

/** Source: Kubernetes pkg/registry/core/service/ipallocator, which gives out neither end; pkg/controlplane/services.go. */
function takenFor(address: Address, range: Prefix): string | undefined {
  if (address.equals(range.first)) return 'the network address';
  if (address.equals(range.first.plus(1))) return "the first address, which is the Kubernetes API's Service,";
  if (range.broadcast?.equals(address)) return 'the last address, which no Service is given,';
  return undefined;
}

function tenthOf(range: Prefix): string {
  return String(range.first.plus(Math.min(TENTH, Number(range.size) - 2)));
}
