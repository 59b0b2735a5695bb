import { printCapability, type CapabilityName, type Provided } from '../../plan/capability';
import { FIREWALL } from '../../plan/host-firewall';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { groupedBy } from '../../text/group';

const LOAD_BALANCERS = 'an entry in loadBalancers: servicelb, metallb, kube-vip or cilium';

/** What has to be in the spec for a function to have an owner, where an option chooses it. */
const CHOSEN_BY: Readonly<Partial<Record<CapabilityName, string>>> = {
  'api-address': 'an entry of kind kube-vip in loadBalancers, with controlPlane',
  'cluster-dns': 'take coredns out of k3s.disable',
  'load-balancer-addresses': LOAD_BALANCERS,
  'load-balancer-announcement': LOAD_BALANCERS,
};

/** A function of the cluster with two owners, or one that is needed and has none. */
export function capabilityOwners(plan: Plan): Finding[] {
  const owners = groupedBy(plan.provided, printCapability);
  const twice = [...owners].flatMap(([name, [first, ...others]]): Finding[] => {
    if (first === undefined || others.length === 0) return [];
    const all = [first, ...others];
    const isAlone = others.every(({ owner }) => owner === first.owner);
    return [
      {
        code: 'CAPABILITY_TWICE',
        severity: 'error',
        at: all.map((one) => one.source),
        message: isAlone
          ? `${first.owner} is given ${name} twice`
          : `${all.map((one) => one.owner).join(' and ')} both own ${name}`,
        fix: givenUp(first, others) ?? (isAlone ? 'take one of them out' : `leave ${name} to one of them`),
      },
    ];
  });
  const missing = plan.required.flatMap((need): Finding[] => {
    const name = printCapability(need);
    if (owners.has(name)) return [];
    const fix = CHOSEN_BY[need.name];
    return [
      {
        code: 'CAPABILITY_MISSING',
        severity: 'error',
        at: [need.source],
        message: `${need.owner} needs ${name}, which nothing provides`,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  });
  return [...twice, ...missing];
}

/** What to write where the spec's own firewall meets that of the pod network, which is a default of Cilium's. */
function givenUp(first: Provided, others: readonly Provided[]): string | undefined {
  const owners = [first, ...others].map(({ owner }) => owner);
  if (first.name !== 'host-firewall' || !owners.includes(FIREWALL)) return undefined;
  return `firewall: { kind: none }, which leaves it to ${owners.filter((owner) => owner !== FIREWALL).join(' and ')}`;
}
