import type { Family } from '../net/address';
import type { EndpointClass } from './endpoint-classes';
import type { LabelTest } from './labels';
import type { Service } from './service';
import type { Judgement } from './side';
import { Traffic } from './traffic';
import type { Universe } from './universe';

/** Ports of a pod behind Services through which a client from outside may arrive with a node's address. */
export function hidingPorts(target: EndpointClass, services: readonly Service[]): Traffic {
  const hiding = services.filter((service) => service.hidesClients && isBehind(target, service.pods));
  return Traffic.union(
    hiding.flatMap(({ ports }) =>
      ports.map(({ protocol, target: port }) =>
        typeof port === 'number'
          ? Traffic.range(protocol, port)
          : (target.ports.get(`${protocol}/${port}`) ?? Traffic.none),
      ),
    ),
  );
}

function isBehind(target: EndpointClass, pods: LabelTest): boolean {
  return target.kind === 'pods' && pods.matches(target.labels);
}

/**
 * What a rewritten source address leaves open for the addresses of a family: traffic to `ports` that some of them may
 * send and others may not, since the client may be seen as any of them.
 */
export function hiddenClients(universe: Universe, judgementOf: (peer: number) => Judgement, ports: Traffic) {
  const sums = new Map<Family, { every: Traffic; any: Traffic }>();
  for (let kind = 0; kind < universe.kindCount; kind++) {
    const { surely, possibly } = judgementOf(universe.classes.length + kind);
    const family = universe.familyOf(kind);
    const sum = sums.get(family) ?? { every: Traffic.all, any: Traffic.none };
    sums.set(family, { every: sum.every.intersection(surely), any: sum.any.union(possibly) });
  }
  return (family: Family): { notSurely: Traffic; possibly: Traffic } => {
    const { every, any } = sums.get(family) ?? { every: Traffic.all, any: Traffic.none };
    return { notSurely: ports.difference(every), possibly: ports.intersection(any) };
  };
}
