import { Address, bitsOf, type Family } from '../net/address';
import { readable } from '../net/error';
import { Prefix } from '../net/prefix';
import { K3S, K3S_CLUSTER_CIDR, K3S_SERVICE_CIDR } from '../net/well-known';
import { clusterDnsFindings } from './cluster-dns-references';
import { invalid } from './faults';
import type { Finding, SpecPath } from './finding';
import { keysOf } from './names';
import { member, valueAt } from './walk';

/** A range of `k3s`, and where it is written. */
interface Written {
  readonly prefix: Prefix;
  readonly at: SpecPath;
}

/** What K3s refuses of its pod and Service ranges although each of them is a prefix. */
export function rangeFindings(raw: unknown): Finding[] {
  const pods = written(raw, 'clusterCidrs', K3S_CLUSTER_CIDR);
  const services = written(raw, 'serviceCidrs', K3S_SERVICE_CIDR);
  // A range that cannot be read, and a list of none, are reported by themselves.
  if (pods === undefined || services === undefined) return [];
  const sizes = [...pods.flatMap((range) => podSize(raw, range)), ...services.flatMap(serviceSize)];
  return [
    ...clusterDnsFindings(
      raw,
      services.map(({ prefix }) => prefix),
    ),
    ...sameFamily(pods),
    ...sameFamily(services),
    ...otherFamilies(pods, services),
    ...pods.flatMap((range) => nodesWithout(raw, range)),
    ...sizes,
  ];
}

/** The pod or the Service ranges as the spec has them; undefined if one of them cannot be read, or there is none. */
export function clusterRanges(raw: unknown, key: 'clusterCidrs' | 'serviceCidrs'): Prefix[] | undefined {
  const standard = key === 'clusterCidrs' ? K3S_CLUSTER_CIDR : K3S_SERVICE_CIDR;
  return written(raw, key, standard)?.map(({ prefix }) => prefix);
}

function written(raw: unknown, key: string, standard: string): Written[] | undefined {
  const at: SpecPath = ['k3s', key];
  const texts = valueAt(raw, at) ?? [standard];
  if (!Array.isArray(texts) || texts.length === 0) return undefined;
  return readable(() => texts.map((text, i) => ({ prefix: Prefix.parse(String(text)), at: [...at, i] })));
}

/** Source: Kubernetes docs, IPv4/IPv6 dual-stack: one range a family. */
function sameFamily(ranges: readonly Written[]): Finding[] {
  const [first, second] = ranges;
  if (first === undefined || second === undefined || first.prefix.family !== second.prefix.family) return [];
  const other = first.prefix.family === 4 ? 6 : 4;
  const problem = `${first.prefix} and ${second.prefix} are both IPv${first.prefix.family}, and there is one range a family`;
  return [invalid(second.at, problem, `an IPv${other} range, or none`)];
}

/** Source: k3s pkg/cli/server, validateNetworkConfiguration: both IPv4, both IPv6, or both of each. */
function otherFamilies(pods: readonly Written[], services: readonly Written[]): Finding[] {
  const families = (ranges: readonly Written[]) =>
    [...new Set(ranges.map(({ prefix }) => `IPv${prefix.family}`))].sort().join(' and ');
  const [own, others] = [families(services), families(pods)];
  if (own === others) return [];
  return [
    invalid(['k3s', 'serviceCidrs'], `Services have ${own} addresses and pods ${others}`, `${others} ranges for both`),
  ];
}

/** Pods of a family reach pods of other nodes by the nodes' own addresses of that family. Source as above. */
function nodesWithout(raw: unknown, { prefix: { family }, at: range }: Written): Finding[] {
  const network = valueAt(raw, ['k3s', 'nodeNetwork']);
  if (typeof network !== 'string') return [];
  return keysOf(member(raw, 'nodes')).flatMap((node): Finding[] => {
    const at: SpecPath = ['nodes', node, 'addresses', network];
    const own = [valueAt(raw, at)].flat().map((text) => Address.tryParse(String(text))?.family);
    // One that is missing or cannot be read is reported by itself.
    if (own.some((one) => one === undefined || one === family)) return [];
    const message = `node ${node} has no IPv${family} address on ${network}, and its pods have such addresses`;
    const fix = `add one, or take the IPv${family} range out of k3s.clusterCidrs`;
    return [{ code: 'NODE_WITHOUT_ADDRESS', severity: 'error', at: [at, range], message, fix }];
  });
}

