import { PORTS, type WellKnownPort } from '../../net/well-known-ports';
import { podFamilies } from '../../plan/cluster-ranges';
import { ANY_POD, nodes, workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import { outerFamilies } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
import { apiFlow } from '../api-flow';
import { encapsulationOf, isBare, WIREGUARD } from './encapsulation';
import { PARTS, partName, type CalicoPart } from './names';
import type { CalicoOptions } from './options';
import { WIREGUARD_PORTS } from './parts';

type Declared = Omit<Flow, 'declaredBy'>;

/** Who talks to whom for Calico's sake. Source of the ports: Calico docs, system requirements. */
export function calicoFlows(options: CalicoOptions, spec: Cluster): Declared[] {
  return [
    ...carried(options, spec),
    ...encrypted(options, spec),
    ...(options.bgp
      ? [{ ...between(spec), ...onPort(PORTS.bgp), reason: 'nodes tell each other by BGP whose pods they run' }]
      : []),
    {
      ...between(spec),
      ...onPort(PORTS.calicoTypha),
      from: workload(partName('node')),
      to: workload(partName('typha')),
      encryptedBy: 'TLS (both sides)',
      reason: 'every node hears of pods and policies from Typha, which alone watches the API',
    },
    ...(Object.keys(CALLS) as CalicoPart[]).map((part) =>
      apiFlow(spec, { name: partName(part), hostNetwork: PARTS[part].hostNetwork }, CALLS[part], ['cni']),
    ),
  ];
}

const CALLS: Readonly<Record<CalicoPart, string>> = {
  operator: 'the Tigera operator reads the Installation and keeps Calico as it says',
  node: 'calico-node writes its own node, its blocks of addresses and its tunnel to the API',
  typha: 'Typha watches pods, nodes and policies for every node',
  controllers: "Calico's controllers give back the addresses of pods and nodes that are gone",
};

/** Among the nodes, on their own network. */
function between(spec: Cluster) {
  const over = spec.k3s.nodeNetwork;
  return { from: nodes('all'), to: nodes('all'), over, address: addressKind(spec, over), source: ['cni'] };
}

function onPort({ range, protocol }: WellKnownPort): Pick<Flow, 'protocol' | 'port'> {
  return { protocol, port: { container: range, host: range } };
}

function carried(options: CalicoOptions, spec: Cluster): Declared[] {
  const tunnel = encapsulationOf(options);
  const source = ['cni', 'encapsulation'];
  const reason = options.wireguard
    ? `Calico's ${tunnel.label} carries pod traffic between nodes that have no WireGuard keys of each other yet`
    : `Calico's ${tunnel.label} carries pod traffic between nodes`;
  const wire: Declared[] =
    tunnel.name === 'none'
      ? []
      : [
          {
            ...between(spec),
            ...(tunnel.name === 'vxlan' ? onPort(PORTS.calicoVxlan) : { protocol: 'ipip' as const }),
            reason,
            source,
          },
        ];
  const bare = podFamilies(spec).filter((family) => isBare(tunnel, family));
  if (bare.length === 0) return wire;
  return [
    ...wire,
    {
      ...between(spec),
      from: ANY_POD,
      to: ANY_POD,
      protocol: 'any',
      grants: false,
      ...(options.wireguard ? { encryptedBy: WIREGUARD.label } : {}),
      reason:
        tunnel.name === 'none' || !tunnel.bareInSubnet
          ? 'pod traffic between nodes, routed without a tunnel'
          : 'pod traffic between nodes of one subnet, routed without a tunnel',
      source,
    },
  ];
}

function encrypted({ wireguard }: CalicoOptions, spec: Cluster): Declared[] {
  if (!wireguard) return [];
  return outerFamilies(spec).map((family) => ({
    ...between(spec),
    ...onPort(WIREGUARD_PORTS[family]),
    encryptedBy: 'WireGuard',
    reason: `Calico's WireGuard between every two nodes${family === 6 ? ', over IPv6' : ''}`,
    source: ['cni', 'wireguard'],
  }));
}
