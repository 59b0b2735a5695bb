import { PORTS } from '../../net/well-known-ports';
import { PODS } from '../../plan/claim';
import { ANY_POD, nodes, workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { probe } from '../../plan/probe';
import { addressKind } from '../../plan/network-kind';
import { outerFamilies } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
import { apiFlow } from '../api-flow';
import { PARTS, partName, type Part } from './names';
import type { CiliumOptions } from './options';
import { HUBBLE_RELAY, HUBBLE_UI, partsOf } from './parts';
import { encryptedBy, tunnelOf } from './routing';

type Declared = Omit<Flow, 'declaredBy'>;
const HUBBLE_RELAY_HEALTH = 4222;

/** Who talks to whom for Cilium's sake. Source of the ports: Cilium docs, system requirements. */
export function ciliumFlows(options: CiliumOptions, spec: Cluster): Declared[] {
  return [
    ...tunnelled(options, spec),
    ...encrypted(options, spec),
    ...health(spec),
    ...hubble(options, spec),
    ...partsOf(options)
      .filter((part) => part !== 'envoy' && part !== 'relay')
      // On the host network the agent dials loopback, and K3s dials the servers.
      .map((part) =>
        apiFlow(spec, { name: partName(part), hostNetwork: PARTS[part].hostNetwork }, CALLS[part], ['cni']),
      ),
  ];
}

/** Among the nodes, on their own network. */
function between(spec: Cluster) {
  const over = spec.k3s.nodeNetwork;
  return { from: nodes('all'), to: nodes('all'), over, address: addressKind(spec, over) };
}

function tunnelled(options: CiliumOptions, spec: Cluster): Declared[] {
  const tunnel = tunnelOf(options);
  const source = ['cni', 'routing'];
  const secret = encryptedBy(options);
  if (tunnel === undefined) {
    const reason = 'pod traffic between nodes, routed without a tunnel';
    return [
      {
        ...between(spec),
        from: ANY_POD,
        to: ANY_POD,
        protocol: 'any',
        grants: false,
        ...(secret === undefined ? {} : { encryptedBy: secret }),
        reason,
        source,
      },
    ];
  }
  const { port, label } = tunnel;
  return [
    {
      ...between(spec),
      protocol: 'udp',
      port: { container: port, host: port },
      ...(secret === undefined ? {} : { encryptedBy: secret }),
      reason: `Cilium's ${label} tunnel carries pod traffic between nodes`,
      source,
    },
  ];
}

function encrypted({ encryption }: CiliumOptions, spec: Cluster): Declared[] {
  const source = ['cni', 'encryption'];
  switch (encryption) {
    case 'none':
      return [];
    case 'wireguard': {
      const port = PORTS.ciliumWireguard.range;
      return [
        {
          ...between(spec),
          protocol: 'udp',
          port: { container: port, host: port },
          encryptedBy: 'WireGuard',
          reason: "Cilium's WireGuard between every two nodes",
          source,
        },
      ];
    }
    case 'ipsec':
      return [
        {
          ...between(spec),
          protocol: 'esp',
          encryptedBy: 'IPsec',
          reason: "Cilium's IPsec between every two nodes",
          source,
        },
      ];
  }
}

/** Every agent asks every other node whether it is there. */
function health(spec: Cluster): Declared[] {
  const source = ['cni'];
  const port = PORTS.ciliumHealth.range;
  const reason = 'cilium-health asks every other node whether it answers';
  return [
    { ...between(spec), protocol: 'tcp', port: { container: port, host: port }, reason, source },
    ...outerFamilies(spec).map(
      (family): Declared => ({
        ...between(spec),
        protocol: family === 4 ? 'icmp' : 'icmpv6',
        icmpTypes: ['echo-request'],
        reason,
        source,
      }),
    ),
  ];
}

function hubble(options: CiliumOptions, spec: Cluster): Declared[] {
  const parts = partsOf(options);
  const source = ['cni', 'hubble'];
  const server = PORTS.hubbleServer.range;
  const flows: Declared[] = [];
  // Source: the chart's templates, hubble-relay/deployment.yaml and hubble-ui/deployment.yaml.
  if (parts.includes('relay')) flows.push(probe({ name: partName('relay'), port: HUBBLE_RELAY_HEALTH, source }));
  if (parts.includes('ui')) flows.push(probe({ name: partName('ui'), port: HUBBLE_UI.container.first, source }));
  if (parts.includes('relay')) {
    flows.push({
      from: workload(partName('relay')),
      to: nodes('all'),
      protocol: 'tcp',
      port: { container: server, host: server },
      over: PODS,
      address: addressKind(spec, spec.k3s.nodeNetwork),
      encryptedBy: 'TLS (both sides)',
      reason: 'Hubble relay asks each agent what it sees',
      source,
    });
  }
  if (parts.includes('ui')) {
    flows.push({
      from: workload(partName('ui')),
      to: workload(partName('relay')),
      protocol: 'tcp',
      port: HUBBLE_RELAY,
      over: PODS,
      address: 'service',
      reason: "Hubble's pages show what the relay has gathered",
      source,
    });
  }
  return flows;
}

const CALLS: Readonly<Record<Exclude<Part, 'envoy' | 'relay'>, string>> = {
  agent: "Cilium's agents watch pods, Services and policies, by K3s's own way to the API on loopback",
  operator: "Cilium's operator hands out pod ranges, by K3s's own way to the API on loopback",
  certificates: "a job keeps Hubble's certificates in Secrets",
  ui: "Hubble's pages name namespaces and pods",
};
