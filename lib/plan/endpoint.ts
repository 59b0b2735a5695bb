import type { AddressSet } from '../net/address-set';
import type { NodeSelector } from '../spec/fields';

/** A workload by `namespace/name`. */
export type WorkloadName = string;

/** One end of a flow. */
export type Endpoint =
  | { readonly kind: 'workload'; readonly workload: WorkloadName }
  /** Every pod, or every pod of one namespace. */
  | { readonly kind: 'pods'; readonly namespace?: string }
  | { readonly kind: 'nodes'; readonly select: NodeSelector }
  | { readonly kind: 'range'; readonly name: string; readonly addresses: AddressSet }
  | { readonly kind: 'internet' }
  /** Somebody by DNS names, and by addresses where those are known as well. */
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly fqdns: readonly string[];
      readonly addresses?: AddressSet;
    };

export const nodes = (select: NodeSelector): Endpoint => ({ kind: 'nodes', select });
export const workload = (name: WorkloadName): Endpoint => ({ kind: 'workload', workload: name });
export const ANY_POD: Endpoint = { kind: 'pods' };
export const INTERNET: Endpoint = { kind: 'internet' };

/** Whether an end lies beyond the cluster. */
export function isOutside(end: Endpoint): boolean {
  return end.kind === 'internet' || end.kind === 'range' || end.kind === 'name';
}

export function printSelector(select: NodeSelector): string {
  if (select === 'all') return 'every node';
  if (select === 'servers') return 'every server';
  if (select === 'agents') return 'every agent';
  if ('names' in select) return select.names.join(', ');
  return `nodes with ${Object.entries(select.labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(', ')}`;
}

/** An endpoint in a reader's words; also its key for sorting. */
export function printEndpoint(end: Endpoint): string {
  switch (end.kind) {
    case 'workload':
      return end.workload;
    case 'pods':
      return end.namespace === undefined ? 'every pod' : `pods of ${end.namespace}`;
    case 'nodes':
      return printSelector(end.select);
    case 'range':
      return end.name;
    case 'internet':
      return 'anywhere';
    case 'name':
      return end.name;
  }
}
