import { AddressSet } from '../../net/address-set';
import { networkOfPeer } from '../../plan/bgp-network';
import { bgpPeers, type BgpPeer } from '../../plan/bgp-peer';
import { kindOfClaim } from '../../plan/claim';
import { dialledPort } from '../../plan/flow';
import { addressesOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { sortedEntries } from '../../text/compare';
import { list } from '../../text/list';
import { bullets, code, heading } from '../../text/markdown';
import type { Chapter } from './chapter';
import { isCloudflare } from './entrance';
import { addresses, product } from './words';

type Lan = Extract<Plan['spec']['networks'][string], { kind: 'lan' }>;

/** What the router of each LAN must be told by hand: what its DHCP server leaves alone, routes, and ports to pass on. */
export function router(plan: Plan): Chapter {
  const lans = sortedEntries(plan.spec.networks).flatMap(([name, network]) =>
    network.kind === 'lan' ? [{ name, network }] : [],
  );
  return {
    title: 'What the router must be told',
    blocks: lans.flatMap(({ name, network }) => [
      heading(3, `Of ${code(name)}`),
      bullets([
        dhcp(plan, name, network),
        ...reservations(plan, name, network),
        ...sessions(plan, name, network),
        ...(network.gateway === undefined ? [] : [routes(plan, name), forwards(plan, name)]),
      ]),
    ]),
  };
}

function dhcp({ claims }: Plan, name: string, { dhcp: leases, gateway }: Lan): string {
  const here = claims.filter(
    (claim) =>
      claim.network === name && claim.within !== undefined && !['gateway', 'leases'].includes(kindOfClaim(claim)),
  );
  const taken = AddressSet.of(...here.map((claim) => claim.addresses));
  const keep = taken.isEmpty ? 'every address in the chapter on addresses' : addressesLong(taken);
  const own = gateway === undefined ? '' : `, and its own, ${code(String(gateway))}`;
  return leases === undefined
    ? `DHCP: the spec states no range (${code(`networks.${name}.dhcp`)}), so nothing here can check it. Its server must never hand out ${keep}${own}: exclude them, or begin and end its range beside them, and then state the range.`
    : `DHCP: hand out ${addresses(leases)} and nothing else, as ${code(`networks.${name}.dhcp`)} says. That leaves alone what is in use: ${keep}${own}.`;
}

function addressesLong(set: AddressSet): string {
  return list(set.toString().split(', ').map(code));
}

/** Machines that ask for their address must always be given the same. */
function reservations({ spec }: Plan, name: string, { addressing }: Lan): string[] {
  if (addressing === 'static')
    return ['Reservations: none, as the nodes hold their addresses themselves; one for each does no harm.'];
  const each = Object.keys(spec.nodes).flatMap((node) =>
    addressesOf(spec, node, name).map((address) => `${code(node)} ${code(String(address))}`),
  );
  return [`Reservations, by the machines’ hardware addresses: ${list(each)}.`];
}

/** A router takes up no session that it was not told of. */
function sessions({ claims, spec }: Plan, name: string, { prefix }: Lan): string[] {
  return peersOn(spec, name).map(({ owner, address, asn, ownAsn, bfd, nodes }) => {
    const from = AddressSet.of(...selectNodes(spec, nodes).flatMap((node) => addressesOf(spec, node, name)));
    const told = AddressSet.of(...claims.filter((claim) => claim.owner === owner).map((claim) => claim.addresses));
    const learned = told.isEmpty ? '' : ` By them it learns the ways to single addresses of ${addressesLong(told)}.`;
    const near = told.intersection(prefix);
    const beside = near.isEmpty
      ? ''
      : ` Machines of ${code(name)} itself look for ${addressesLong(near)} on the link and not at the router: it must answer for them there (proxy ARP), or they must be of another prefix.`;
    const watched = bfd ? ', with BFD' : '';
    return `BGP: ${code(String(address))}, in autonomous system ${asn}, must take up the sessions that ${product(owner)} opens from ${addressesLong(from)} in ${ownAsn}${watched}.${learned}${beside}`;
  });
}

/** Routers that are told of virtual addresses over this network. */
function peersOn(spec: Plan['spec'], name: string): BgpPeer[] {
  return bgpPeers(spec).filter(({ address }) => networkOfPeer(spec, address) === name);
}

function routes({ podNetwork, spec }: Plan, name: string): string {
  const virtual =
    peersOn(spec, name).length === 0
      ? 'Virtual addresses are answered for on the link itself.'
      : 'Virtual addresses that are not told by BGP are answered for on the link itself.';
  if (podNetwork.leavesAs !== 'pod')
    return `Static routes: none. ${virtual} Pods leave under their node’s address, and pod and Service addresses mean nothing outside the cluster.`;
  const pods = list(spec.k3s.clusterCidrs.map((cidr) => code(String(cidr))));
  return `Routes: pods leave under their own addresses, in ${pods}; without routes to each node’s part of them, static or by BGP, no answer finds its pod. ${virtual}`;
}

/** Whoever is let in from anywhere comes by the router. */
function forwards({ flows, spec }: Plan, name: string): string {
  const open = flows.filter(
    ({ from, over, protocol, port }) =>
      (from.kind === 'internet' || isCloudflare(from)) && over === name && port !== undefined && protocol !== 'any',
  );
  const rows = open.map((flow) => {
    const to =
      flow.dialled ?? AddressSet.of(...Object.keys(spec.nodes).flatMap((node) => addressesOf(spec, node, name)));
    return `${code(`${String(dialledPort(flow) ?? '')}/${flow.protocol}`)} to ${addresses(to)}`;
  });
  return rows.length === 0
    ? 'Ports to pass on: none. Nobody beyond this network is let in by it.'
    : `Ports to pass on, if callers from the internet are meant to reach them: ${list([...new Set(rows)])}.`;
}
