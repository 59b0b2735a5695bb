import { PortRange } from '../../net/port';
import { PODS, type NetworkName } from '../../plan/claim';
import { callersAnywhere, callersByNetwork, type Callers } from '../../plan/client-network';
import { podFamilies } from '../../plan/cluster-ranges';
import { ANY_POD, nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { Listener } from '../../plan/listener';
import { addressKind } from '../../plan/network-kind';
import { sourceEndpoint } from '../../plan/source-endpoint';
import type { Cluster } from '../../spec/cluster';
import type { Source } from '../../spec/fields';
import type { FirewallOptions } from './options';

type Declared = Omit<Flow, 'declaredBy'>;

/** The ways in that belong to no other component: the operators', those the spec asks for, and pods' neighbour discovery. */
export function firewallFlows(options: FirewallOptions, spec: Cluster): Declared[] {
  return [...sshFlows(options, spec), ...allowed(options, spec), ...podNeighbours(spec)];
}

function sshFlows({ ssh }: FirewallOptions, spec: Cluster): Declared[] {
  const port = PortRange.of(ssh.port);
  return ssh.from.flatMap((source, i) =>
    callersAnywhere(spec, source, 'all').map(({ from, over }) => ({
      from,
      to: nodes('all'),
      protocol: 'tcp' as const,
      port: { container: port, host: port },
      over,
      address: addressKind(spec, over),
      encryptedBy: 'SSH',
      reason: 'operators log in by SSH',
      source: ['firewall', 'ssh', 'from', i],
    })),
  );
}

function allowed({ allow }: FirewallOptions, spec: Cluster): Declared[] {
  return allow.flatMap((entry, i) =>
    entry.from.flatMap((source, j) =>
      callersOf(entry, source, spec).map(({ from, over }) => ({
        from,
        to: nodes(entry.nodes),
        protocol: entry.protocol,
        port: { container: entry.port, host: entry.port },
        over,
        address: addressKind(spec, over),
        ...(entry.encryptedBy === undefined ? {} : { encryptedBy: entry.encryptedBy }),
        reason: entry.reason,
        source: ['firewall', 'allow', i, 'from', j],
      })),
    ),
  );
}

type Opening = FirewallOptions['allow'][number];

/** An opening that names a network is one of that network, whoever calls. */
function callersOf({ network, nodes: select }: Opening, source: Source, spec: Cluster): Callers[] {
  if (network !== undefined) return [{ from: sourceEndpoint(spec, source), over: network }];
  return callersByNetwork(spec, source, { nodes: select, front: spec.k3s.nodeNetwork });
}

/** Pods with IPv6 addresses ask for their node on the bridge, as every IPv6 host does. Source: RFC 4861, sections 4.3 and 4.4. */
function podNeighbours(spec: Cluster): Declared[] {
  if (!podFamilies(spec).includes(6)) return [];
  return [
    {
      from: ANY_POD,
      to: nodes('all'),
      protocol: 'icmpv6',
      icmpTypes: ['nd-neighbor-advert', 'nd-neighbor-solicit'],
      over: PODS,
      address: 'link-local',
      // The link's own affair: it says nothing of whom a pod may talk to, and engines let it pass or answer it themselves.
      grants: false,
      reason: 'pods find their node on the bridge',
      source: ['k3s', 'clusterCidrs'],
    },
  ];
}

/** The networks on which an opening's process must be listening, for all that is known of it. */
function networksOf(entry: Opening, spec: Cluster): NetworkName[] {
  return [...new Set(entry.from.flatMap((source) => callersOf(entry, source, spec).map(({ over }) => over)))];
}

export function firewallListeners(options: FirewallOptions, spec: Cluster): Omit<Listener, 'owner'>[] {
  const ssh = PortRange.of(options.ssh.port);
  return [
    {
      on: { nodes: 'all' },
      protocol: 'tcp',
      bind: 'all',
      ports: { container: ssh, host: ssh },
      purpose: 'SSH',
      source: ['firewall', 'ssh', 'port'],
    },
    ...options.allow.flatMap((entry, i) =>
      networksOf(entry, spec).map(
        (bind): Omit<Listener, 'owner'> => ({
          on: { nodes: entry.nodes },
          protocol: entry.protocol,
          bind,
          ports: { container: entry.port, host: entry.port },
          purpose: entry.reason,
          source: ['firewall', 'allow', i, 'port'],
        }),
      ),
    ),
  ];
}
