import { AddressSet } from '../../net/address-set';
import { CONTAINERS, PODS, SERVICES, type Claim, type NetworkName } from '../../plan/claim';
import { podFamilies } from '../../plan/cluster-ranges';
import type { Plan } from '../../plan/plan';
import { runsK3s } from '../../spec/orchestrator';
import { sortedEntries } from '../../text/compare';
import { code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { facts, path } from './words';

/** Above this many ranges the free part of a network is told by its number alone. */
const MOST_FREE = 6;

export function addresses(plan: Plan): Chapter {
  const told = sortedEntries(plan.spec.networks).flatMap(([name, { notes }]) => (notes.length > 0 ? [name] : []));
  const networks = [...new Set([...plan.claims.map(({ network }) => network), ...told])];
  const known = [...Object.keys(plan.spec.networks), PODS, SERVICES];
  const order = [
    ...known.filter((name) => networks.includes(name)),
    ...networks.filter((name) => !known.includes(name)),
  ];
  return { title: 'Addresses', blocks: [...order.flatMap((network) => group(plan, network)), ...families(plan)] };
}

function group(plan: Plan, network: NetworkName): string[] {
  const claims = plan.claims.filter((claim) => claim.network === network);
  const whole = claims.filter((claim) => claim.within === undefined && claim.owner === network);
  const rows = claims.map((claim) => [
    claim.addresses.toString().split(', ').map(code).join(', '),
    text(claim.owner),
    text(claim.purpose),
    path(claim.source),
  ]);
  return [
    heading(3, title(network)),
    ...(rows.length > 0 ? [table(['Addresses', 'Owner', 'For', 'Stated in'], rows)] : []),
    ...free(whole, claims),
    ...facts(plan.spec.networks[network]?.notes ?? []),
  ];
}

function title(network: NetworkName): string {
  if (network === PODS) return 'Pod addresses';
  if (network === SERVICES) return 'Service addresses';
  if (network === CONTAINERS) return 'Addresses of containers';
  return `On ${code(network)}`;
}

/** What of a network's prefix nobody has claimed. A pool to assign from is worth knowing; of a public network there is none. */
function free(whole: readonly Claim[], claims: readonly Claim[]): string[] {
  if (whole.length === 0) return [];
  const prefixes = AddressSet.of(...whole.map((claim) => claim.addresses));
  const taken = AddressSet.of(...claims.filter((claim) => !whole.includes(claim)).map((claim) => claim.addresses));
  const hosts = AddressSet.of(...prefixes.prefixes().map((prefix) => AddressSet.hostsOf(prefix)));
  const left = hosts.difference(taken);
  if (left.isEmpty) return ['Nothing is free.'];
  const ranges = left
    .ranges()
    .map(({ first, last }) => (first.equals(last) ? code(String(first)) : code(`${first}-${last}`)));
  return ranges.length > MOST_FREE
    ? [`${left.size} addresses are free, in ${ranges.length} ranges.`]
    : [`Free: ${ranges.join(', ')} (${left.size} addresses).`];
}

function families({ spec }: Plan): string[] {
  if (!runsK3s(spec)) return [];
  const pods = podFamilies(spec);
  if (pods.length > 1) return ['Pods and Services have IPv4 and IPv6 addresses.'];
  return [`Pods and Services have IPv${pods.join('')} addresses only.`];
}
