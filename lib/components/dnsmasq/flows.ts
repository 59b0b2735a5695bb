import { PortRange } from '../../net/port';
import { callersByNetwork } from '../../plan/client-network';
import { nodes, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { Listener } from '../../plan/listener';
import { addressKind } from '../../plan/network-kind';
import { addressesOf, addressOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { SpecPath } from '../../spec/finding';
import { containers } from '../containers';
import { asksByItself, type Bound } from './bound';

type Declared = Omit<Flow, 'declaredBy'>;

const PROTOCOLS = ['tcp', 'udp'] as const;
const SOURCE = ['swarm', 'dnsmasq'];

/** Who asks it: the nodes and their containers on the overlay, and whom the spec lets in. */
export function dnsmasqFlows({ dnsmasq, swarm }: Bound, spec: Cluster): Declared[] {
  const bound = PortRange.of(dnsmasq.publishedPort);
  const ask = (
    from: Endpoint,
    over: string,
    dialled: number,
    reason: string,
    source: SpecPath,
    more: Partial<Declared> = {},
  ): Declared[] =>
    PROTOCOLS.map((protocol) => ({
      from,
      to: nodes({ names: [dnsmasq.node] }),
      protocol,
      port: { container: bound, host: PortRange.of(dialled) },
      over,
      address: addressKind(spec, over),
      reason,
      source,
      ...more,
    }));
  const names = `names of ${dnsmasq.zone}`;
  const { redirectFrom, publishedPort, allowFrom } = dnsmasq;
  const inside = String(addressOf(spec, dnsmasq.node, swarm.network));
  const byItself = asksByItself(spec) ? { setBy: [`resolvectl dns ${inside}`] } : {};
  return [
    ...ask(nodes('all'), swarm.network, redirectFrom, `nodes resolve ${names}`, SOURCE, byItself),
    ...ask(
      containers(swarm).endpoint,
      swarm.network,
      redirectFrom,
      `containers of the node itself resolve ${names}`,
      SOURCE,
      { devices: containers(swarm).devices, sameNode: true },
    ),
    ...allowFrom.flatMap((source, i) =>
      callersByNetwork(spec, source, { nodes: { names: [dnsmasq.node] }, front: dnsmasq.network }).flatMap(
        ({ from, over }) => {
          const at = [...SOURCE, 'allowFrom', i];
          const asked = addressesOf(spec, dnsmasq.node, over).map(String);
          return [
            ...ask(from, over, redirectFrom, `developers' machines resolve ${names}`, at, {
              setBy: asked.map((one) => `resolvectl dns ${one}`),
            }),
            ...(publishedPort === redirectFrom
              ? []
              : ask(from, over, publishedPort, `developers' machines resolve ${names}, at the published port`, at, {
                  setBy: asked.map((one) => `${one}:${publishedPort}`),
                })),
          ];
        },
      ),
    ),
  ];
}

export function dnsmasqListeners({ dnsmasq }: Bound): Omit<Listener, 'owner'>[] {
  const port = PortRange.of(dnsmasq.publishedPort);
  return PROTOCOLS.map((protocol) => ({
    on: { nodes: { names: [dnsmasq.node] } },
    protocol,
    bind: 'all',
    ports: { container: port, host: port },
    purpose: `names of ${dnsmasq.zone}, published by Docker`,
    source: SOURCE,
  }));
}
