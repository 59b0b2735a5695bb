import type { Prefix } from '../../net/prefix';
import { K3S, loopback4 } from '../../net/well-known';
import type { HelmValue } from '../../plan/helm-release';
import { interfaceOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { LINES } from './line';
import { baseMtu } from './mtu';
import type { CiliumOptions } from './options';
import { tunnelOf } from './routing';

/** The values of the chart that Wayleave sets. A type and no interface, so that it is plain data to the YAML writer. */
export type CiliumValues = {
  readonly kubeProxyReplacement: boolean;
  readonly k8sServiceHost: string;
  readonly k8sServicePort: number;
  readonly ipam: { readonly mode: 'cluster-pool'; readonly operator: PodRanges };
  readonly ipv4: { readonly enabled: boolean };
  readonly ipv6: { readonly enabled: boolean };
  readonly devices?: readonly string[];
  readonly MTU: number;
  readonly hubble: HubbleValues;
  readonly l2announcements: { readonly enabled: boolean };
  readonly hostFirewall: { readonly enabled: boolean };
  readonly policyAuditMode?: true;
  readonly rollOutCiliumPods: true;
  readonly operator: { readonly replicas: number; readonly rollOutPods: true };
  readonly envoy: { readonly rollOutPods: true };
  readonly encryption?: Encryption;
  readonly authentication?: { readonly enabled: false };
} & Routing;

type PodRanges = {
  readonly clusterPoolIPv4PodCIDRList?: readonly string[];
  readonly clusterPoolIPv4MaskSize?: number;
  readonly clusterPoolIPv6PodCIDRList?: readonly string[];
  readonly clusterPoolIPv6MaskSize?: number;
};

type Routing =
  | { readonly routingMode: 'tunnel'; readonly tunnelProtocol: 'geneve' | 'vxlan' }
  | {
      readonly routingMode: 'native';
      readonly autoDirectNodeRoutes: true;
      readonly ipv4NativeRoutingCIDR?: string;
      readonly ipv6NativeRoutingCIDR?: string;
    };

type Encryption = {
  readonly enabled: true;
  readonly type: 'wireguard' | 'ipsec';
  readonly nodeEncryption?: true;
  readonly strictMode?: HelmValue;
};

type HubbleValues =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      readonly relay: { readonly enabled: boolean; readonly rollOutPods: true };
      readonly ui: { readonly enabled: boolean; readonly rollOutPods: true };
      readonly tls: { readonly auto: { readonly enabled: true; readonly method: 'cronJob' } };
    };

export function ciliumValues(options: CiliumOptions, spec: Cluster): CiliumValues {
  const devices = devicesOf(options, spec);
  return {
    kubeProxyReplacement: options.kubeProxyReplacement,
    // K3s's own way to the API on every node: it works before any Service does, whichever server is down.
    k8sServiceHost: String(loopback4),
    k8sServicePort: K3S.lbServerPort,
    ...routing(options, spec),
    ipam: { mode: 'cluster-pool', operator: podRanges(options, spec) },
    ipv4: { enabled: ranges(spec, 4).length > 0 },
    ipv6: { enabled: ranges(spec, 6).length > 0 },
    ...encryption(options, spec),
    ...(devices === undefined ? {} : { devices }),
    MTU: baseMtu(options, spec).bytes,
    hubble: hubble(options),
    l2announcements: { enabled: announcesL2(options, spec) },
    hostFirewall: { enabled: options.hostFirewall },
    // Nothing that a policy refuses is dropped, the host firewall's included. Source: Cilium docs, creating policies from verdicts.
    ...(spec.policies === 'audit' ? { policyAuditMode: true as const } : {}),
    // Pods read their configuration at start: without these a change of it would wait for the next restart.
    rollOutCiliumPods: true,
    operator: { replicas: operatorReplicas(options, spec), rollOutPods: true },
    envoy: { rollOutPods: true },
    ...LINES[options.version].extra,
  };
}

