import type { LoadBalancerService } from '../../plan/load-balancer';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { entrypoints, innerPorts } from '../../components/traefik/entrypoints';
import { placeOf, traefikOf } from '../../components/traefik/place';

/** One port of one address with two meanings, or one port of Traefik's pods with two entrypoints. */
export function entrypointTwice(plan: Plan): Finding[] {
  return [...plan.loadBalancers.flatMap(dialledTwice), ...boundTwice(plan)];
}

/** A Service whose port two of its entrypoints want. Two Services on one address are an overlap of addresses. */
function dialledTwice({ name, owner, addresses, ports, source }: LoadBalancerService): Finding[] {
  const where = addresses === undefined ? name : `${String(addresses)} (${name})`;
  return pairs(ports)
    .filter(([a, b]) => a.protocol === b.protocol && a.service.overlaps(b.service))
    .map(([a, b]) => ({
      code: 'PORT_TWICE',
      severity: 'error',
      at: [source],
      message: `${a.name} and ${b.name} of ${owner} both want port ${a.service}/${a.protocol} of ${where}`,
      fix: 'give one of them another port, or an address of its own by a Service that leads to it alone',
    }));
}

/** On the host network they are ports of the node, which are compared with everyone else's there. */
function boundTwice({ spec }: Plan): Finding[] {
  const options = traefikOf(spec);
  if (options === undefined || options.mode === 'host-network') return [];
  const bound = [
    ...entrypoints(options).map(({ name, bound: port }) => ({ name: `entrypoint ${name}`, port })),
    ...innerPorts(options).map(({ purpose, port }) => ({ name: purpose, port })),
  ];
  return pairs(bound)
    .filter(([a, b]) => a.port === b.port)
    .map(([a, b]) => ({
      code: 'PORT_TWICE',
      severity: 'error',
      at: [[...placeOf(spec), 'entrypoints']],
      message: `${a.name} and ${b.name} both bind ${a.port}/tcp in Traefik's pods`,
      fix: 'give one of them another containerPort',
    }));
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}
