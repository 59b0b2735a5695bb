import type { PortRange } from '../net/port';
import { callersByNetwork, type NodePorts } from '../plan/client-network';
import type { Endpoint } from '../plan/endpoint';
import type { Flow } from '../plan/flow';
import { addressKind } from '../plan/network-kind';
import type { Cluster } from '../spec/cluster';
import type { Source } from '../spec/fields';
import type { SpecPath } from '../spec/finding';

/** An ingress behind the same ports of the nodes and of its own. */
interface Front extends NodePorts {
  readonly to: Endpoint;
  readonly ports: readonly { readonly name: string; readonly port: PortRange; readonly tls: boolean }[];
  /** What its ports are called: `Traefik's entrypoint`. */
  readonly called: string;
  /** Where it stands in the spec. */
  readonly at: SpecPath;
}

/** Requests of everyone in `allowFrom`, on the networks on which each of them dials the nodes. */
export function hostPortFlows(
  spec: Cluster,
  allowFrom: readonly Source[],
  { to, ports, called, at, ...answering }: Front,
): Omit<Flow, 'declaredBy'>[] {
  return allowFrom.flatMap((source, i) =>
    callersByNetwork(spec, source, answering).flatMap(({ from, over }) =>
      ports.map(({ name, port, tls }) => ({
        from,
        to,
        protocol: 'tcp' as const,
        port: { container: port, host: port },
        over,
        address: addressKind(spec, over),
        ...(tls ? { encryptedBy: 'TLS' } : {}),
        reason: `requests from outside, at ${called} ${name}`,
        source: [...at, 'allowFrom', i],
      })),
    ),
  );
}
