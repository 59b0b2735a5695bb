import { AddressSet } from '../net/address-set';
import { K3S } from '../net/well-known';
import type { Policy, Rule } from './policy';
import type { Labels } from './labels';
import type { Service } from './service';

/** Reports rules that are accepted and cannot do what they say. */
export function reportIneffective(
  policies: readonly Policy[],
  services: readonly Service[],
  pods: readonly Labels[],
): void {
  const serviceAddresses = AddressSet.of(K3S.serviceCidr, ...services.map(({ addresses }) => addresses));
  for (const policy of policies) {
    const egress = policy.sides.egress?.rules ?? [];
    for (const rule of egress) reportServiceAddresses(rule, serviceAddresses);
    const naming = egress.filter(
      (rule) => rule.action === 'allow' && rule.peers.some(({ name }) => name !== undefined),
    );
    const [first] = naming;
    if (first !== undefined && !learnsNames(policy, policies, pods)) {
      first.field.ineffective(
        'names DNS names, but no rule for these pods lets Cilium see their DNS answers',
        'a rule to cluster DNS on port 53 with rules.dns',
      );
    }
  }
}

/** Engines see a connection after a Service has put a pod in its place. */
function reportServiceAddresses({ peers, field }: Rule, services: AddressSet): void {
  const addresses = peers
    .map((peer) => peer.addresses)
    .find((set) => set !== undefined && !set.isEmpty && services.contains(set));
  if (addresses === undefined) return;
  field.ineffective(
    `holds ${addresses}, addresses of Services: engines see the pod behind instead`,
    'a selector of those pods',
  );
}

/** Whether each pod of the policy has a rule, of this or another policy, by which Cilium learns names. */
function learnsNames(policy: Policy, policies: readonly Policy[], pods: readonly Labels[]): boolean {
  const learning = policies.filter((other) => other.sides.egress?.rules.some((rule) => rule.learnsNames === true));
  return pods.every(
    (labels) => !policy.subject.matches(labels) || learning.some(({ subject }) => subject.matches(labels)),
  );
}
