import type { Provided } from '../../plan/capability';
import { printSelector } from '../../plan/endpoint';
import type { Cluster } from '../../spec/cluster';
import { entrypoints } from './entrypoints';
import type { TraefikOptions } from './options';
import { placeOf } from './place';
import { frontServices } from './services';

/** Ports of nodes or of virtual addresses that are Traefik's own, each once: what is bound twice is another fault. */
export function ingressPorts(options: TraefikOptions, spec: Cluster): Omit<Provided, 'owner'>[] {
  const scopes = options.mode === 'host-network' ? onNodes(options) : onAddresses(options, spec);
  return [...new Set(scopes)].map((scope) => ({
    name: 'ingress-port',
    scope,
    failure:
      options.mode === 'host-network'
        ? `nothing answers on that port of that node any more; the others go on`
        : 'nothing answers there any more once the last pod is gone; the address stays announced',
    source: placeOf(spec),
  }));
}

function onNodes(options: TraefikOptions): string[] {
  return entrypoints(options).map(({ dialled }) => `${dialled}/tcp on ${printSelector(options.nodes)}`);
}

function onAddresses(options: TraefikOptions, spec: Cluster): string[] {
  return frontServices(options, spec).flatMap(({ balanced, entrypoints: reached }) =>
    reached.map(({ dialled }) => `${dialled}/tcp on ${String(balanced.addresses ?? balanced.name)}`),
  );
}
