import { PortRange } from '../../net/port';
import { PORTS } from '../../net/well-known-ports';
import type { Listener } from '../../plan/listener';
import type { Cluster } from '../../spec/cluster';
import { BFD } from './flows';
import type { MetallbOptions } from './options';
import { CONTROLLER, placeOf } from './place';
import { FRR_METRICS_PORT, METRICS_PORT, PROBE_PORT } from './values';

type Declared = Omit<Listener, 'owner'>;

/** What MetalLB binds. The speakers' metrics are on every address of the node (metallb#3095), their probes on loopback (metallb#3062). */
export function metallbListeners({ mode, peers }: MetallbOptions, spec: Cluster): Declared[] {
  const source = placeOf(spec);
  const onNode = (
    port: PortRange,
    bind: Listener['bind'],
    purpose: string,
    protocol: 'tcp' | 'udp' = 'tcp',
  ): Declared => ({ on: { nodes: 'all' }, protocol, bind, ports: { container: port, host: port }, purpose, source });
  const inPod = (port: PortRange, purpose: string, service?: PortRange): Declared => ({
    on: { workload: CONTROLLER },
    protocol: 'tcp',
    bind: 'all',
    ports: { container: port, ...(service === undefined ? {} : { service }) },
    purpose,
    source,
  });
  const gossip = 'speakers watch each other';
  return [
    onNode(PORTS.metallbMemberlistTcp.range, spec.k3s.nodeNetwork, gossip),
    onNode(PORTS.metallbMemberlistUdp.range, spec.k3s.nodeNetwork, gossip, 'udp'),
    onNode(PortRange.of(METRICS_PORT), 'all', "metrics of MetalLB's speaker"),
    onNode(PortRange.of(PROBE_PORT), 'loopback', "probes of MetalLB's speaker"),
    ...(mode === 'bgp' ? [onNode(PortRange.of(FRR_METRICS_PORT), 'all', 'metrics of FRR')] : []),
    ...(mode === 'bgp' && Object.values(peers).some((peer) => peer.bfd) ? [onNode(BFD, 'all', 'BFD', 'udp')] : []),
    inPod(PORTS.metallbWebhook.range, "checks of MetalLB's objects", PortRange.of(443)),
    inPod(PortRange.of(METRICS_PORT), "metrics of MetalLB's controller"),
    inPod(PortRange.of(PROBE_PORT), "probes of MetalLB's controller"),
  ];
}
