import { AddressSet } from '../../net/address-set';
import { PortRange } from '../../net/port';
import { PORTS } from '../../net/well-known-ports';
import { PODS } from '../../plan/claim';
import { nodes, workload, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { probe } from '../../plan/probe';
import { addressKind } from '../../plan/network-kind';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { apiFlow } from '../api-flow';
import { networkOfPeer } from '../../plan/bgp-network';
import type { MetallbOptions } from './options';
import { CONTROLLER, placeOf, SPEAKER } from './place';
import { PROBE_PORT } from './values';

type Declared = Omit<Flow, 'declaredBy'>;

/** Source: RFC 5881, section 4. */
export const BFD = PortRange.of(3784);

/** Who talks to MetalLB's parts. ARP and neighbour discovery, by which layer 2 announces, are no flows of addresses. */
export function metallbFlows(options: MetallbOptions, spec: Cluster): Declared[] {
  const source = placeOf(spec);
  return [
    ...gossip(spec),
    {
      from: nodes('servers'),
      to: workload(CONTROLLER),
      protocol: 'tcp',
      port: { container: PORTS.metallbWebhook.range, service: PortRange.of(443) },
      over: PODS,
      address: 'pod',
      encryptedBy: 'TLS',
      reason: "the API server has MetalLB's objects checked before it takes them",
      source,
    },
    apiFlow(
      spec,
      { name: CONTROLLER, hostNetwork: false },
      'MetalLB watches Services and writes their addresses',
      source,
    ),
    // Source: values.yaml of chart 0.16.1, controller.livenessProbe.
    probe({ name: CONTROLLER, port: PROBE_PORT, source }),
    apiFlow(spec, { name: SPEAKER, hostNetwork: true }, 'speakers watch which addresses to announce', source),
    ...(options.mode === 'bgp' ? sessions(options, spec) : []),
  ];
}

function gossip(spec: Cluster): Declared[] {
  const over = spec.k3s.nodeNetwork;
  return (['tcp', 'udp'] as const).map((protocol) => {
    const port = (protocol === 'tcp' ? PORTS.metallbMemberlistTcp : PORTS.metallbMemberlistUdp).range;
    return {
      from: workload(SPEAKER),
      to: workload(SPEAKER),
      protocol,
      port: { container: port, host: port },
      over,
      address: addressKind(spec, over),
      // Source: MetalLB's chart, which makes the Secret metallb-memberlist; hashicorp/memberlist encrypts by it.
      encryptedBy: 'memberlist (shared key)',
      reason: 'speakers find out which of them has failed',
      source: placeOf(spec),
    };
  });
}

/** The speakers open the sessions; BFD is spoken both ways. */
function sessions({ peers }: MetallbOptions, spec: Cluster): Declared[] {
  return sortedEntries(peers).flatMap(([name, peer]) => {
    const over = networkOfPeer(spec, peer.address);
    const router: Endpoint = { kind: 'range', name: `router ${name}`, addresses: AddressSet.of(peer.address) };
    const source = [...placeOf(spec), 'peers', name];
    const on = { over, address: addressKind(spec, over), source };
    const bgp = PORTS.bgp.range;
    const bfd = { ...on, protocol: 'udp' as const, port: { container: BFD, host: BFD }, reason: 'BFD finds failures' };
    return [
      {
        ...on,
        from: workload(SPEAKER),
        to: router,
        protocol: 'tcp' as const,
        port: { container: bgp, host: bgp },
        reason: 'speakers announce LoadBalancer addresses by BGP',
      },
      ...(peer.bfd
        ? [
            { ...bfd, from: workload(SPEAKER), to: router },
            { ...bfd, from: router, to: workload(SPEAKER) },
          ]
        : []),
    ];
  });
}
