import type { AddressSet } from '../net/address-set';
import type { Field } from './field';
import type { LabelTest } from './labels';
import { Traffic, type Protocol } from './traffic';

export const DIRECTIONS = ['ingress', 'egress'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/** Whose rules a policy is written in. */
export type Dialect = 'kubernetes' | 'cilium' | 'calico';

/** What a rule does with what it matches; `pass` hands it to the next tier (Calico). */
export type Action = 'allow' | 'deny' | 'pass';

/** Peers that are neither pods nor addresses, by Cilium's names. Source: Cilium docs, entities based. */
export const ENTITIES = ['host', 'remote-node', 'kube-apiserver', 'ingress', 'health'] as const;

export type Entity = (typeof ENTITIES)[number];

/** In how many of its two guises a node is among the entities: on its own node, and on all others. */
export function nodeEntities(entities: readonly Entity[]): number {
  return ['host', 'remote-node'].filter((entity) => entities.includes(entity as Entity)).length;
}

/** Who a rule talks of. What is given of it is a union, but for `within`. */
export interface Peer {
  readonly everyone?: true;
  readonly pods?: LabelTest;
  /** Of the pods only those with such an address. */
  readonly within?: AddressSet;
  readonly addresses?: AddressSet;
  /** Another block of the same rule excepts these addresses: K3s may leave them out. */
  readonly sharesSet?: true;
  /** The addresses are those of no pod. */
  readonly byLabelsOnly?: true;
  readonly entities?: readonly Entity[];
  /** A DNS name or a pattern of names. */
  readonly name?: string;
  /** Nodes by their labels. */
  readonly nodes?: LabelTest;
}

/** Ports that a rule is about. A name is looked up at the destination. */
export interface PortMatch {
  readonly traffic: Traffic;
  readonly named: readonly { readonly protocol: Protocol; readonly name: string }[];
}

export const ANY_PORT: PortMatch = { traffic: Traffic.all, named: [] };

/** Why a rule that asks for the endpoint's own address may not match. */
export const BY_ADDRESS = 'it asks for the address of the pod itself';

export interface Rule {
  readonly action: Action;
  readonly peers: readonly Peer[];
  readonly ports: PortMatch;
  /** Where it stands. */
  readonly field: Field;
  /** The endpoint's own side of the rule (Calico): other endpoints the rule passes by. */
  readonly local?: LabelTest;
  /** Addresses that the endpoint must have (Calico): where they are known, `uncertain` falls away. */
  readonly localAddresses?: AddressSet;
  /** What the rule asks beyond peers and ports, such as HTTP methods: it lets through less than is said here. */
  readonly narrowing?: readonly string[];
  /** Whether the engine learns from it which addresses DNS names have (Cilium). */
  readonly learnsNames?: true;
  /** Why it cannot be told whether the rule matches. */
  readonly uncertain?: string;
}

/** One direction of a policy. */
export interface Side {
  /** Whether what no rule allows is denied. */
  readonly isolates: boolean;
  readonly rules: readonly Rule[];
  readonly field: Field;
}

export interface Policy {
  /** Such as `NetworkPolicy shop/web`. */
  readonly id: string;
  readonly dialect: Dialect;
  readonly field: Field;
  /** The endpoints it is for. */
  readonly subject: LabelTest;
  /** What the endpoints are. */
  readonly subjects: readonly ('pods' | 'host')[];
  /** Of a policy for nodes the selector alone (Cilium). */
  readonly nodes?: LabelTest;
  readonly sides: Readonly<Partial<Record<Direction, Side>>>;
  /** Peers of rules that are never asked, since the policy leaves their direction out. */
  readonly idle?: Readonly<Partial<Record<Direction, readonly Peer[]>>>;
  /** Calico's tier, and the place in it. */
  readonly tier?: string;
  readonly order?: number;
  /** For host endpoints: before connections are tracked, before a Service is resolved, or for what the host passes on (Calico). */
  readonly stage?: 'untracked' | 'preDNAT' | 'forward';
}
