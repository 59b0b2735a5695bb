import { PortRange } from '../../net/port';
import { PORTS } from '../../net/well-known-ports';
import { OUTSIDE, PODS } from '../../plan/claim';
import { workload, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { ownName } from '../../plan/namespaced';
import { addressKind } from '../../plan/network-kind';
import { probe } from '../../plan/probe';
import { cloudflaredOf } from '../../plan/tunnel';
import type { Cluster } from '../../spec/cluster';
import { hostsOfTunnel } from './rules';
import { placed, type Placed } from './place';

type Declared = Omit<Flow, 'declaredBy'>;

/** Source: Cloudflare docs, tunnel with firewall. `_v2-origintunneld._tcp.argotunnel.com` leads to these two. */
const EDGE: Endpoint = {
  kind: 'name',
  name: "Cloudflare's edge",
  fqdns: ['region1.v2.argotunnel.com', 'region2.v2.argotunnel.com'],
};

/** What the pods call: the edge and the apps. Nobody calls them, and with updates off they call nothing else. */
export function tunnelFlows(spec: Cluster): Declared[] {
  return placed(spec).flatMap((one) => [
    ...toEdge(one),
    ...toApps(one, spec),
    probe({ name: cloudflaredOf(one.tunnel), port: one.tunnel.metricsPort, source: one.source }),
  ]);
}

function toEdge({ tunnel, source }: Placed): Declared[] {
  const ways = [
    { when: ['auto', 'quic'], port: PORTS.cloudflaredUdp, encryptedBy: 'QUIC (TLS 1.3)' },
    { when: ['auto', 'http2'], port: PORTS.cloudflaredTcp, encryptedBy: 'TLS' },
  ];
  return ways
    .filter(({ when }) => when.includes(tunnel.protocol))
    .map(({ port, encryptedBy }) => ({
      from: workload(cloudflaredOf(tunnel)),
      to: EDGE,
      protocol: port.protocol,
      port: { container: port.range },
      over: OUTSIDE,
      address: 'public',
      encryptedBy,
      reason: `tunnel ${tunnel.name} holds its connections open, in which requests come back`,
      source,
    }));
}

/** Each port of an app once, however many hosts lead to it. */
function toApps({ tunnel }: Placed, spec: Cluster): Declared[] {
  const flows = new Map<string, Declared>();
  for (const { workload: app, port, source } of hostsOfTunnel(tunnel, spec)) {
    const name = ownName(app);
    const onHost = spec.apps[name]?.hostNetwork === true;
    const over = onHost ? spec.k3s.nodeNetwork : PODS;
    const container = PortRange.of(port.container);
    flows.set(`${app} ${port.container}`, {
      from: workload(cloudflaredOf(tunnel)),
      to: workload(app),
      protocol: 'tcp',
      port: { container, service: PortRange.of(port.service), ...(onHost ? { host: container } : {}) },
      over,
      address: onHost ? addressKind(spec, over) : 'service',
      ...(port.tls ? { encryptedBy: 'TLS' } : {}),
      reason: `tunnel ${tunnel.name} passes on requests for ${name}`,
      source,
    });
  }
  return [...flows.values()];
}
