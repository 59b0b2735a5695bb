import type { FIREWALL } from '../../plan/host-firewall';
import type { HostNeeds, Sysctl } from '../../plan/host-needs';
import type { Plan } from '../../plan/plan';
import { runsK3s } from '../../spec/orchestrator';
import { register } from '../component';
import { firewallFlows, firewallListeners } from './flows';
import { nftablesFiles } from './nftables';
import { notes } from './notes';
import type { FirewallOptions } from './options';
import { policyOf } from './policy';
import { ufwFiles } from './ufw';

/** The firewall of each node's own machine. Every rule is a flow of the plan. */
export const firewall = register<FirewallOptions>({
  name: 'firewall' satisfies typeof FIREWALL,
  flowTraits: ['asked-for', 'everywhere'],
  options: (spec) => spec.firewall,
  provides: ({ kind }, spec) =>
    kind === 'none'
      ? []
      : [
          {
            name: 'host-firewall',
            failure: `rules in the kernel stay until the next boot; a node that starts without them answers anyone on every port, ${runsK3s(spec) ? 'NodePorts' : 'those that Docker publishes'} included.`,
            source: ['firewall'],
          },
        ],
  listeners: firewallListeners,
  flows: firewallFlows,
  host: ({ kind }, plan, node) => NEEDS[kind](plan, node),
  commands: ({ kind }) => ({ firewall: RULES[kind] }),
  notes,
});

/** What shows the rules that are in force. */
const RULES: Readonly<Record<FirewallOptions['kind'], readonly string[]>> = {
  nftables: ['sudo nft list ruleset'],
  ufw: ['sudo ufw status verbose'],
  none: [],
};

/**
 * What UFW's own sysctl.conf would set, of which Wayleave's UFW reads nothing, so that it cannot undo /etc/sysctl.d.
 * Source: Ubuntu's ufw 0.36, conf/sysctl.conf. A device of its own decides over IPv6 redirects, so all are named;
 * a machine without IPv6 has none of these.
 */
const UFW_SYSCTLS: readonly Sysctl[] = [
  ...['net.ipv4.conf.*.accept_redirects', '-net.ipv6.conf.*.accept_redirects'].map((key) => ({
    key,
    value: '0',
    reason: 'nobody on the link may send the node another way by ICMP redirects',
  })),
  {
    key: 'net.ipv4.icmp_echo_ignore_broadcasts',
    value: '1',
    reason: 'a ping to everybody on a link is not answered, so that it cannot be multiplied',
  },
  {
    key: 'net.ipv4.icmp_ignore_bogus_error_responses',
    value: '1',
    reason: 'malformed ICMP errors do not fill the log',
  },
];

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
    sysctls: UFW_SYSCTLS,
  }),
  none: () => ({}),
};
