import { invalid, unknownPart } from './faults';
import type { Finding, SpecPath } from './finding';
import { componentName, items, keysOf } from './names';
import { isMapping, member, valueAt } from './walk';

/** Entrypoints of a Traefik whose spec names none (Traefik's chart). */
const DEFAULT_ENTRYPOINTS = ['web', 'websecure'];

/** The names by which an ingress's ports go: Traefik's entrypoints. */
function entrypointsOf(ingress: unknown): readonly string[] {
  const written = member(ingress, 'entrypoints');
  if (isMapping(written)) return Object.keys(written);
  return member(ingress, 'kind') === 'traefik' ? DEFAULT_ENTRYPOINTS : [];
}

/** An entrypoint that an ingress does not have, if so. */
export function unknownEntrypoint(at: SpecPath, ingress: unknown, name: unknown): Finding[] {
  if (typeof name !== 'string') return [];
  return unknownPart(at, ownerOf(ingress), 'entrypoint', name, entrypointsOf(ingress));
}

function ownerOf(ingress: unknown): string {
  const name = componentName(ingress);
  return name === undefined ? 'this ingress' : `ingress ${name}`;
}

/** What an ingress says of its own ports: which Service leads to them, which is sent on to which. */
export function ingressFindings(raw: unknown): Finding[] {
  return items(raw, 'ingress').flatMap((ingress, i) => [
    ...servedEntrypoints(ingress, ['ingress', i, 'services']),
    ...redirectedEntrypoints(ingress, ['ingress', i, 'redirects']),
    ...forwardedPorts(ingress, ['ingress', i, 'forwards']),
    ...nobodyDialled(raw, ingress, ['ingress', i, 'network']),
  ]);
}

/** Clients that are to dial nodes on a network on which there are none. */
function nobodyDialled(raw: unknown, ingress: unknown, path: SpecPath): Finding[] {
  const network = member(ingress, 'network');
  // A network that does not exist is reported as such.
  if (typeof network !== 'string' || valueAt(raw, ['networks', network]) === undefined) return [];
  const nodes = keysOf(member(raw, 'nodes'));
  if (nodes.some((node) => valueAt(raw, ['nodes', node, 'addresses', network]) !== undefined)) return [];
  const problem = `clients are to dial ${network}, and no node has an address there`;
  return [invalid(path, problem, 'a network that the nodes are on')];
}

function servedEntrypoints(ingress: unknown, path: SpecPath): Finding[] {
  return keysOf(member(ingress, 'services')).flatMap((service) =>
    items(ingress, 'services', service, 'entrypoints').flatMap((name, i) =>
      unknownEntrypoint([...path, service, 'entrypoints', i], ingress, name),
    ),
  );
}

function redirectedEntrypoints(ingress: unknown, path: SpecPath): Finding[] {
  const redirects = member(ingress, 'redirects');
  return keysOf(redirects).flatMap((from) => [
    ...unknownEntrypoint([...path, from], ingress, from),
    ...unknownEntrypoint([...path, from], ingress, member(redirects, from)),
    ...(member(redirects, from) === from
      ? [invalid([...path, from], `entrypoint ${from} is sent on to itself`, 'another entrypoint, such as websecure')]
      : []),
  ]);
}

function forwardedPorts(ingress: unknown, path: SpecPath): Finding[] {
  const ports = member(ingress, 'ports');
  if (!isMapping(ports)) return [];
  return items(ingress, 'forwards').flatMap((forward, i) => {
    const port = member(forward, 'port');
    return typeof port === 'string'
      ? unknownPart([...path, i, 'port'], ownerOf(ingress), 'port', port, Object.keys(ports))
      : [];
  });
}
