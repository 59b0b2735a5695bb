import type { HostEndpoint } from '../../reach/endpoint';

/** A node, or an interface of one, that policies of the pod network guard. */
export interface HostEnd {
  readonly name: string;
  readonly endpoint: HostEndpoint;
  readonly node: string;
  /** Calico guards each interface by itself. */
  readonly device?: string;
  /** Calico judges twice: as it is dialled, and what lands in a process of the node. */
  readonly stage?: 'dialled' | 'landing';
}
