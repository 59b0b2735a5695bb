import { hostFirewall } from '../../plan/host-firewall';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { listed, warns } from '../found';

/** Pods on the nodes' own network, whom no policy of their namespace reaches, where no host firewall stands in for it. */
export function hostNetworkUnguarded(plan: Plan): Finding[] {
  const { spec } = plan;
  if (hostFirewall(plan) !== undefined) return [];
  return Object.entries(spec.apps).flatMap(([name, { hostNetwork, namespace, ports }]) => {
    const open = Object.values(ports).map(({ container, protocol }) => `${container}/${protocol}`);
    if (!hostNetwork || open.length === 0) return [];
    return [
      warns('HOST_NETWORK_UNGUARDED', {
        at: [
          ['apps', name, 'hostNetwork'],
          ['firewall', 'kind'],
        ],
        message: `${name} uses the nodes' own network, where no policy of ${namespace} reaches it, and the nodes have no firewall: ${listed(open)} answer${open.length === 1 ? 's' : ''} anyone who reaches the nodes`,
        fix: 'a firewall of kind nftables or ufw, or pods with addresses of their own',
      }),
    ];
  });
}
