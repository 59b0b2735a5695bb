import type { PortRange } from '../net/port';
import type { NetworkName } from '../plan/claim';
import type { Endpoint } from '../plan/endpoint';
import type { Flow } from '../plan/flow';
import { addressKind } from '../plan/network-kind';
import { sourceEndpoint } from '../plan/source-endpoint';
import type { Cluster } from '../spec/cluster';
import type { Source } from '../spec/fields';
import type { SpecPath } from '../spec/finding';

/** An ingress behind the same ports of the nodes and of its own. */
interface Front {
  readonly to: Endpoint;
  readonly ports: readonly { readonly name: string; readonly port: PortRange; readonly tls: boolean }[];
  /** What its ports are called: `Traefik's entrypoint`. */
  readonly called: string;
  /** Where it stands in the spec. */
  readonly at: SpecPath;
}

/** Requests of everyone in `allowFrom`, on the network on which each of them dials the nodes. */
export function hostPortFlows(
  spec: Cluster,
  allowFrom: readonly Source[],
  { to, ports, called, at }: Front,
  networkOf: (source: Source) => NetworkName,
): Omit<Flow, 'declaredBy'>[] {
  return allowFrom.flatMap((source, i) => {
    const over = networkOf(source);
    return ports.map(({ name, port, tls }) => ({
      from: sourceEndpoint(spec, source),
      to,
      protocol: 'tcp' as const,
      port: { container: port, host: port },
      over,
      address: addressKind(spec, over),
      ...(tls ? { encryptedBy: 'TLS' } : {}),
      reason: `requests from outside, at ${called} ${name}`,
      source: [...at, 'allowFrom', i],
    }));
  });
}
