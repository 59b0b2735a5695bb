import { CRITICAL_FLAGS } from '../components/k3s/critical-flags';
import type { Plan } from '../plan/plan';
import { runsK3s } from '../spec/orchestrator';
import type { Finding } from '../spec/finding';
import type { FormerPlan } from './former-plan';

/** Those of ranges, and what follows from them, are judged by what they mean for addresses that are given out. */
const SHARED = CRITICAL_FLAGS.filter((name) => !['cluster-cidr', 'cluster-dns', 'service-cidr'].includes(name));

interface Moved {
  readonly was: string | undefined;
  readonly is: string | undefined;
}

/** A flag of all servers that changes: one that joins with another value than theirs is refused. */
export function sharedFlags(former: FormerPlan, plan: Plan): Finding[] {
  if (!runsK3s(plan.spec)) return [];
  const before = former.k3sFlags;
  const servers = Object.keys(plan.spec.nodes).filter(
    (node) => plan.spec.nodes[node]?.role === 'server' && before.has(node),
  );
  return SHARED.flatMap((name): Finding[] => {
    const moved = servers.flatMap((node): Moved[] => {
      const was = before.get(node)?.get(name);
      const flag = plan.k3sFlags.get(node)?.find((one) => one.name === name);
      const is = flag === undefined ? undefined : JSON.stringify(flag.value);
      return was === is ? [] : [{ was, is }];
    });
    const [first] = moved;
    if (first === undefined) return [];
    return [
      {
        code: 'UPGRADE_ALL_SERVERS',
        severity: 'warning',
        at: [['k3s']],
        message: `K3s flag ${name} was ${printFlag(first.was)} and is to be ${printFlag(first.is)}; a server that differs from the others in it cannot join them`,
        fix: wayOf(name, plan, first),
      },
    ];
  });
}

/** Servers that have joined are not asked again (K3s, pkg/cluster/bootstrap.go), so that Flannel's backend can change node by node. */
function wayOf(name: string, { spec: { cni } }: Plan, { was, is }: Moved): string {
  if (name !== 'flannel-backend')
    return 'stop K3s on every server, write the new configuration to all of them, and start them again';
  if (cni.kind !== 'flannel' || was === undefined || is === undefined || was === '"none"')
    return 'stop K3s on every server, start the servers first and then the agents, and restart each machine so that the interface of the old backend is gone';
  const order = 'firewalls of all nodes first, then one node after another as NETWORK.md says, each with a reboot';
  return cni.migrating === false ? `cni.migrating: true, which keeps the ports of both backends open; ${order}` : order;
}

function printFlag(value: string | undefined): string {
  return value === undefined ? 'not set' : value.replace(/^"(.*)"$/, '$1');
}
