import type { Chart } from 'cdk8s';
import {
  CiliumL2AnnouncementPolicy,
  CiliumL2AnnouncementPolicySpecNodeSelectorMatchExpressionsOperator as NodeOperator,
  CiliumLoadBalancerIpPool,
  CiliumLoadBalancerIpPoolSpecServiceSelectorMatchExpressionsOperator as ServiceOperator,
  type CiliumL2AnnouncementPolicySpecNodeSelector as NodeSelector,
  type CiliumLoadBalancerIpPoolSpecServiceSelector as ServiceSelector,
} from '../../../imports/cilium.io';
import { ownName } from '../../plan/namespaced';
import { hostnameOf, interfaceOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { poolClaims } from '../../plan/pool';
import type { Cluster } from '../../spec/cluster';
import type { SpecPath } from '../../spec/finding';
import { sortedEntries } from '../../text/compare';
import { register } from '../component';
import { SERVER_LABEL } from '../placement';
import { addObject } from '../plain-object';
import { ciliumLbNotes } from './note';
import type { CiliumLbOptions } from './options';

/** A Service's name, as a pool's selector knows it. Source: Cilium docs, LB IPAM, service selectors. */
const SERVICE_NAME = 'io.kubernetes.service.name';

/** Cilium as the one who gives out LoadBalancer addresses and answers ARP for them. */
export const ciliumLb = register<CiliumLbOptions>({
  name: 'cilium-lb',
  title: 'Cilium (load balancer)',
  options: (spec) => spec.loadBalancers.find((balancer) => balancer.kind === 'cilium'),
  provides: (_, spec) => [
    {
      name: 'load-balancer-addresses',
      failure: 'new LoadBalancer Services get no address; those that have one keep it.',
      source: placeOf(spec),
    },
    {
      name: 'load-balancer-announcement',
      failure: 'another node answers for the addresses of the one that fails, within the lease of 15 seconds.',
      source: placeOf(spec),
    },
  ],
  requires: (_, spec) => [
    { name: 'control-plane', source: placeOf(spec) },
    { name: 'crds', scope: 'cilium.io', source: placeOf(spec) },
    { name: 'service-routing', source: placeOf(spec) },
  ],
  claims: (_, spec) => poolClaims(spec, 'cilium-lb'),
  notes: ciliumLbNotes,
  manifests: (chart, options, plan) => {
    addPools(chart, options, plan);
    addAnnouncement(chart, options, plan.spec);
  },
});

function placeOf(spec: Cluster): SpecPath {
  return ['loadBalancers', spec.loadBalancers.findIndex(({ kind }) => kind === 'cilium')];
}

function addPools(chart: Chart, options: CiliumLbOptions, plan: Plan): void {
  for (const [name, { addresses }] of sortedEntries(options.pools)) {
    const serviceSelector = selectorOf(name, options, plan);
    addObject(CiliumLoadBalancerIpPool, chart, `pool-${name}`, {
      metadata: { name, annotations: AFTER_CILIUM },
      spec: {
        blocks: addresses.ranges().map(({ first, last }) => ({ start: String(first), stop: String(last) })),
        ...(serviceSelector === undefined ? {} : { serviceSelector }),
      },
    });
  }
}

/** Cilium's operator defines the kinds, not its chart. */
const AFTER_CILIUM = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };

/** Among several pools, one that Services name serves those alone, and the others everyone else. */
function selectorOf(pool: string, options: CiliumLbOptions, plan: Plan): ServiceSelector | undefined {
  const naming = (name: string) => namesOf(plan.loadBalancers.filter((service) => service.pool === name));
  const names = Object.keys(options.pools);
  if (names.length === 1) return undefined;
  const own = naming(pool);
  if (own.length > 0) return select(ServiceOperator.IN, own);
  const others = names.flatMap(naming);
  return others.length === 0 ? undefined : select(ServiceOperator.NOT_IN, others);
}

function select(operator: ServiceOperator, values: readonly string[]): ServiceSelector {
  return { matchExpressions: [{ key: SERVICE_NAME, operator, values: [...new Set(values)].sort() }] };
}

function namesOf(services: readonly { readonly name: string }[]): string[] {
  return services.map(({ name }) => ownName(name));
}

function addAnnouncement(chart: Chart, options: CiliumLbOptions, spec: Cluster): void {
  const nodeSelector = nodeSelectorOf(options, spec);
  addObject(CiliumL2AnnouncementPolicy, chart, 'announcement', {
    metadata: { name: 'wayleave', annotations: AFTER_CILIUM },
    spec: {
      loadBalancerIPs: true,
      externalIPs: false,
      interfaces: interfacesOf(options, spec).map((name) => `^${name.replace(/[.\\]/g, '\\$&')}$`),
      ...(nodeSelector === undefined ? {} : { nodeSelector }),
    },
  });
}

/** The interfaces by which the announcing nodes reach the pools' networks. */
function interfacesOf({ interfaces, pools, nodes }: CiliumLbOptions, spec: Cluster): readonly string[] {
  if (interfaces !== undefined) return interfaces;
  const networks = Object.values(pools).map(({ network }) => network);
  const found = selectNodes(spec, nodes).flatMap((node) => networks.map((network) => interfaceOf(spec, node, network)));
  return [...new Set(found)].sort();
}

function nodeSelectorOf({ nodes }: CiliumLbOptions, spec: Cluster): NodeSelector | undefined {
  if (nodes === 'all') return undefined;
  if (nodes === 'servers') return { matchExpressions: [{ key: SERVER_LABEL, operator: NodeOperator.EXISTS }] };
  if (nodes === 'agents') return { matchExpressions: [{ key: SERVER_LABEL, operator: NodeOperator.DOES_NOT_EXIST }] };
  if ('labels' in nodes) return { matchLabels: nodes.labels };
  const values = nodes.names.map((name) => hostnameOf(spec, name)).sort();
  return { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: NodeOperator.IN, values }] };
}
