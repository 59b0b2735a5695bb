import type { HostNeeds } from '../../plan/host-needs';
import type { Plan } from '../../plan/plan';
import { register } from '../component';
import { firewallFlows, firewallListeners } from './flows';
import { nftablesFiles } from './nftables';
import { notes } from './notes';
import type { FirewallOptions } from './options';
import { policyOf } from './policy';
import { ufwFiles } from './ufw';

/** The firewall of each node's own machine. Every rule is a flow of the plan. */
export const firewall = register<FirewallOptions>({
  name: 'firewall',
  options: (spec) => spec.firewall,
  provides: ({ kind }) =>
    kind === 'none'
      ? []
      : [
          {
            name: 'host-firewall',
            failure:
              'rules in the kernel stay until the next boot; a node that starts without them answers anyone on every port, NodePorts included.',
            source: ['firewall'],
          },
        ],
  listeners: firewallListeners,
  flows: firewallFlows,
  host: ({ kind }, plan, node) => NEEDS[kind](plan, node),
  notes,
});

const NEEDS: Readonly<Record<FirewallOptions['kind'], (plan: Plan, node: string) => HostNeeds>> = {
  nftables: (plan, node) => ({
    packages: [{ name: 'nftables', reason: 'loads and shows the host firewall' }],
    files: nftablesFiles(policyOf(plan, node)),
  }),
  ufw: (plan, node) => ({
    packages: [
      { name: 'iptables', reason: 'UFW loads its rules by it' },
      { name: 'ufw', reason: 'the host firewall' },
    ],
    files: ufwFiles(policyOf(plan, node)),
  }),
  none: () => ({}),
};
