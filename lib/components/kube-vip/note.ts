import { K3S } from '../../net/well-known';
import type { Note } from '../../plan/declares';
import { printSelector } from '../../plan/endpoint';
import type { Cluster } from '../../spec/cluster';
import { code } from '../../text/markdown';
import type { KubeVipOptions } from './options';
import { announcedNetworks, bearer, kubeVipPools, serviceNodes, speakForBoth, virtualApi } from './place';

/** How the API and Services are found, for the document. */
export function kubeVipNotes(options: KubeVipOptions, spec: Cluster): Note[] {
  const api = apiLines(options, spec);
  const services = serviceLines(options, spec);
  return [
    ...(api.length > 0 ? [{ section: 'nodes' as const, title: 'The API’s virtual address', text: api.join(' ') }] : []),
    ...joining(options, spec),
    ...(services.length > 0
      ? [{ section: 'services' as const, title: 'How LoadBalancer addresses are found', text: services.join(' ') }]
      : []),
  ];
}

function apiLines(options: KubeVipOptions, spec: Cluster): string[] {
  const endpoint = virtualApi(options, spec);
  const { controlPlane } = options;
  if (endpoint === undefined || controlPlane === undefined) return [];
  const { leaseSeconds, renewSeconds, retrySeconds } = controlPlane;
  const how =
    options.mode === 'arp'
      ? `One server holds it at a time and answers ARP for it on ${bearer(options, spec, endpoint.network)}; it holds a lease of ${leaseSeconds} seconds, gives up when it cannot renew it within ${renewSeconds}, and the others try every ${retrySeconds}.`
      : 'Every server tells the routers by BGP that it leads there.';
  return [
    `kube-vip announces ${String(endpoint.vip)} from the servers. ${how}`,
    'It reaches the API by loopback and needs neither that address nor a Service to start.',
  ];
}

/** The other nodes join by that address, so that it has to be there before them. */
function joining(options: KubeVipOptions, spec: Cluster): Note[] {
  const endpoint = virtualApi(options, spec);
  if (endpoint === undefined || endpoint.network !== spec.k3s.nodeNetwork) return [];
  const url = `https://${endpoint.vip.withPort(K3S.httpsListenPort)}/ping`;
  const text = `The other nodes join by ${String(endpoint.vip)}, and wait until it is there: ${code(`curl -k ${url}`)} on any of them says \`pong\` once kube-vip announces it.`;
  return [{ section: 'first-server', title: 'The address by which others join', text }];
}

function serviceLines(options: KubeVipOptions, spec: Cluster): string[] {
  if (options.services === undefined) return [];
  const pools = kubeVipPools(spec).map(({ name, addresses }) => `${String(addresses)} (\`${name}\`)`);
  const leader = options.services.election
    ? 'Each Service has a leader of its own among them, on a node with one of its pods where the Service says `Local`.'
    : `All Services share one leader, by the lease \`${options.services.leaseName}\`.`;
  const devices = announcedNetworks(spec).map((network) => bearer(options, spec, network));
  return [
    ...(pools.length > 0
      ? [`kube-vip's cloud provider gives each LoadBalancer Service an address of ${pools.join(', ')}.`]
      : []),
    options.mode === 'arp'
      ? `kube-vip on ${printSelector(serviceNodes(options, spec) ?? 'all')} answers ARP for them on ${devices.join(', ')}, so clients must share that link. ${leader}`
      : 'kube-vip on every node tells the routers by BGP that it leads there.',
    ...(speakForBoth(options, spec)
      ? [
          'On a server the pod that announces the API announces Services, too, as a router keeps one session with a node.',
        ]
      : []),
    'kube-vip only announces: whoever routes Services balances to the pods.',
    ...(pools.length > 0
      ? ['It gives out no address twice, but does not compare addresses that Services ask for by name.']
      : []),
  ];
}