/** Each node takes a block of its own out of the pod range. Source: kube-controller-manager, --node-cidr-mask-size. */
function podSize(raw: unknown, { prefix, at }: Written): Finding[] {
  // Whoever sets the size of the blocks knows how many there are.
  if (setsBlockSize(raw)) return [];
  const block = prefix.family === 4 ? (ciliumBlock(raw) ?? NODE_BLOCK[4]) : NODE_BLOCK[6];
  const nodes = keysOf(member(raw, 'nodes')).length;
  // Kubernetes' own blocks must fit too, although Cilium gives out others.
  const blocks = prefix.length > Math.min(block, NODE_BLOCK[prefix.family]) ? 0 : 2 ** (block - prefix.length);
  if (blocks < nodes) {
    const longest = Math.min(NODE_BLOCK[prefix.family], block - Math.ceil(Math.log2(Math.max(1, nodes))));
    const sum =
      blocks === 0
        ? `no block of /${Math.min(block, NODE_BLOCK[prefix.family])}`
        : `2^(${block} − ${prefix.length}) = ${blocks} block${blocks === 1 ? '' : 's'} of /${block}`;
    const problem = `${prefix} holds ${sum}, and each of the ${nodes} nodes takes one`;
    return [invalid(at, problem, `a prefix of /${longest} or shorter`)];
  }
  if (prefix.family === 4 || block - prefix.length <= MOST_BLOCK_BITS) return [];
  const shortest = block - MOST_BLOCK_BITS;
  const problem = `${prefix} would hold 2^(${block} − ${prefix.length}) blocks of /${block}, and Kubernetes keeps count of 2^${MOST_BLOCK_BITS}`;
  return [invalid(at, problem, `${prefix.address}/${shortest}`)];
}

/** Whether a flag of the spec's own does. */
function setsBlockSize(raw: unknown): boolean {
  const flags = valueAt(raw, ['k3s', 'extraFlags', 'server']);
  return keysOf(flags).some((flag) =>
    [member(flags, flag)].flat().some((text) => typeof text === 'string' && text.includes('node-cidr-mask-size')),
  );
}

/** The IPv4 block that Cilium gives each node, where the spec names one. Source: Cilium docs, cluster-pool IPAM. */
function ciliumBlock(raw: unknown): number | undefined {
  const bits = valueAt(raw, ['cni', 'kind']) === 'cilium' ? valueAt(raw, ['cni', 'nodeMaskBits']) : undefined;
  return typeof bits === 'number' ? bits : undefined;
}

/** Source: Kubernetes pkg/controller/nodeipam/ipam/cidrset, clusterSubnetMaxDiff, which holds for IPv6. */
export const MOST_BLOCK_BITS = 16;

const NODE_BLOCK: Readonly<Record<Family, number>> = { 4: K3S.nodeCidrMaskBits, 6: K3S.nodeCidrMaskBits6 };

/** Source: Kubernetes pkg/controlplane/services.go, ServiceIPRange: at least 8 addresses. */
const LEAST_SERVICE_BITS = 3;

function serviceSize({ prefix, at }: Written): Finding[] {
  const least = K3S.serviceCidrLeastLength[prefix.family];
  const most = bitsOf(prefix.family) - LEAST_SERVICE_BITS;
  if (prefix.length > most) {
    const problem = `${prefix} holds ${prefix.size} addresses, and the API server takes no fewer than ${2 ** LEAST_SERVICE_BITS}`;
    return [invalid(at, problem, String(Prefix.containing(prefix.address, most)))];
  }
  if (prefix.length >= least) return [];
  return [invalid(at, `${prefix} is larger than the API server takes for Services`, `${prefix.address}/${least}`)];
}
