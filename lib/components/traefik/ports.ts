import type { Provided } from '../../plan/capability';
import { isWithdrawn } from '../../plan/announcers';
import { servicelbOf } from '../../plan/balanced-service';
import { printSelector } from '../../plan/endpoint';
import type { Cluster } from '../../spec/cluster';
import { unannounced } from '../unannounced';
import { entrypoints } from './entrypoints';
import type { TraefikOptions } from './options';
import { placeOf } from './place';
import { frontServices, type FrontService } from './services';

interface Port {
  readonly scope: string;
  readonly failure: string;
}

/** Ports of nodes or of virtual addresses that are Traefik's own, each once: what is bound twice is another fault. */
export function ingressPorts(options: TraefikOptions, spec: Cluster): Omit<Provided, 'owner'>[] {
  const ports = options.mode === 'host-network' ? onNodes(options) : onAddresses(options, spec);
  const once = new Map(ports.map((port) => [port.scope, port]));
  return [...once.values()].map((port) => ({ name: 'ingress-port', ...port, source: placeOf(spec) }));
}

function onNodes(options: TraefikOptions): Port[] {
  return entrypoints(options).map(({ dialled }) => ({
    scope: `${dialled}/tcp on ${printSelector(options.nodes)}`,
    failure: 'nothing answers on that port of that node any more; the others go on',
  }));
}

function onAddresses(options: TraefikOptions, spec: Cluster): Port[] {
  return frontServices(options, spec).flatMap(({ balanced, entrypoints: reached }) =>
    reached.map(({ dialled }) => ({
      scope: `${dialled}/tcp on ${String(balanced.addresses ?? balanced.name)}`,
      failure: `nothing answers there any more once the last pod is gone${after(spec, balanced)}`,
    })),
  );
}

function after(spec: Cluster, service: FrontService['balanced']): string {
  if (servicelbOf(spec) !== undefined) return '; the nodes’ own addresses stay';
  return isWithdrawn(spec, service) ? `, and ${unannounced(spec, service)}` : '; the address stays announced';
}
