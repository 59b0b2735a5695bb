import type { Address } from '../net/address';
import type { AddressSet } from '../net/address-set';
import type { Cluster } from '../spec/cluster';
import type { NodeSelector } from '../spec/fields';
import type { SpecPath } from '../spec/finding';
import type { Claim, NetworkName } from './claim';
import { oncePer } from './once';
import { cniRoutesServices } from './service-router';

/** Addresses from which LoadBalancer Services get theirs, and all that others must know of whoever gives them out. */
export interface Pool extends Manner {
  readonly name: string;
  /** The component that allocates them. */
  readonly owner: string;
  readonly addresses: AddressSet;
  readonly network: NetworkName;
  readonly source: SpecPath;
}

/** How an allocator deals with one of its pools: each says it below, and nobody else asks which one it is. */
interface Manner {
  /** Nodes that may announce it. */
  readonly nodes: NodeSelector;
  /** Label of nodes that it passes over, whatever the label's value. Absent: it passes over none. */
  readonly passesOver?: string;
  /** Interfaces it is announced on. Absent: whichever reaches its network. */
  readonly interfaces?: { readonly names: readonly string[]; readonly source: SpecPath };
  /** Routers that are told of it by BGP, so that whoever announces it need have no address on its network. Absent: none. */
  readonly routers?: readonly Address[];
  /** Whether it is for Services of the namespace that it is named after, or for all by the name `global`. @default false */
  readonly byNamespace?: true;
  /** Annotations by which a Service asks for addresses, and for a pool by its name. Absent: no pool can be asked for. */
  readonly annotations: { readonly addresses: string; readonly pool?: string };
  /** Whether calls of its addresses are balanced by way of node ports. */
  readonly needsNodePorts: boolean;
  /** Of which Services the address is no longer answered for once no pod is ready; `local`: where their policy is so. */
  readonly withdraws: 'all' | 'local' | 'none';
}

type Balancer<K extends string> = Extract<Cluster['loadBalancers'][number], { kind: K }>;
type Allocator = Extract<Cluster['loadBalancers'][number], { pools: unknown }>;

/** MetalLB passes over nodes that bear it, whatever its value. Source: Kubernetes docs, well-known labels; metallb#2274. */
export const EXCLUDE_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** The pool for Services of every namespace, where each pool is for one. Source: kube-vip docs, cloud provider. */
export const FOR_ALL = 'global';

/** The component behind a kind of load balancer: Cilium's is not the CNI of the same kind. */
export function loadBalancerName(kind: Cluster['loadBalancers'][number]['kind']): string {
  return kind === 'cilium' ? 'cilium-lb' : kind;
}

/** Every pool of the spec, whoever allocates it. ServiceLB has none: it gives out the nodes' own addresses. */
export const poolsOf = oncePer((spec: Cluster): readonly Pool[] =>
  spec.loadBalancers.flatMap((balancer, i) => {
    if (!('pools' in balancer)) return [];
    const at = ['loadBalancers', i];
    return Object.entries(balancer.pools).map(([name, { addresses, network }]) => ({
      name,
      owner: loadBalancerName(balancer.kind),
      addresses,
      network,
      ...mannerOf(spec, balancer, name, at),
      source: [...at, 'pools', name, 'addresses'],
    }));
  }),
);

function mannerOf(spec: Cluster, balancer: Allocator, pool: string, at: SpecPath): Manner {
  switch (balancer.kind) {
    case 'metallb':
      return ofMetallb(balancer, pool, at);
    case 'cilium':
      return ofCilium(balancer, at);
    case 'kube-vip':
      return ofKubeVip(spec, balancer, pool, at);
  }
}

/**
 * Its speakers look for an active endpoint, whatever a Service's policy. An address pins the pool too.
 * Source: MetalLB speaker, ShouldAnnounce; MetalLB docs, usage.
 */
function ofMetallb({ mode, pools, peers }: Balancer<'metallb'>, name: string, at: SpecPath): Manner {
  const pool = pools[name];
  const manner: Manner = {
    nodes: pool?.nodes ?? 'all',
    passesOver: EXCLUDE_LABEL,
    annotations: { addresses: 'metallb.io/loadBalancerIPs', pool: 'metallb.io/address-pool' },
    needsNodePorts: false,
    withdraws: 'all',
  };
  if (mode === 'bgp') return { ...manner, routers: addressesOf(peers) };
  return pool?.interfaces === undefined
    ? manner
    : { ...manner, interfaces: { names: pool.interfaces, source: [...at, 'pools', name, 'interfaces'] } };
}

/** It announces all of its pools alike. Source: Cilium docs, LoadBalancer IP address management. */
function ofCilium({ nodes, interfaces }: Balancer<'cilium'>, at: SpecPath): Manner {
  return {
    nodes,
    ...(interfaces === undefined ? {} : { interfaces: { names: interfaces, source: [...at, 'interfaces'] } }),
    annotations: { addresses: 'lbipam.cilium.io/ips' },
    needsNodePorts: false,
    withdraws: 'none',
  };
}

/**
 * Its cloud provider has a pool for each namespace that wants one. It is trusted without node ports only where Cilium
 * balances. A Service's own leader sits on a node with one of its pods where the policy is `Local`; by BGP there is no
 * leader, and a node tells of no address without an endpoint.
 * Source: kube-vip docs, Kubernetes services and svc_election; pkg/endpoints, endpoints_bgp.go.
 */
function ofKubeVip(spec: Cluster, balancer: Balancer<'kube-vip'>, name: string, at: SpecPath): Manner {
  const manner: Manner = {
    nodes: 'all',
    byNamespace: true,
    annotations: { addresses: 'kube-vip.io/loadbalancerIPs' },
    needsNodePorts: !cniRoutesServices(spec),
    withdraws: balancer.services?.election === true ? 'local' : 'none',
  };
  const routers = routersOf(balancer);
  if (routers !== undefined) return { ...manner, routers, withdraws: 'all' };
  // One name for all nodes: kube-vip reads it from its environment.
  const network = balancer.pools[name]?.network ?? '';
  const own = balancer.interface ?? spec.networks[network]?.interface;
  const source = [...at, ...(balancer.interface === undefined ? ['pools', name, 'network'] : ['interface'])];
  return own === undefined ? manner : { ...manner, interfaces: { names: [own], source } };
}

/** The routers that kube-vip tells by BGP. Undefined: it answers on the link. */
export function routersOf({ mode, bgp }: Pick<Balancer<'kube-vip'>, 'mode' | 'bgp'>): Address[] | undefined {
  return mode === 'bgp' ? addressesOf(bgp?.peers ?? {}) : undefined;
}

function addressesOf(peers: Readonly<Record<string, { readonly address: Address }>>): Address[] {
  return Object.values(peers).map(({ address }) => address);
}

/** An allocator's pools, which lie in their networks. */
export function poolClaims(spec: Cluster, owner: string): Claim[] {
  return poolsOf(spec)
    .filter((pool) => pool.owner === owner)
    .map(({ name, addresses, network, source }) => ({
      owner,
      purpose: `load balancer addresses, pool ${name}`,
      network,
      addresses,
      source,
      ...(spec.networks[network]?.kind === 'public' ? {} : { within: ['networks', network, 'prefix'] }),
    }));
}
