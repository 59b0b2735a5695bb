import { AddressSet } from '../../net/address-set';
import { podFamilies } from '../../plan/cluster-ranges';
import { ANY_POD, nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { Listener } from '../../plan/listener';
import { addressKind, networkEncryption } from '../../plan/network-kind';
import { interfaceOf } from '../../plan/nodes';
import { outerFamilies } from '../../plan/underlay';
import { overlayNeed } from '../../plan/overlay-need';
import type { Cluster } from '../../spec/cluster';
import { register } from '../component';
import { K3S_PROCESS } from '../k3s-process';
import { BACKENDS, backendBefore, tunnelFlow, type Backend } from './backend';
import { deviceMtuOf, mtuOf } from './mtu';
import { notes } from './notes';
import type { FlannelOptions } from './options';
import { nodesKnown, tunnelAddresses, untunnelledAddresses } from './tunnel-addresses';

const source = ['cni', 'backend'];

/** Flannel, which K3s runs inside its own process on every node. */
export const flannel = register<FlannelOptions>({
  name: 'flannel',
  options: (spec) => (spec.cni.kind === 'flannel' ? spec.cni : undefined),
  provides: ({ backend }) => [
    {
      name: 'pod-network',
      failure: failureOf(BACKENDS[backend]),
      process: K3S_PROCESS,
      source,
    },
  ],
  requires: (_, spec) => [{ name: 'control-plane', source }, ...overlayNeed(spec, spec.k3s.nodeNetwork, source)],
  listeners: (options, spec) => backends(options).flatMap((backend) => listenersOf(backend, spec)),
  flows: (options, spec) => backends(options).flatMap((backend) => flowsOf(backend, spec)),
  mtu: (options, spec) =>
    [BACKENDS[options.backend]].flatMap((backend) => [
      ...podFamilies(spec).flatMap((family) => {
        const device = backend.devices[family];
        return device === undefined ? [] : [{ device, on: 'every node', sum: deviceMtuOf(backend, family, spec) }];
      }),
      { device: 'cni0 and every pod', on: 'every node', sum: mtuOf(backend, spec) },
    ]),
  podNetwork: (options, spec) => podNetwork(options, spec),
  k3s: ({ backend }, spec, node) => [
    ...(spec.nodes[node]?.role === 'server'
      ? [
          {
            name: 'flannel-backend',
            value: backend,
            reason: 'how pod traffic travels between nodes; equal on every server',
          },
          ...(podFamilies(spec).includes(6) ? [IPV6_MASQUERADE] : []),
        ]
      : []),
    {
      name: 'flannel-iface',
      value: interfaceOf(spec, node, spec.k3s.nodeNetwork),
      reason: `pod traffic leaves by ${spec.k3s.nodeNetwork}, not by whichever interface has the default route`,
    },
  ],
  host: ({ backend }) => (backend === 'wireguard-native' ? { packages: [WG] } : {}),
  commands: () => ({ podRanges: POD_RANGES }),
  notes,
});

/** By IPv4 it is so unasked. Source: K3s docs, basic network options; pkg/agent/flannel. */
const IPV6_MASQUERADE = {
  name: 'flannel-ipv6-masq',
  value: true,
  reason: 'pods leave the cluster under their node’s address by IPv6 as by IPv4; equal on every server',
};

const POD_RANGES = [
  '# pod range of each node, as K3s assigned it',
  `kubectl get nodes -o jsonpath='{range .items[*]}{.metadata.name}{"\\t"}{.status.addresses[?(@.type=="InternalIP")].address}{"\\t"}{.spec.podCIDR}{"\\n"}{end}'`,
];

/** Flannel needs the kernel's WireGuard alone; this shows it. */
const WG = { name: 'wireguard-tools', reason: "shows the tunnels of Flannel's WireGuard to an operator (wg show)" };

/** Flannel tells the kernel and forwards no packet itself. */
function failureOf({ devices }: Backend): string {
  const tunnel = devices[4] ?? devices[6];
  const state = tunnel === undefined ? 'Routes to other nodes’ pods' : 'Routes, neighbours and peers of the tunnel';
  const gone =
    tunnel === undefined ? '' : ` Pods of other nodes are lost only if ${tunnel} goes, or its port is closed.`;
  return `${state} stay in the kernel, so pods go on reaching each other; nodes that join, leave or change their address are missed.${gone}`;
}

/** The backend in use, and the one the nodes come from while they roll. */
function backends(options: FlannelOptions): Backend[] {
  const before = backendBefore(options);
  const now = BACKENDS[options.backend];
  return before === undefined || before === now ? [now] : [now, before];
}

/** One for each port: the VXLAN devices of both families share theirs, each bound to its own family. */
function listenersOf(backend: Backend, spec: Cluster): Omit<Listener, 'owner'>[] {
  const families = outerFamilies(spec);
  const ports = new Set(families.flatMap((family) => backend.ports?.[family] ?? []));
  return [...ports].map((port) => {
    const own = families.filter((family) => backend.ports?.[family] === port);
    const over = own.includes(6) ? ` over ${own.map((family) => `IPv${family}`).join(' and ')}` : '';
    const purpose = `Flannel ${backend.name}${over}`;
    return {
      ...{ on: { nodes: 'all' }, protocol: 'udp', bind: 'all', ports: { container: port, host: port } },
      ...{ purpose, source },
    };
  });
}

function flowsOf(backend: Backend, spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const over = spec.k3s.nodeNetwork;
  const common = { over, address: addressKind(spec, over), source };
  if (backend.ports === undefined) {
    // Without a tunnel pods' packets travel the node network as they are.
    return [
      {
        ...common,
        from: ANY_POD,
        to: ANY_POD,
        protocol: 'any',
        grants: false,
        reason: 'pod traffic between nodes, routed without a tunnel',
      },
    ];
  }
  return outerFamilies(spec).flatMap((family) => {
    const flow = tunnelFlow(backend, family);
    return flow === undefined ? [] : [{ ...common, ...flow, from: nodes('all'), to: nodes('all') }];
  });
}

function podNetwork(options: FlannelOptions, spec: Cluster) {
  const backend = BACKENDS[options.backend];
  const encryptedBy = backend.encryptedBy ?? networkEncryption(spec, spec.k3s.nodeNetwork);
  return {
    podDevices: ['cni0'],
    // While nodes roll, pods come in by the device of either backend; the one in use stands first.
    tunnelDevices: backends(options).flatMap(({ devices }) =>
      podFamilies(spec).flatMap((family) => devices[family] ?? []),
    ),
    underlay: spec.k3s.nodeNetwork,
    encapsulation: backend.encapsulation,
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    mtu: mtuOf(backend, spec),
    masquerades: true,
    nodesAppearAs: nodesAppearAs(options, spec),
    nodesKnown: nodesKnown(options, spec),
  };
}

/** While nodes roll, those of either backend call. */
function nodesAppearAs(options: FlannelOptions, spec: Cluster): AddressSet {
  return AddressSet.of(
    ...backends(options).map(({ encapsulation }) =>
      encapsulation === 'none' ? untunnelledAddresses(spec) : tunnelAddresses(spec),
    ),
  );
}
