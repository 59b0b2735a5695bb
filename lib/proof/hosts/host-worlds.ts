import { SERVER_LABEL } from '../../components/placement';
import { AddressSet } from '../../net/address-set';
import { addressesBehind, devicesOf } from '../../plan/devices';
import { hostFirewall } from '../../plan/host-firewall';
import { hostnameOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { HostEndpoint } from '../../reach/endpoint';
import type { Engine } from '../../reach/engine';
import { ciliumNodes } from '../../reach/node';
import type { Policy } from '../../reach/policy';
import { Reach } from '../../reach/reach';
import type { World } from '../../reach/world';
import type { ProofWorld } from '../proof-world';
import { hostDemands, type HostDemand } from './host-demands';
import type { HostEnd } from './host-end';

/** What guards nodes, of the rendered policies: the engine's answers, and the ends it can be asked about. */
export interface HostWorld {
  readonly reach: Reach;
  readonly judged: ProofWorld['judged'];
  readonly ends: readonly HostEnd[];
  demands(end: HostEnd): readonly HostDemand[];
}

/** None where the pod network does not guard the nodes. Calico gives two: each of its stages has a say of its own. */
export function hostWorlds(plan: Plan, world: World, engine: Engine): HostWorld[] {
  if (hostFirewall(plan) !== plan.podNetwork.owner) return [];
  const policies = world.policies.filter(({ subjects }) => subjects.includes('host'));
  if (engine === 'cilium') return [worldOf(plan, { ...world, policies }, engine, ciliumEnds(plan))];
  if (engine !== 'calico') return [];
  return (['dialled', 'landing'] as const).map((stage) =>
    worldOf(
      plan,
      { ...world, policies: policies.filter((policy) => isDialled(policy) === (stage === 'dialled')) },
      engine,
      calicoEnds(plan, world, stage),
    ),
  );
}

function isDialled({ stage }: Policy): boolean {
  return stage === 'untracked' || stage === 'preDNAT';
}

function worldOf(plan: Plan, world: World, engine: Engine, ends: readonly HostEnd[]): HostWorld {
  const demands = new Map(ends.map((end) => [end, hostDemands(plan, end)]));
  const given = [...demands.values()].flat().flatMap(({ peer }) => (peer.kind === 'addresses' ? [peer.addresses] : []));
  const hosts = ends.map(({ endpoint }) => endpoint);
  return {
    reach: new Reach(
      { ...world, hosts: () => hosts },
      { engine, cuts: { ingress: [...given, AddressSet.everything] } },
    ),
    judged: { ingress: AddressSet.everything, egress: AddressSet.everything },
    ends,
    demands: (end) => demands.get(end) ?? [],
  };
}

/** Of a node's labels Cilium sees those that do not begin with `kubernetes.io`. Source: Cilium pkg/labelsfilter. */
function ciliumEnds({ spec }: Plan): HostEnd[] {
  return Object.entries(spec.nodes).flatMap(([node, { role, labels }]) => {
    const own = role === 'server' ? { ...labels, [SERVER_LABEL]: 'true' } : labels;
    return ciliumNodes([{ name: node, labels: own }], []).map((endpoint) => ({ name: `node ${node}`, endpoint, node }));
  });
}

/** Every interface that the spec knows of: one that no HostEndpoint is for is open. */
function calicoEnds(plan: Plan, world: World, stage: 'dialled' | 'landing'): HostEnd[] {
  const { spec } = plan;
  const rendered = world.hosts('calico');
  return Object.keys(spec.nodes).flatMap((node) => {
    return devicesOf(spec, node).map((device): HostEnd => {
      const found = rendered.find((one) => one.node === hostnameOf(spec, node) && one.device === device);
      const endpoint = found ?? unguarded(node, device, AddressSet.of(...addressesBehind(spec, node, device)));
      const how = stage === 'dialled' ? 'as it is dialled' : 'what lands there';
      return { name: `node ${node} by ${device} (${how})`, endpoint, node, device, stage };
    });
  });
}

function unguarded(node: string, device: string, addresses: AddressSet): HostEndpoint {
  return {
    kind: 'host',
    id: `${node} ${device}, without a HostEndpoint`,
    labels: {},
    addresses,
    ports: [],
    open: true,
  };
}
