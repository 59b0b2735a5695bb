import { AddressSet } from '../net/address-set';
import { poolsOf } from '../plan/pool';
import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import type { FormerPlan } from './former-plan';

/** A pool that gives up addresses which a Service had: callers and DNS records still know them. */
export function droppedAddresses(former: FormerPlan, plan: Plan): Finding[] {
  const pools = poolsOf(plan.spec);
  const kept = AddressSet.of(...pools.map(({ addresses }) => addresses));
  return [...former.pools].flatMap(([name, before]): Finding[] => {
    const dropped = before.difference(kept);
    if (dropped.isEmpty) return [];
    const pool = pools.find((one) => one.name === name);
    const at = [pool?.source ?? ['loadBalancers']];
    const pinned = former.services.flatMap(({ name: service, addresses }) => {
      const lost = addresses?.intersection(dropped);
      return lost === undefined || lost.isEmpty ? [] : [`${service} had ${lost}`];
    });
    const anyOf = former.services.filter((service) => service.addresses === undefined && service.pool === name);
    if (pinned.length === 0 && anyOf.length === 0) return [];
    const loose = anyOf.length === 0 ? [] : [`${anyOf.map((one) => one.name).join(', ')} may have one of them`];
    return [
      {
        code: 'UPGRADE_DROPS_ADDRESS',
        severity: 'warning',
        at,
        message: `pool ${name} gives up ${dropped}: ${[...pinned, ...loose].join('; ')}`,
        fix: 'give the Service another address first, change what leads to the old one, and then shrink the pool',
      },
    ];
  });
}
