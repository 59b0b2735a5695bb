import { announcersOf } from '../../plan/announcers';
import type { WorkloadName } from '../../plan/endpoint';
import { poolOf } from '../../plan/load-balancer';
import { selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { NodeSelector } from '../../spec/fields';
import type { SpecPath } from '../../spec/finding';
import type { GatewayOptions } from './options';

/** One gateway of the spec, and where it stands there. */
export interface Placed {
  readonly gateway: GatewayOptions;
  readonly source: SpecPath;
}

export function placed(spec: Cluster): Placed[] {
  return spec.ingress.flatMap((ingress, i) =>
    ingress.kind === 'gateway' ? [{ gateway: ingress, source: ['ingress', i] }] : [],
  );
}

export function gatewayWorkload({ namespace, name }: GatewayOptions): WorkloadName {
  return `${namespace}/${name}`;
}

/** The labels of its pods. Source of the default: Kubernetes docs, recommended labels. */
export function podLabels({ name, selector }: GatewayOptions): Readonly<Record<string, string>> {
  return selector ?? { 'app.kubernetes.io/name': name };
}

/**
 * Where its pods may run. With `Local` a node without a pod drops what it is sent, so that a pod where nobody announces
 * the address would serve nobody: of the nodes asked for, those that announce are left.
 */
export function nodesOf(gateway: GatewayOptions, spec: Cluster): NodeSelector {
  const { nodes, externalTrafficPolicy, pool, addresses } = gateway;
  const own = poolOf(spec, {
    name: gatewayWorkload(gateway),
    ...(pool === undefined ? {} : { pool }),
    ...(addresses === undefined ? {} : { addresses }),
  });
  if (externalTrafficPolicy !== 'Local' || own === undefined) return nodes;
  const announcers = announcersOf(spec, own);
  const asked = selectNodes(spec, nodes);
  const names = asked.filter((node) => announcers.includes(node));
  // None at all is a fault of the spec, which is found as such.
  return names.length === 0 || names.length === asked.length ? nodes : { names };
}
