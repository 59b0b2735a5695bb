import { ApiObject, type Chart } from 'cdk8s';
import { register, type Bound, type Component } from '../../lib/components/component';
import { MtuSum } from '../../lib/net/mtu';
import type { Plan } from '../../lib/plan/plan';
import { resolve } from '../../lib/plan/resolve';
import { clusterSchema } from '../../lib/spec/cluster';
import { smallSpec } from './spec';

/** A made-up component: what a test says, and nothing else. */
export function part(name: string, does: Partial<Component<true>> = {}): Bound {
  const bound = register<true>({ name, options: () => true, ...does }).bind(clusterSchema.parse(smallSpec()));
  if (bound === undefined) throw new Error(`${name} is not part of the cluster`);
  return bound;
}

/** The small cluster's plan with made-up components, each a wave after those it requires. */
export function planWith(parts: readonly Bound[]): Plan {
  const network = part('pod-network', {
    podNetwork: () => ({
      podDevices: ['cni0'],
      tunnelDevices: [],
      underlay: 'lan',
      encapsulation: 'none',
      mtu: MtuSum.of(1500).minus('VXLAN', 50),
      masquerades: true,
    }),
  });
  const outcome = resolve(clusterSchema.parse(smallSpec()), [...parts, network]);
  if (outcome.value === undefined) throw new Error(outcome.findings.map((finding) => finding.message).join('; '));
  return outcome.value;
}

/** An object by `apiVersion kind namespace/name`, and what else it has. */
export function object(chart: Chart, title: string, more: Readonly<Record<string, unknown>> = {}): ApiObject {
  const [apiVersion = '', kind = '', path = ''] = title.split(' ');
  const [name = '', namespace] = path.split('/').reverse();
  const id = `${chart.node.children.length}`;
  return new ApiObject(chart, id, {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    ...more,
  });
}
