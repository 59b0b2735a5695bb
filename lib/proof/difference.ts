import type { Flow } from '../plan/flow';
import type { Endpoint } from '../reach/endpoint';
import type { Direction } from '../reach/policy';
import type { Traffic } from '../reach/traffic';
import type { PodsEnd } from './proof-world';

/** One end of a difference: pods, or what is no pod, as the engine knows it. */
export interface DifferentEnd {
  readonly name: string;
  /** Of addresses that fare alike the first. */
  readonly endpoint: Endpoint;
  readonly pods?: PodsEnd;
}

/** Something that a flow declares and policies do not let through, or the reverse. */
export interface Difference {
  readonly from: DifferentEnd;
  readonly to: DifferentEnd;
  readonly traffic: Traffic;
  /** Absent: no flow declares it. */
  readonly flow?: Flow;
  /** Requests of the flow that policies leave out, or that they let through beside it. */
  readonly requests?: readonly string[];
}

/** The ends of a connection, from the side of the pods whose direction is looked at. */
export function oriented(direction: Direction, own: DifferentEnd, peer: DifferentEnd): Pick<Difference, 'from' | 'to'> {
  return direction === 'ingress' ? { from: peer, to: own } : { from: own, to: peer };
}

export function podsOf(end: PodsEnd): DifferentEnd {
  return { name: end.name, endpoint: end.endpoint, pods: end };
}

/** What a comparison has found so far. */
export interface Found {
  readonly blocked: Difference[];
  readonly undeclared: Difference[];
}
