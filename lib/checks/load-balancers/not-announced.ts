import { announcersOf, EXCLUDE_LABEL } from '../../plan/announcers';
import { poolOf, poolsOf, type LoadBalancerService, type Pool } from '../../plan/load-balancer';
import { namespaceOf } from '../../plan/namespaced';
import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import type { Finding } from '../../spec/finding';

/** LoadBalancer addresses that no node announces, or that are announced only where `Local` has nobody to answer. */
export function notAnnounced(plan: Plan): Finding[] {
  const { spec } = plan;
  const pools = poolsOf(spec);
  return [
    ...pools.filter((pool) => announcersOf(spec, pool).length === 0).map((pool) => unannounced(spec, pool)),
    ...plan.loadBalancers.flatMap((service) => [...unserved(spec, service), ...unanswered(plan, service)]),
    ...virtualApiWithoutAddress(spec),
  ];
}

function unannounced(spec: Cluster, pool: Pool): Finding {
  const { name, network, addresses, source } = pool;
  const able = announcersOf(spec, { ...pool, owner: '' });
  const why =
    able.length > 0
      ? `${able.join(', ')} ${able.length === 1 ? 'bears' : 'bear'} the label ${EXCLUDE_LABEL}`
      : `no node that may do so has an address on ${network}`;
  return {
    code: 'CAPABILITY_MISSING',
    severity: 'error',
    at: [source],
    message: `nobody announces pool ${name} (${addresses}): ${why}`,
    fix: able.length > 0 ? `take the label away from one of them` : `name nodes that have an address on ${network}`,
  };
}

/** kube-vip's pools belong to namespaces; an address that a Service asks for itself is not looked up in any. */
function unserved(spec: Cluster, service: LoadBalancerService): Finding[] {
  const pool = poolOf(spec, service);
  const namespace = namespaceOf(service.name);
  if (pool?.owner !== 'kube-vip' || service.addresses !== undefined) return [];
  if (pool.name === 'global' || pool.name === namespace) return [];
  return [
    {
      code: 'CAPABILITY_MISSING',
      severity: 'error',
      at: [service.source, pool.source],
      message: `${service.name} gets no address: kube-vip gives those of pool ${pool.name} to the namespace of that name alone`,
      fix: `call the pool ${namespace}, or global for every namespace`,
    },
  ];
}

/** Source: Kubernetes docs, Service, external traffic policy: a node without a pod of the Service drops its packets. */
function unanswered({ spec, workloads }: Plan, service: LoadBalancerService): Finding[] {
  const pool = poolOf(spec, service);
  const pods = workloads.get(service.workload)?.nodes;
  if (service.externalTrafficPolicy !== 'Local' || pool === undefined || pods === undefined) return [];
  const announcers = announcersOf(spec, pool);
  const answering = selectNodes(spec, pods);
  if (announcers.length === 0 || announcers.some((node) => answering.includes(node))) return [];
  return [
    {
      code: 'CAPABILITY_MISSING',
      severity: 'error',
      at: [service.source, pool.source],
      message: `${service.name} answers only where its pods run (${answering.join(', ')}), and pool ${pool.name} is announced by ${announcers.join(', ')} alone`,
      fix: `run its pods on ${announcers.join(', ')}, or set externalTrafficPolicy: Cluster`,
    },
  ];
}

function virtualApiWithoutAddress(spec: Cluster): Finding[] {
  const endpoint = spec.api.endpoint;
  if (endpoint !== undefined && 'vip' in endpoint) return [];
  return spec.loadBalancers.flatMap((balancer, i): Finding[] =>
    balancer.kind === 'kube-vip' && balancer.controlPlane !== undefined
      ? [
          {
            code: 'SPEC_INVALID',
            severity: 'error',
            at: [
              ['loadBalancers', i, 'controlPlane'],
              ['api', 'endpoint'],
            ],
            message: "kube-vip is to announce the API's virtual address, and the spec names none",
            fix: `api: { endpoint: { vip: an address of ${spec.k3s.nodeNetwork}, network: ${spec.k3s.nodeNetwork} } }`,
          },
        ]
      : [],
  );
}
