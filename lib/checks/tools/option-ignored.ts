import { podFamilies } from '../../plan/cluster-ranges';
import type { Plan } from '../../plan/plan';
import { cniRoutesServices } from '../../plan/service-router';
import type { Cluster } from '../../spec/cluster';
import type { Finding, SpecPath } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { warns } from '../found';

/** Something that is written and has no effect, and why. */
interface Ignored {
  readonly at: SpecPath;
  readonly why: string;
  /** What decides that it has none. */
  readonly by: SpecPath;
}

/** Options that another choice makes without effect: what their author wanted does not happen. */
export function optionIgnored({ spec }: Plan): Finding[] {
  return [
    ...ofIngress(spec),
    ...ofProxy(spec),
    ...ofNodes(spec),
    ...ofRanges(spec),
    ...ofBalancers(spec),
    ...ofCni(spec),
  ].map(({ at, why, by }) =>
    warns('OPTION_IGNORED', {
      at: [at, by],
      message: `${String(at.at(-1))} has no effect: ${why}`,
      fix: 'take it out',
    }),
  );
}

function ofIngress({ ingress }: Cluster): Ignored[] {
  return ingress.flatMap((one, i) => {
    if (one.kind !== 'traefik' || one.mode !== 'host-network') return [];
    const by = ['ingress', i, 'mode'];
    return [
      ...(Object.keys(one.services).length === 0
        ? []
        : [
            {
              at: ['ingress', i, 'services'],
              by,
              why: 'Traefik binds the nodes’ own ports, and no Service leads to it',
            },
          ]),
      ...(one.workload === 'daemonset'
        ? []
        : [{ at: ['ingress', i, 'workload'], by, why: 'on the host network a pod runs on each of its nodes' }]),
    ];
  });
}

function ofProxy(spec: Cluster): Ignored[] {
  const { mode, scheduler, strictArp } = spec.k3s.proxy;
  if (!runsK3s(spec)) return [];
  const proxy = ['k3s', 'proxy'];
  if (cniRoutesServices(spec)) {
    const written = mode !== 'iptables' || scheduler !== 'rr' || strictArp;
    return written ? [{ at: proxy, by: ['cni'], why: 'Cilium routes Services, and no kube-proxy runs' }] : [];
  }
  if (mode === 'ipvs') return [];
  const why = `kube-proxy's mode is ${mode}, and only ipvs reads it`;
  return [
    ...(scheduler === 'rr' ? [] : [{ at: [...proxy, 'scheduler'], by: [...proxy, 'mode'], why }]),
    ...(strictArp ? [{ at: [...proxy, 'strictArp'], by: [...proxy, 'mode'], why }] : []),
  ];
}

function ofNodes({ nodes, networks }: Cluster): Ignored[] {
  return Object.entries(nodes).flatMap(([name, node]) =>
    (['interfaces', 'mtuBytes'] as const).flatMap((key) =>
      Object.keys(node[key])
        .filter((network) => node.addresses[network] === undefined && networks[network] !== undefined)
        .map((network) => ({
          at: ['nodes', name, key, network],
          by: ['nodes', name, 'addresses'],
          why: `node ${name} has no address on ${network}`,
        })),
    ),
  );
}

/** Flannel alone gives a node's pods addresses of the range that Kubernetes gave the node. */
function ofRanges(spec: Cluster): Ignored[] {
  const { cni, nodes } = spec;
  if (!runsK3s(spec) || cni.kind === 'flannel') return [];
  return Object.entries(nodes)
    .filter(([, { observedPodRange }]) => observedPodRange !== undefined)
    .map(([name]) => ({
      at: ['nodes', name, 'observedPodRange'],
      by: ['cni', 'kind'],
      why: `${cni.kind} hands out pods' addresses by itself, and leaves the range aside that Kubernetes gave the node`,
    }));
}

function ofBalancers({ loadBalancers }: Cluster): Ignored[] {
  return loadBalancers.flatMap((one, i): Ignored[] => {
    const by = ['loadBalancers', i, 'mode'];
    const ignored = (holds: boolean, why: string, ...at: SpecPath) =>
      holds ? [{ at: ['loadBalancers', i, ...at], by, why }] : [];
    if (one.kind === 'metallb') {
      const inL2 = one.mode === 'l2';
      return [
        ...ignored(inL2 && Object.keys(one.peers).length > 0, 'in layer 2 MetalLB speaks to no routers', 'peers'),
        ...ignored(
          inL2 && Object.keys(one.communities).length > 0,
          'in layer 2 there are no routes to put them on',
          'communities',
        ),
        ...Object.entries(one.pools).flatMap(([pool, { interfaces }]) =>
          ignored(
            !inL2 && interfaces !== undefined,
            'routes are announced by BGP, on no interface',
            'pools',
            pool,
            'interfaces',
          ),
        ),
      ];
    }
    if (one.kind !== 'kube-vip') return [];
    return ignored(one.mode === 'arp' && one.bgp !== undefined, 'in ARP mode kube-vip speaks to no routers', 'bgp');
  });
}

function ofCni(spec: Cluster): Ignored[] {
  const { cni } = spec;
  if (cni.kind !== 'cilium') return [];
  const at = ['cni', 'strictEncryption'];
  if (cni.encryption === 'wireguard') {
    // Source: cilium-cli, connectivity tests of strict encryption: its range may be one of IPv4 alone.
    if (!cni.strictEncryption || podFamilies(spec).includes(4)) return [];
    return [
      { at, by: ['k3s', 'clusterCidrs'], why: 'Cilium drops what is in clear by an IPv4 range, and pods have none' },
    ];
  }
  const by = ['cni', 'encryption'];
  const why = `only WireGuard reads it, and encryption is ${cni.encryption}`;
  return [
    ...(cni.nodeEncryption ? [{ at: ['cni', 'nodeEncryption'], by, why }] : []),
    ...(cni.strictEncryption ? [{ at, by, why }] : []),
  ];
}