/** Cilium answers ARP where it is asked to, and where it gives out the addresses. */
function announcesL2({ l2Announcements }: CiliumOptions, spec: Cluster): boolean {
  return l2Announcements || spec.loadBalancers.some(({ kind }) => kind === 'cilium');
}

/** Replicas share no node, so that one more than there are nodes would wait for ever. */
export function operatorReplicas({ operatorReplicas: wanted }: CiliumOptions, spec: Cluster): number {
  const nodeCount = Object.keys(spec.nodes).length;
  return Math.min(wanted ?? 2, nodeCount);
}

function routing(options: CiliumOptions, spec: Cluster): Routing {
  const tunnel = tunnelOf(options);
  if (tunnel !== undefined) return { routingMode: 'tunnel', tunnelProtocol: tunnel.name };
  const [four] = ranges(spec, 4);
  const [six] = ranges(spec, 6);
  return {
    routingMode: 'native',
    autoDirectNodeRoutes: true,
    ...(four === undefined ? {} : { ipv4NativeRoutingCIDR: String(four) }),
    ...(six === undefined ? {} : { ipv6NativeRoutingCIDR: String(six) }),
  };
}

function podRanges({ nodeMaskBits }: CiliumOptions, spec: Cluster): PodRanges {
  const [four, six] = [ranges(spec, 4), ranges(spec, 6)];
  const [first] = six;
  return {
    ...(four.length === 0
      ? {}
      : { clusterPoolIPv4PodCIDRList: four.map(String), clusterPoolIPv4MaskSize: nodeMaskBits }),
    ...(first === undefined
      ? {}
      : { clusterPoolIPv6PodCIDRList: six.map(String), clusterPoolIPv6MaskSize: nodeMask6(first) }),
  };
}

/** A /64 a node as Kubernetes has it, or 256 equal parts of a smaller range. */
function nodeMask6(range: Prefix): number {
  return Math.min(128, Math.max(64, range.length + 8));
}

function ranges(spec: Cluster, family: 4 | 6): Prefix[] {
  return spec.k3s.clusterCidrs.filter((cidr) => cidr.family === family);
}

function encryption(options: CiliumOptions, spec: Cluster): Pick<CiliumValues, 'encryption'> {
  const { encryption: type, nodeEncryption, strictEncryption, version } = options;
  if (type === 'none') return {};
  const [four] = ranges(spec, 4);
  const strict = type === 'wireguard' && strictEncryption && four !== undefined;
  return {
    encryption: {
      enabled: true,
      type,
      ...(type === 'wireguard' && nodeEncryption ? { nodeEncryption: true } : {}),
      ...(strict
        ? {
            strictMode: LINES[version].strictMode({
              enabled: true,
              cidr: String(four),
              // Nodes have addresses in the pod range themselves; without it probes and webhooks would be dropped.
              allowRemoteNodeIdentities: true,
            }),
          }
        : {}),
    },
  };
}

/** A host firewall guards the interfaces that Cilium knows: one that it overlooks would stand open. */
function devicesOf(options: CiliumOptions, spec: Cluster): readonly string[] | undefined {
  if (options.devices !== undefined) return options.devices;
  if (!options.hostFirewall) return undefined;
  const all = Object.entries(spec.nodes).flatMap(([name, node]) =>
    Object.keys(node.addresses).map((network) => interfaceOf(spec, name, network)),
  );
  return [...new Set(all)].sort();
}

/** Certificates are made in the cluster: by the chart's default they would differ each time it is rendered. */
function hubble({ hubble: wanted }: CiliumOptions): HubbleValues {
  if (wanted === undefined) return { enabled: false };
  return {
    enabled: true,
    relay: { enabled: wanted.relay || wanted.ui, rollOutPods: true },
    ui: { enabled: wanted.ui, rollOutPods: true },
    tls: { auto: { enabled: true, method: 'cronJob' } },
  };
}
