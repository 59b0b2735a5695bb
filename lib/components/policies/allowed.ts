import type { PortRange } from '../../net/port';
import type { HttpRequest, Protocol } from '../../plan/flow';
import type { PodRule } from '../../plan/pod-rules';
import type { PodPeer } from '../../plan/seen-by-pods';
import { sortedBy } from '../../text/compare';

export interface AllowedPort {
  readonly protocol: Protocol;
  /** Absent: every port of the protocol. */
  readonly port?: PortRange;
}

/** Peers that may do the same. */
export interface Allowed {
  readonly peers: readonly PodPeer[];
  /** Absent: everything. */
  readonly ports?: readonly AllowedPort[];
  /** Absent: whatever comes by these ports. */
  readonly http?: readonly HttpRequest[];
}

interface Target {
  readonly ports: ReadonlyMap<string, AllowedPort>;
  readonly http: readonly HttpRequest[] | undefined;
}

/** Rules with one peer become one, and then peers with the same ports: no rule is written twice, and none is widened. */
export function allowedOf(rules: readonly PodRule[]): Allowed[] {
  const peers = new Map<string, { peer: PodPeer; rules: PodRule[] }>();
  for (const rule of rules) {
    const key = peerKey(rule.peer);
    const known = peers.get(key);
    if (known === undefined) peers.set(key, { peer: rule.peer, rules: [rule] });
    else known.rules.push(rule);
  }
  const targets = new Map<string, { target: Target; peers: PodPeer[] }>();
  for (const [, { peer, rules: own }] of sortedBy(peers, ([key]) => key)) {
    for (const target of targetsOf(own)) {
      const key = targetKey(target);
      const known = targets.get(key);
      if (known === undefined) targets.set(key, { target, peers: [peer] });
      else known.peers.push(peer);
    }
  }
  return sortedBy(targets, ([key]) => key).map(([, { target, peers: same }]) => ({
    peers: same,
    ...(target.ports.size === 0 ? {} : { ports: sortedBy(target.ports, ([key]) => key).map(([, port]) => port) }),
    ...(target.http === undefined ? {} : { http: target.http }),
  }));
}

/** What one peer may do: everything, or ports; and ports at which only some requests are meant apart from the rest. */
function targetsOf(rules: readonly PodRule[]): Target[] {
  if (rules.some(({ protocol }) => protocol === 'any')) return [{ ports: new Map(), http: undefined }];
  const open = new Map<string, AllowedPort>();
  const asked = new Map<string, { port: AllowedPort; http: HttpRequest[] }>();
  for (const { protocol, port, http } of rules) {
    const one = { protocol, ...(port === undefined ? {} : { port }) };
    if (http === undefined) open.set(portKey(one), one);
    else {
      const known = asked.get(portKey(one));
      if (known === undefined) asked.set(portKey(one), { port: one, http: [...http] });
      else known.http.push(...http);
    }
  }
  return [
    ...(open.size === 0 ? [] : [{ ports: open, http: undefined }]),
    ...[...asked]
      .filter(([key]) => !open.has(key))
      .map(([key, { port, http }]) => ({ ports: new Map([[key, port]]), http: distinct(http) })),
  ];
}

function distinct(requests: readonly HttpRequest[]): HttpRequest[] {
  const known = new Map(requests.map((request) => [`${request.path ?? ''} ${request.method ?? ''}`, request]));
  return sortedBy(known, ([key]) => key).map(([, request]) => request);
}

function portKey({ protocol, port }: AllowedPort): string {
  return `${String(port?.first ?? 0).padStart(5, '0')} ${port?.last ?? 0} ${protocol}`;
}

function targetKey({ ports, http }: Target): string {
  return `${[...ports.keys()].sort().join()} ${http === undefined ? '' : JSON.stringify(http)}`;
}

/** Pods stand before nodes, and those before whoever is outside. */
function peerKey(peer: PodPeer): string {
  switch (peer.kind) {
    case 'workload':
      return `0 ${peer.workload.name}`;
    case 'pods':
      return `1 ${peer.namespace ?? ''}`;
    case 'own-node':
      return '2';
    case 'nodes':
      return `3 ${JSON.stringify(peer.select)} ${String(peer.addresses ?? '')}`;
    case 'addresses':
      return `4 ${String(peer.addresses)}`;
    case 'names':
      return `5 ${peer.fqdns.join()} ${String(peer.addresses ?? '')}`;
    case 'anywhere':
      return '6';
  }
}
