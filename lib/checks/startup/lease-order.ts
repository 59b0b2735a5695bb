import type { Plan } from '../../plan/plan';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails } from '../found';

/** How much later than its period an attempt may come. Source: client-go tools/leaderelection, JitterFactor. */
const JITTER = 1.2;

/**
 * Times of an election that the library refuses, so that kube-vip ends at its start and nobody bears the address.
 * Source: client-go tools/leaderelection, NewLeaderElector: lease > renewal > 1.2 × retry.
 */
export function leaseOrder({ spec }: Plan): Finding[] {
  return spec.loadBalancers.flatMap((balancer, i) => {
    if (balancer.kind !== 'kube-vip' || balancer.controlPlane === undefined) return [];
    const { leaseSeconds: lease, renewSeconds: renew, retrySeconds: retry } = balancer.controlPlane;
    const at: SpecPath = ['loadBalancers', i, 'controlPlane'];
    const least = Math.floor(retry * JITTER) + 1;
    return [
      ...(renew > retry * JITTER
        ? []
        : [
            finding(
              [...at, 'renewSeconds'],
              [...at, 'retrySeconds'],
              least,
              `a renewal is given up after ${renew} seconds, and tried again every ${retry}, give or take: ${renew} must be more than ${JITTER} × ${retry} = ${Number((retry * JITTER).toFixed(1))}`,
            ),
          ]),
      ...(lease > renew
        ? []
        : [
            finding(
              [...at, 'leaseSeconds'],
              [...at, 'renewSeconds'],
              renew + 2,
              `the lease runs out after ${lease} seconds, and its holder gives up only after ${renew}: two would bear the API's address`,
            ),
          ]),
    ];
  });
}

function finding(path: SpecPath, other: SpecPath, value: number, why: string): Finding {
  return fails('LEASE_TOO_SHORT', {
    at: [path, other],
    message: `kube-vip does not start: ${why}`,
    fix: String(value),
    suggest: { path, value },
  });
}
