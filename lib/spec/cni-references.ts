import { clash } from './faults';
import type { Finding } from './finding';
import { member, valueAt } from './walk';

/**
 * Parts of Cilium of which one undoes the other. Its host firewall drops the packets of its own IPsec as they leave the
 * node. Source: Cilium docs, host policies, known issues; cilium/cilium#41854.
 */
export function cniFindings(raw: unknown): Finding[] {
  const cni = valueAt(raw, ['cni']);
  const guards = member(cni, 'hostFirewall') !== false;
  if (member(cni, 'kind') !== 'cilium' || member(cni, 'encryption') !== 'ipsec' || !guards) return [];
  const problem =
    'IPsec does not work beside Cilium’s host firewall, which guards the nodes unless it is turned off: nodes would drop what they encrypt';
  return [
    clash(
      [
        ['cni', 'encryption'],
        ['cni', 'hostFirewall'],
      ],
      problem,
      'encryption: wireguard, or hostFirewall: false and a firewall of kind nftables',
    ),
  ];
}
