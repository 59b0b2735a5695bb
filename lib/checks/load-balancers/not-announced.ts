import { announcedNetworks, serviceNodes } from '../../components/kube-vip/place';
import { ableToAnnounce, announcersOf } from '../../plan/announcers';
import { poolOf, type LoadBalancerService } from '../../plan/load-balancer';
import { namespaceOf } from '../../plan/namespaced';
import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { FOR_ALL, poolsOf, type Pool } from '../../plan/pool';
import type { Cluster } from '../../spec/cluster';
import type { Finding } from '../../spec/finding';

/** LoadBalancer addresses that no node announces, or that are announced only where `Local` has nobody to answer. */
export function notAnnounced(plan: Plan): Finding[] {
  const { spec } = plan;
  const pools = poolsOf(spec);
  return [
    ...pools.filter((pool) => announcersOf(spec, pool).length === 0).map((pool) => unannounced(spec, pool)),
    ...plan.loadBalancers.flatMap((service) => [...unserved(spec, service), ...unanswered(plan, service)]),
    ...onNoNode(spec),
    ...virtualApiWithoutAddress(spec),
  ];
}

function unannounced(spec: Cluster, pool: Pool): Finding {
  const { name, network, addresses, source } = pool;
  const able = ableToAnnounce(spec, pool);
  const why =
    able.length > 0
      ? `${able.join(', ')} ${able.length === 1 ? 'bears' : 'bear'} the label ${String(pool.passesOver)}`
      : `no node that may do so has an address on ${network}`;
  return {
    code: 'CAPABILITY_MISSING',
    severity: 'error',
    at: [source],
    message: `nobody announces pool ${name} (${addresses}): ${why}`,
    fix: able.length > 0 ? `take the label away from one of them` : `name nodes that have an address on ${network}`,
  };
}

/** Where pools belong to namespaces; an address that a Service asks for itself is not looked up in any. */
function unserved(spec: Cluster, service: LoadBalancerService): Finding[] {
  const pool = poolOf(spec, service);
  const namespace = namespaceOf(service.name);
  if (pool?.byNamespace !== true || service.addresses !== undefined) return [];
  if (pool.name === FOR_ALL || pool.name === namespace) return [];
  return [
    {
      code: 'CAPABILITY_MISSING',
      severity: 'error',
      at: [service.source, pool.source],
      message: `${service.name} gets no address: ${pool.owner} gives those of pool ${pool.name} to the namespace of that name alone`,
      fix: `call the pool ${namespace}, or ${FOR_ALL} for every namespace`,
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

/** kube-vip has one interface for all its addresses, so that a node of it must be on the network of each. */
function onNoNode(spec: Cluster): Finding[] {
  return spec.loadBalancers.flatMap((balancer, i): Finding[] => {
    if (balancer.kind !== 'kube-vip') return [];
    const nodes = serviceNodes(balancer, spec);
    if (nodes === undefined || selectNodes(spec, nodes).length > 0) return [];
    const networks = announcedNetworks(spec);
    if (networks.length < 2) return [];
    return [
      {
        code: 'CAPABILITY_MISSING',
        severity: 'error',
        at: [['loadBalancers', i, 'services']],
        message: `nobody announces Services: kube-vip does so from nodes that are on all of ${networks.join(', ')}, and none is`,
        fix: 'pools of one network, or nodes with an address on each of them',
      },
    ];
  });
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
