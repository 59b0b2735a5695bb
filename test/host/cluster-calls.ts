import type { Address } from '../../lib/net/address';
import { LINK_LOCAL } from '../../lib/net/well-known';
import { printEndpoint, type Endpoint } from '../../lib/plan/endpoint';
import { dialledPort, printPort, type Flow } from '../../lib/plan/flow';
import { addressesOf, isSelected } from '../../lib/plan/nodes';
import type { Plan } from '../../lib/plan/plan';
import { wayOut } from '../../lib/plan/way-out';
import type { Call } from './call';
import { CAST } from './cast';
import { ROUTER, type Streets } from './cluster-streets';

export const OUTSIDE = 'outside';

/** A way from one host to another: the network by which it enters, and the addresses there. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly network: string;
  /** As the other sees it. */
  readonly source: Address;
  readonly destination: Address;
}

/** Flows whose two ends are hosts or ranges: processes of pods that have addresses of their own are judged elsewhere. */
export function hostFlows(plan: Plan): readonly Flow[] {
  const isHost = (end: Endpoint) =>
    end.kind === 'workload'
      ? plan.workloads.get(end.workload)?.hostNetwork === true
      : end.kind !== 'pods' && end.kind !== 'name';
  return plan.flows.filter((flow) => isHost(flow.from) && isHost(flow.to) && flow.dialled === undefined);
}

/** Calls for one flow: by every way that it describes, in each family, to each end of its ports. */
export function callsOf(flow: Flow, plan: Plan, ways: readonly Way[]): Call[] {
  const own = ways.filter((way) => fits(flow, way, plan));
  return own.flatMap((way) => targets(flow, way).map((target) => callBy(way, target)));
}

/** A node calls under the address that its routes choose; somebody outside has many, and names one. */
export function callBy({ source, ...way }: Way, target: Target): Call {
  return { ...way, ...target, ...(way.from === OUTSIDE ? { source } : {}) };
}

export type Target = Pick<Call, 'protocol' | 'port' | 'icmpType'>;

function targets(flow: Flow, { source }: Way): Target[] {
  const { protocol, icmpTypes } = flow;
  if (protocol === 'icmp' || protocol === 'icmpv6')
    return (protocol === 'icmp') === (source.family === 4)
      ? (icmpTypes ?? ['echo-request']).map((icmpType) => ({ protocol, icmpType }))
      : [];
  if (protocol === 'esp') return [{ protocol }];
  if (protocol !== 'tcp' && protocol !== 'udp') throw new Error(`no call of ${protocol} is written yet`);
  const port = dialledPort(flow);
  return [...new Set(port === undefined ? [9] : [port.first, port.last])].map((one) => ({ protocol, port: one }));
}

/** Whether the plan lets a call in, read from its flows as a person would, and not from where packets arrive. */
export function isMeant(call: Call, plan: Plan, source: Address): boolean {
  return plan.flows.some((flow) => {
    if (!fits(flow, { ...call, source }, plan) || flow.protocol !== call.protocol) return false;
    if (flow.icmpTypes !== undefined && !flow.icmpTypes.includes(call.icmpType ?? '')) return false;
    // A Service's port is the process's own by the time that a packet leaves for another node.
    const port = flow.address === 'service' ? flow.port?.container : dialledPort(flow);
    return port === undefined || (call.port !== undefined && port.contains(call.port));
  });
}

function fits(flow: Flow, way: Way, plan: Plan): boolean {
  const { from, over, dialled } = flow;
  const network = over === 'pods' ? plan.podNetwork.underlay : over === 'outside' ? wayOut(plan.spec) : over;
  if (over === 'services' || network !== way.network) return false;
  if (dialled?.contains(way.destination) === false) return false;
  return isEnd(flow, way.to, plan) && isStart(from, way, plan);
}

