import type { Judgement } from './side';
import { Traffic } from './traffic';
import type { Universe } from './universe';
import type { LabelTest } from './labels';
import type { EndpointClass } from './endpoint-classes';
import type { Service } from './service';

/** Ports of a pod behind Services through which a client from outside may arrive with a node's address. */
export function hidingPorts(target: EndpointClass, services: readonly Service[]): Traffic {
  const hiding = services.filter((service) => service.hidesClients && isBehind(target, service.pods));
  return Traffic.union(
    hiding.flatMap(({ ports }) =>
      ports.map(({ protocol, target: port }) =>
        typeof port === 'number' ? Traffic.range(protocol, port) : (target.ports.get(`${protocol}/${port}`) ?? Traffic.none),
      ),
    ),
  );
}

function isBehind(target: EndpointClass, pods: LabelTest): boolean {
  return target.kind === 'pods' && (pods.namespace === undefined || pods.namespace === target.namespace) && pods.matches(target.labels);
}

/**
 * What a rewritten source address leaves open: traffic to `ports` that some addresses of a family may send and others
 * may not, since the client may be seen as any of them. Nothing for peers that are no addresses.
 */
export function hiddenClients(universe: Universe, judgementOf: (peer: number) => Judgement, ports: Traffic) {
  const families = new Map<number, { every: Traffic; any: Traffic }>();
  const outside = universe.strangers.map((stranger) => (stranger.kind === 'outside' ? stranger.range.family : undefined));
  for (const [i, family] of outside.entries()) {
    if (family === undefined) continue;
    const { surely, possibly } = judgementOf(universe.classes.length + i);
    const sum = families.get(family) ?? { every: Traffic.all, any: Traffic.none };
    families.set(family, { every: sum.every.intersection(surely), any: sum.any.union(possibly) });
  }
  return (peer: number): { notSurely: Traffic; possibly: Traffic } | undefined => {
    const sum = families.get(outside[peer - universe.classes.length] ?? 0);
    return sum && { notSurely: ports.difference(sum.every), possibly: ports.intersection(sum.any) };
  };
}
