import { AddressSet } from '../../net/address-set';
import { NOT_ROUTED } from '../../net/well-known';
import { isOutside, printEndpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { hostFirewall } from '../../plan/host-firewall';
import { addressesOf, hasNodes, nodeAddresses, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { seenAs, type Arrival } from '../../plan/seen-as';
import { printPath, type Finding, type SpecPath } from '../../spec/finding';
import { groupedBy } from '../../text/group';
import { familyNames, listed, warns } from '../found';

/**
 * Callers that the spec lets in and whose packets can arrive at no node; nodes at which nobody can log in; and nodes that
 * are to call each other where they have no address.
 */
export function callerLockedOut(plan: Plan): Finding[] {
  if (hostFirewall(plan) === undefined) return nodesAside(plan);
  const bySource = groupedBy(plan.flows, (flow) => (isOpening(plan, flow) ? printPath(flow.source) : undefined));
  const shut = [...bySource.values()].filter((flows) => flows.every((flow) => isNowhere(plan, flow)));
  return [
    ...shut.flatMap((flows) => flows.slice(0, 1).map((flow) => nowhere(plan, flow))),
    ...withoutLogin(plan),
    ...nodesAside(plan),
  ];
}

/** Nodes that are to call others by a network that they are not on: storage that each mounts is served on one alone. */
function nodesAside({ flows, spec }: Plan): Finding[] {
  const between = groupedBy(flows, ({ from, to, over, source }) =>
    from.kind === 'nodes' && to.kind === 'nodes' && spec.networks[over] !== undefined ? printPath(source) : undefined,
  );
  return [...between.values()].flatMap(([flow]) => {
    if (flow?.from.kind !== 'nodes') return [];
    const { from, to, over, reason: why, source } = flow;
    const aside = selectNodes(spec, from.select).filter((node) => addressesOf(spec, node, over).length === 0);
    if (aside.length === 0) return [];
    return [
      warns('CALLER_LOCKED_OUT', {
        at: [source, ...aside.map((node) => ['nodes', node, 'addresses'])],
        message: `${listed(aside)} may call ${printEndpoint(to)} over ${over} (${why}) and never get there: no address on ${over}`,
        fix: listed(aside.map((node) => `nodes.${node}.addresses.${over}`)),
      }),
    ];
  });
}

/** Whether an entry of a list of those who may call is behind a flow. That nobody announces a pool is another finding. */
function isOpening({ spec }: Plan, { from, source, address, over }: Flow): boolean {
  if (!isOutside(from) || from.kind === 'internet' || (address === 'vip' && !hasNodes(spec, over))) return false;
  return ['allowFrom', 'from'].includes(String(source.at(-2)));
}

const isNowhere = (plan: Plan, flow: Flow) => nodesReached(plan, flow).next().done === true;

/** The nodes at which a flow can arrive: where its network is, in a family that both ends have, under an address that is routed. */
function* nodesReached(plan: Plan, flow: Flow): Generator<string> {
  for (const node of Object.keys(plan.spec.nodes)) {
    if (seenAs(flow, plan, node).some((arrival) => canCome(plan, node, arrival))) yield node;
  }
}

function canCome(plan: Plan, node: string, { flow, sources, destinations }: Arrival): boolean {
  if (sources === undefined) return true;
  const dialled = destinations ?? AddressSet.of(...addressesOf(plan.spec, node, flow.over));
  const routed = sources.difference(unrouted(plan, flow));
  return dialled.families().some((family) => !routed.family(family).isEmpty);
}

/** Source addresses that never come by a flow's network. One whose own nodes have such addresses may route more of them. */
function unrouted({ spec }: Plan, { over }: Flow): AddressSet {
  if (spec.networks[over]?.kind !== 'public') return AddressSet.empty;
  return nodeAddresses(spec, 'all', over).overlaps(NOT_ROUTED) ? AddressSet.empty : NOT_ROUTED;
}

function nowhere(plan: Plan, flow: Flow): Finding {
  const { at, why, fix } = reason(plan, flow);
  return warns('CALLER_LOCKED_OUT', {
    at: [flow.source, ...at],
    message: `${printEndpoint(flow.from)} may call ${printEndpoint(flow.to)} (${flow.reason}) and never gets there: ${why}`,
    fix,
  });
}

function reason(plan: Plan, flow: Flow): { at: SpecPath[]; why: string; fix: string } {
  const { from, over } = flow;
  if (from.kind === 'name')
    return {
      at: [['outside', from.name]],
      why: 'it is known by names alone, and a firewall lets in addresses',
      fix: `outside.${from.name}.addresses`,
    };
  const arriving = Object.keys(plan.spec.nodes).flatMap((node) => seenAs(flow, plan, node));
  const sources = AddressSet.of(...arriving.map(({ sources: some }) => some ?? AddressSet.empty));
  if (arriving.length === 0)
    return {
      at: [['networks', over]],
      why: `it calls over ${over}, on which none of them has an address`,
      fix: `addresses of nodes on ${over}, or the addresses under which these callers come`,
    };
  const dialled = flow.dialled ?? nodeAddresses(plan.spec, 'all', over);
  if (!dialled.families().some((family) => sources.families().includes(family)))
    return {
      at: [],
      why: `it has ${familyNames(sources.families())} addresses alone, and what it dials on ${over} ${familyNames(dialled.families())} ones (${dialled})`,
      fix: `its ${familyNames(dialled.families())} addresses`,
    };
  return {
    at: [['networks', over]],
    why: `it dials addresses of ${over}, and no router of a public network passes on packets from ${sources}`,
    fix: 'the public addresses under which its router sends, or a network that it and these nodes are both on',
  };
}

/** Some nodes at which nobody of those who may log in arrives; where that is all of them, each caller was named already. */
function withoutLogin(plan: Plan): Finding[] {
  const { port } = plan.spec.firewall.ssh;
  const logins = plan.flows.filter(
    ({ to, protocol, port: ports }) =>
      to.kind === 'nodes' && protocol === 'tcp' && ports?.host?.contains(port) === true,
  );
  const open = new Set(logins.flatMap((flow) => [...nodesReached(plan, flow)]));
  const shut = Object.keys(plan.spec.nodes).filter((node) => !open.has(node));
  if (open.size === 0 || shut.length === 0) return [];
  return [
    warns('CALLER_LOCKED_OUT', {
      at: [['firewall', 'ssh', 'from'], ...shut.map((node) => ['nodes', node, 'addresses'])],
      message: `nobody can log in to ${listed(shut)} by SSH: of those who may, no packet arrives there`,
      fix: 'a caller on a network of theirs, or addresses of theirs on the network of a caller',
    }),
  ];
}
