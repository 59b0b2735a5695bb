import { requireAll } from '../../plan/capability';
import { podNamespaces } from '../../plan/pod-rules';
import { policyDialect, rendersPolicies } from '../../plan/policies';
import { runsK3s } from '../../spec/orchestrator';
import { register } from '../component';
import { addCiliumDefaultDeny, addCiliumPolicy } from './cilium-policy';
import { addDefaultDeny, addNetworkPolicy } from './network-policy';
import { policyNotes } from './notes';
import type { PoliciesMode } from './options';
import { policiesOf } from './policy-for';

const source = ['policies'];

/** Network policies: every namespace with pods is closed, but for the flows of the plan. */
export const policies = register<PoliciesMode>({
  name: 'policies',
  options: (spec) => (runsK3s(spec) && spec.policies !== 'off' ? spec.policies : undefined),
  provides: (_, spec) =>
    rendersPolicies(spec)
      ? [
          {
            name: 'network-policies',
            failure: 'nothing by itself: they are objects; taken away, every pod reaches every other.',
            source,
          },
        ]
      : [],
  requires: (_, spec) =>
    rendersPolicies(spec)
      ? [
          ...requireAll(source, 'control-plane', 'namespaces', 'pod-network', 'policy-engine'),
          ...(policyDialect(spec) === 'cilium' ? [{ name: 'crds' as const, scope: 'cilium.io', source }] : []),
        ]
      : [],
  notes: policyNotes,
  delivers: (_, spec) => rendersPolicies(spec),
  manifests: (chart, _, plan) => {
    if (!rendersPolicies(plan.spec)) return;
    const cilium = policyDialect(plan.spec) === 'cilium';
    for (const namespace of podNamespaces(plan)) {
      if (cilium) addCiliumDefaultDeny(chart, namespace);
      else addDefaultDeny(chart, namespace);
      for (const policy of policiesOf(plan, namespace)) {
        if (cilium) addCiliumPolicy(chart, plan, policy);
        else addNetworkPolicy(chart, plan, policy);
      }
    }
  },
});
