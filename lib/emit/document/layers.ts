import type { Plan } from '../../plan/plan';
import { hostFirewall } from '../../plan/host-firewall';
import { isOverlay } from '../../plan/network-kind';
import { ownerOf } from '../../plan/capability';
import { networkMtu } from '../../plan/network-mtu';
import { runsK3s } from '../../spec/orchestrator';
import { sortedEntries } from '../../text/compare';
import { list } from '../../text/list';
import { code, table } from '../../text/markdown';
import { fronts } from './entrance';
import { swarmLayer } from './swarm';
import { count, ENCAPSULATION, product, stated } from './words';

/** What the network is made of, from the requests' side down to the wire. */
export function layers(plan: Plan): string {
  return table(['Layer', 'What it is here'], [...kubernetes(plan), ...swarmLayer(plan), node(plan), ...networks(plan)]);
}

function kubernetes(plan: Plan): string[][] {
  return runsK3s(plan.spec) ? [...ingress(plan), ...services(plan), pods(plan)] : [];
}

function ingress(plan: Plan): string[][] {
  return fronts(plan).map(({ owner, where, ports }) => [
    'Ingress',
    `${product(owner)} ${where}${ports.length > 0 ? `: ${list(ports.map((port) => code(`:${port}`)))}` : ''}`,
  ]);
}

function services(plan: Plan): string[][] {
  const { spec } = plan;
  const routing = ownerOf(plan, 'service-routing');
  const names = ownerOf(plan, 'cluster-dns');
  const parts = [
    ...(routing === undefined
      ? []
      : [routing === 'kube-proxy' ? `kube-proxy (${product(spec.k3s.proxy.mode)})` : product(routing)]),
    ...(names === undefined ? [] : [`${product(names)} at ${code(String(spec.k3s.clusterDns))}`]),
    `Service addresses ${list(spec.k3s.serviceCidrs.map((cidr) => code(String(cidr))))}`,
  ];
  return [['Services', parts.join('; ')]];
}

function pods({ podNetwork, spec }: Plan): string[] {
  const devices = podNetwork.tunnelDevices.map(code);
  const tunnel =
    podNetwork.encapsulation === 'none'
      ? 'no tunnel'
      : `${ENCAPSULATION[podNetwork.encapsulation]}${devices.length > 0 ? ` by ${list(devices)}` : ''}`;
  const ranges = list(spec.k3s.clusterCidrs.map((cidr) => code(String(cidr))));
  return [
    'Pods',
    `${product(podNetwork.owner)}, ${tunnel} on ${code(podNetwork.underlay)}; pod addresses ${ranges}; MTU ${podNetwork.mtu.bytes}`,
  ];
}

function node(plan: Plan): string[] {
  const guard = hostFirewall(plan);
  const firewall = guard === undefined ? 'no host firewall of Wayleave’s' : `host firewall ${product(guard)}`;
  return [
    'Nodes',
    `${count(Object.keys(plan.spec.nodes).length, 'machine')}, ${firewall}, forwarding and netfilter of the Linux kernel`,
  ];
}

/** Overlays before what carries them. */
function networks({ spec }: Plan): string[][] {
  const row = ([name, network]: [string, (typeof spec.networks)[string]], layer: string) => {
    const trusted = 'trusted' in network && !network.trusted ? ', not trusted' : '';
    const over = network.kind === 'wireguard' ? ` over ${code(network.over)}` : '';
    const range = 'prefix' in network ? `, ${code(String(network.prefix))}` : '';
    const purpose = network.purpose === undefined ? '' : `. ${stated(network.purpose)}`;
    return [
      layer,
      `${code(name)} (${network.kind}${over})${range}, MTU ${networkMtu(spec, name).bytes}${trusted}${purpose}`,
    ];
  };
  const all = sortedEntries(spec.networks);
  return [
    ...all.filter(([name]) => isOverlay(spec, name)).map((one) => row(one, 'Overlay')),
    ...all.filter(([name]) => !isOverlay(spec, name)).map((one) => row(one, 'Wire')),
  ];
}
