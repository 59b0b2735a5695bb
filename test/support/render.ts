import { App, Chart } from 'cdk8s';
import type { Registered } from '../../lib/components/component';
import type { Plan } from '../../lib/plan/plan';
import { clusterSchema, type Cluster, type ClusterSpec } from '../../lib/spec/cluster';
import { planOf } from './plan';

/** A rendered object, as far as tests look at it. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec?: unknown;
}

/** What one component renders from the real plan of a spec, but for what a test puts in its place. */
export function render(
  component: Registered,
  input: ClusterSpec,
  applier: 'bootstrap' | 'manifests' = 'manifests',
  more: Partial<Plan> = {},
): RenderedObject[] {
  const spec = clusterSchema.parse(input);
  const chart = new Chart(new App(), component.name, { disableResourceNameHashes: true });
  const bound = component.bind(spec);
  const build = bound?.[applier];
  if (build === undefined) throw new Error(`${component.name} renders nothing for ${applier}`);
  build(chart, { ...planOf(input), ...more });
  return chart.toJson() as RenderedObject[];
}

export function bound(component: Registered, input: ClusterSpec) {
  const spec: Cluster = clusterSchema.parse(input);
  const part = component.bind(spec);
  if (part === undefined) throw new Error(`${component.name} is not part of ${spec.name}`);
  return part;
}

/** `Service honeydue/api`. */
export function titles(objects: readonly RenderedObject[]): string[] {
  return objects
    .map(({ kind, metadata }) => [kind, [metadata.namespace, metadata.name].filter(Boolean).join('/')].join(' '))
    .sort();
}
