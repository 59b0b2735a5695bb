import type { Family } from '../../net/address';
import { poolsOf } from '../../plan/pool';
import { addressOf, nodeAddresses, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { runsK3s } from '../../spec/orchestrator';
import type { Finding } from '../../spec/finding';
import { sortedEntries } from '../../text/compare';
import { fails, familyNames, listed } from '../found';

/**
 * The half of an address plan that has no other half: pools and storage without Services of their family, virtual addresses
 * without nodes of theirs.
 */
export function familyMismatch(plan: Plan): Finding[] {
  return runsK3s(plan.spec) ? [...pools(plan), ...objects(plan), ...virtualApi(plan)] : [];
}

/** Source: Kubernetes docs, IPv4/IPv6 dual-stack: a Service has the families of the Service ranges, and so has its ingress address. */
function pools({ spec }: Plan): Finding[] {
  const known = families(spec.k3s.serviceCidrs);
  return poolsOf(spec).flatMap(({ name, addresses, source }) => {
    const odd = addresses.families().filter((family) => !known.includes(family));
    if (odd.length === 0) return [];
    const rest = known.map((family) => addresses.family(family)).filter((part) => !part.isEmpty);
    return [
      fails('FAMILY_MISMATCH', {
        at: [source, ['k3s', 'serviceCidrs']],
        message: `pool ${name} has the ${familyNames(odd)} addresses ${odd.map((one) => addresses.family(one)).join(', ')}, and Services have ${familyNames(known)} alone (${spec.k3s.serviceCidrs.join(', ')})`,
        fix: rest.length > 0 ? rest.join(', ') : `${familyNames(odd)} ranges in k3s.clusterCidrs and k3s.serviceCidrs`,
      }),
    ];
  });
}

/** MinIO listens at the first address of each node, and a Service has no endpoints of a family that is not its own. */
function objects({ spec }: Plan): Finding[] {
  const known = families(spec.k3s.serviceCidrs);
  return sortedEntries(spec.storage).flatMap(([name, one]) => {
    if (one.kind !== 'minio') return [];
    const own = selectNodes(spec, one.nodes).map((node) => addressOf(spec, node, one.network));
    const odd = families(own);
    if (odd.some((family) => known.includes(family))) return [];
    return [
      fails('FAMILY_MISMATCH', {
        at: [
          ['storage', name, 'network'],
          ['k3s', 'serviceCidrs'],
        ],
        message: `${name} listens at ${listed(own.map(String))} on ${one.network}, and Services have ${familyNames(known)} alone (${spec.k3s.serviceCidrs.join(', ')}): pods that call its Service find nobody`,
        fix: `a network on which these nodes have ${familyNames(known)} addresses, or such addresses on ${one.network}`,
      }),
    ];
  });
}

function virtualApi({ spec }: Plan): Finding[] {
  const endpoint = spec.api.endpoint;
  if (endpoint === undefined || !('vip' in endpoint)) return [];
  const { vip, network } = endpoint;
  const servers = nodeAddresses(spec, 'servers', network);
  if (servers.isEmpty || servers.families().includes(vip.family)) return [];
  const known = servers.families();
  return [
    fails('FAMILY_MISMATCH', {
      at: [['api', 'endpoint', 'vip']],
      message: `the API's virtual address ${vip} is ${familyNames([vip.family])}, and the servers have ${familyNames(known)} alone on ${network} (${servers})`,
      fix: `an ${familyNames(known)} address of ${network}`,
    }),
  ];
}

const families = (ranges: readonly { readonly family: Family }[]) =>
  [...new Set(ranges.map(({ family }) => family))].sort();
