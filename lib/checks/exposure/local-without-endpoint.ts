import { announcersOf, isWithdrawn } from '../../plan/announcers';
import { poolOf, type LoadBalancerService } from '../../plan/load-balancer';
import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { fails, listed } from '../found';
import type { Finding } from '../../spec/finding';

/**
 * A Service that answers only where its pods run, and whose address a node without any may announce. MetalLB's speakers,
 * and kube-vip's where each Service has a leader of its own, look for a pod first; the others do not (cilium#27800).
 * Where none of the announcers has a pod, another rule says so.
 */
export function localWithoutEndpoint(plan: Plan): Finding[] {
  return plan.loadBalancers.flatMap((service) => unanswered(plan, service));
}

function unanswered({ spec, workloads }: Plan, service: LoadBalancerService): Finding[] {
  const pool = poolOf(spec, service);
  const select = workloads.get(service.workload)?.nodes;
  if (service.externalTrafficPolicy !== 'Local' || pool === undefined || select === undefined) return [];
  if (isWithdrawn(spec, service)) return [];
  const announcers = announcersOf(spec, pool);
  const answering = selectNodes(spec, select);
  const deaf = announcers.filter((node) => !answering.includes(node));
  if (deaf.length === 0 || deaf.length === announcers.length) return [];
  return [
    fails('LOCAL_WITHOUT_ENDPOINT', {
      at: [service.source, pool.source],
      message: `${service.name} answers only where its pods run (${listed(answering)}), and ${pool.owner} may announce its address from ${listed(deaf)}, where every packet to it is dropped`,
      fix: `pods on ${listed(announcers)}, or externalTrafficPolicy: Cluster`,
    }),
  ];
}
