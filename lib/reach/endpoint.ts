import type { AddressSet } from '../net/address-set';
import type { Range } from '../net/range';
import type { Labels } from './labels';
import type { Entity } from './policy';
import type { NamedPort } from './pod';
import type { PodGroup, Workload } from './workload';

/** One end of a connection. */
export type Endpoint = PodsEndpoint | HostEndpoint | OutsideEndpoint | EntityEndpoint | NameEndpoint;

export interface PodsEndpoint {
  readonly kind: 'pods';
  /** `namespace/name[Kind]`, and the pods where those of one owner differ. */
  readonly id: string;
  readonly workload: Workload;
  readonly group: PodGroup;
}

/** Nodes, or interfaces of them, that policies are written for. */
export interface HostEndpoint {
  readonly kind: 'host';
  readonly id: string;
  readonly labels: Labels;
  readonly addresses: AddressSet;
  readonly ports: readonly NamedPort[];
  /** Open to itself without any policy (Calico's profile, Cilium's nodes without a host policy). */
  readonly open: boolean;
  /** The node it is of, and the interface (Calico). */
  readonly node?: string;
  readonly device?: string;
}

/** Addresses that are nobody's in the tree. */
export interface OutsideEndpoint {
  readonly kind: 'outside';
  readonly id: string;
  readonly range: Range;
}

/** Most addresses are never named: their text is made when it is asked for. */
export class AddressAtom implements OutsideEndpoint {
  readonly kind = 'outside';

  constructor(readonly range: Range) {}

  get id(): string {
    return this.range.toString();
  }
}

export interface EntityEndpoint {
  readonly kind: 'entity';
  readonly id: string;
  readonly entity: Entity;
}

/** What a DNS name or a pattern of names stands for. */
export interface NameEndpoint {
  readonly kind: 'name';
  readonly id: string;
  readonly name: string;
}

/** One endpoint for each group of pods that differs from the others of its owner. */
export function podsEndpoints(workloads: readonly Workload[]): PodsEndpoint[] {
  return workloads.flatMap((workload) =>
    workload.groups.map((group) => {
      const id = workload.groups.length === 1 ? workload.id : `${workload.id} ${group.names.join(', ')}`;
      return { kind: 'pods', id, workload, group } as const;
    }),
  );
}
