import type { PortRange } from '../net/port';
import type { YamlValue } from '../text/yaml';

type Named<T> = { readonly [name: string]: T };

/** What a component runs on the Swarm, by the keys of a stack file. Source: Docker docs, Compose file version 3. */
export interface StackPart {
  readonly services?: Named<YamlValue>;
  /** Networks across nodes beside the stack's own; driver and MTU are put in by the Swarm. */
  readonly networks?: Named<{ readonly name: string; readonly attachable: boolean }>;
  readonly volumes?: Named<{ readonly driver: string; readonly driver_opts: Named<string> }>;
}

/** A port in the long form. `host`: on the container's own node, without the routing mesh. */
export function published(
  container: PortRange,
  host: PortRange,
  protocol: 'tcp' | 'udp',
  mode: 'ingress' | 'host',
): YamlValue {
  return { target: container.first, published: host.first, protocol, mode };
}