/** Whether a host is where a flow ends: by a process of its own, or by a port of its own that leads to a pod. */
function isEnd(flow: Flow, name: string, plan: Plan): boolean {
  const { to, address, port } = flow;
  if (to.kind === 'internet') return name === OUTSIDE;
  if (to.kind === 'nodes') return isSelected(plan.spec, name, to.select);
  const workload = to.kind === 'workload' ? plan.workloads.get(to.workload) : undefined;
  if (workload === undefined || !isSelected(plan.spec, name, workload.nodes)) return false;
  return workload.hostNetwork || (port?.host !== undefined && address !== 'pod' && address !== 'service');
}

/** Whether a flow starts with somebody at this address: a node, and what leaves under its address, has those of the spec. */
function isStart(from: Endpoint, { from: name, network, source }: Way, plan: Plan): boolean {
  if (from.kind === 'internet') return true;
  if (from.kind === 'range') return from.addresses.contains(source);
  if (name === OUTSIDE || !addressesOf(plan.spec, name, network).some((own) => own.equals(source))) return false;
  if (from.kind === 'nodes') return isSelected(plan.spec, name, from.select);
  if (from.kind === 'pods') return true;
  return from.kind === 'workload' && isSelected(plan.spec, name, plan.workloads.get(from.workload)?.nodes ?? 'all');
}

/** Every way between two hosts of the stage. */
export function waysOf(streets: Streets): Way[] {
  const { plan } = streets;
  const { spec } = plan;
  const names = Object.keys(spec.nodes);
  const at = (node: string, network: string): readonly Address[] => [
    ...addressesOf(spec, node, network),
    ...(spec.networks[network]?.kind === 'public' ? [streets.unnamed.get(node) ?? []].flat() : []),
  ];
  return Object.keys(spec.networks).flatMap((network) => {
    const from = (to: string, destination: Address): Way[] => {
      const way = (name: string, source: Address) => ({ from: name, to, network, source, destination });
      const near = names
        .filter((name) => name !== to)
        .flatMap((name) => {
          const source = at(name, network).find(({ family }) => family === destination.family);
          if (source !== undefined) return [way(name, source)];
          return isHidden(name, plan) && network === wayOut(spec) && destination.family === 4
            ? [way(name, ROUTER)]
            : [];
        });
      return [
        ...near,
        ...(to === OUTSIDE ? [] : strangers(network, streets, destination).map((one) => way(OUTSIDE, one))),
      ];
    };
    const inward = names.flatMap((to) => at(to, network).flatMap((destination) => from(to, destination)));
    const outward =
      network === wayOut(spec) ? [CAST.internet4, CAST.internet6].flatMap((one) => from(OUTSIDE, one)) : [];
    return [...inward, ...outward];
  });
}

/** Whether a node goes out through a router that hides its address. */
const isHidden = (node: string, { spec }: Plan) => addressesOf(spec, node, wayOut(spec)).length === 0;

/** Addresses under which somebody outside calls on a network: anyone's, and one of every range that a flow names. */
function strangers(network: string, streets: Streets, { family }: Address): Address[] {
  const { plan } = streets;
  if (!streets.carriers.includes(network)) return [];
  const spoken = plan.spec.networks[network];
  const named = plan.flows.flatMap(({ from, over }) =>
    over === network && from.kind === 'range' ? [from.addresses] : [],
  );
  const ranges = named.flatMap((set) =>
    set.ranges().map(({ first, last }) => ({ first, size: last.value - first.value })),
  );
  const some = ranges.map(({ first, size }) => first.plus(size < 16n ? size / 2n : 9));
  const own =
    spoken !== undefined && 'prefix' in spoken ? [spoken.prefix.first.plus(99)] : [CAST.internet4, CAST.internet6];
  const all = new Map([...own, ...some].filter((one) => isUsable(one, family)).map((one) => [String(one), one]));
  return [...all.values()];
}

/** A host can have it for its own on a bridge: no link-local address, whose link must be named, and not the first of all. */
const isUsable = (address: Address, family: 4 | 6) =>
  address.family === family && address.value > 255n && !LINK_LOCAL.contains(address);

export const printFlow = (flow: Flow): string =>
  `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)} over ${flow.over}`;
