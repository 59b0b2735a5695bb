import type { Engine } from '../../../lib/reach/engine';

/** Objects of Kubernetes, as they would be written in YAML. */
export type Manifest = Readonly<Record<string, unknown>>;

/** One probe of every pair, and what comes of it. Pairs that no line names pass; of several lines the last counts. */
export interface Probe {
  /** Such as `tcp/80`. */
  readonly traffic: string;
  /** `from → to`: `x/a`, `x/*` for a namespace, `*` for every pod. */
  readonly closed?: readonly string[];
  /** What passes in spite of a line of `closed`. */
  readonly open?: readonly string[];
}

/** A world of nine pods under some policies, and its truth tables. */
export interface Scenario {
  /** The name it goes by where it comes from. */
  readonly name: string;
  /** Policies, beside the pods and namespaces that every scenario has. */
  readonly policies: readonly Manifest[];
  /** Labels that a pod or a namespace has beside its own. */
  readonly labels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly probes: readonly Probe[];
  /** @default k3s (Wayleave) */
  readonly engine?: Engine;
  /** Where our answer is not the one that others expect, why. */
  readonly deviation?: string;
}

/** Scenarios of one origin. */
export interface Chapter {
  readonly title: string;
  /** Where the scenarios come from, in a sentence. */
  readonly origin: string;
  readonly scenarios: readonly Scenario[];
}

interface Parts {
  readonly pods?: Manifest;
  readonly ingress?: readonly Manifest[];
  readonly egress?: readonly Manifest[];
  readonly types?: readonly string[];
  readonly namespace?: string;
  readonly name?: string;
}

/** A NetworkPolicy, of namespace `x` unless it says otherwise, for the directions that it has rules of. */
export function policy({ pods = {}, ingress, egress, types, namespace = 'x', name = 'p' }: Parts): Manifest {
  const policyTypes = types ?? [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector: pods, policyTypes, ...(ingress ? { ingress } : {}), ...(egress ? { egress } : {}) },
  };
}

/** Pods by the label that each of them has: `a`, `b` or `c`. */
export const pod = (name: string): Manifest => ({ matchLabels: { pod: name } });

/** A namespace by the label that the API server gives it. */
export const namespace = (name: string): Manifest => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

export function where(key: string, operator: string, ...values: readonly string[]): Manifest {
  return { matchExpressions: [{ key, operator, ...(values.length > 0 ? { values } : {}) }] };
}
