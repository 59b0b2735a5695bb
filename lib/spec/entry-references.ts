import { clash, invalid } from './faults';
import type { Finding, SpecPath } from './finding';
import { componentName, items, textOf, type Names } from './names';
import { CONTAINERS, OUTSIDE, PODS, SERVICES } from './own-networks';
import { member } from './walk';

/** Names that are taken, and entries of a list of which there can be only one. */
export function entryFindings(raw: unknown, names: Names): Finding[] {
  return [
    ...namesTaken(raw, names),
    ...twice(raw, 'loadBalancers', (entry) => textOf(member(entry, 'kind')), 'of the kind'),
    // Ingresses name Traefik's class, and tailnets are served by one operator.
    ...twice(raw, 'ingress', kindIn('traefik'), 'of the kind'),
    ...twice(raw, 'tunnels', kindIn('tailscale'), 'of the kind'),
    ...twice(raw, 'ingress', componentName, 'named'),
    ...twice(raw, 'tunnels', componentName, 'named'),
  ];
}

const OF_EVERY_CLUSTER: readonly string[] = [OUTSIDE, PODS, SERVICES];

function namesTaken(raw: unknown, names: Names): Finding[] {
  const hasSwarm = member(raw, 'swarm') !== undefined;
  return names('network')
    .filter((name) => OF_EVERY_CLUSTER.includes(name) || (hasSwarm && name === CONTAINERS))
    .map((name) =>
      invalid(
        ['networks', name],
        `every cluster${name === CONTAINERS ? ' with a Swarm' : ''} has a network ${name} of its own`,
        `another name, such as ${name}-lan`,
      ),
    );
}

function kindIn(kind: string): (entry: unknown) => string | undefined {
  return (entry) => (member(entry, 'kind') === kind ? kind : undefined);
}

/** Every entry of a list that is alike in something with one before it. */
function twice(raw: unknown, list: string, keyOf: (entry: unknown) => string | undefined, what: string): Finding[] {
  const first = new Map<string, number>();
  return items(raw, list).flatMap((entry, i): Finding[] => {
    const key = keyOf(entry);
    const other = key === undefined ? undefined : first.get(key);
    if (key === undefined) return [];
    if (other === undefined) {
      first.set(key, i);
      return [];
    }
    const at: SpecPath[] = [
      [list, i],
      [list, other],
    ];
    const fix = what === 'named' ? 'another name for one of them' : 'one of them, for all that both were to do';
    return [clash(at, `two of ${list} are ${what} ${key}`, fix)];
  });
}
