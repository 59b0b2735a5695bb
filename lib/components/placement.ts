import { hostnameOf } from '../plan/nodes';
import type { Cluster } from '../spec/cluster';
import type { NodeSelector } from '../spec/fields';

/** K3s labels its servers so; the value is the text "true". */
export const SERVER_LABEL = 'node-role.kubernetes.io/control-plane';

/** Taints that keep servers clear, which what K3s packages tolerates. Source: k3s manifests/ and pkg/cloudprovider/servicelb.go. */
export const TAINTS_OF_SERVERS: readonly string[] = ['CriticalAddonsOnly', SERVER_LABEL];

type Expression = {
  readonly key: string;
  readonly operator: 'In' | 'DoesNotExist';
  readonly values?: string[];
};

/** Where pods may run, by the chart's keys, which are Kubernetes' own. */
export type Placement = {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: {
    readonly nodeAffinity: {
      readonly requiredDuringSchedulingIgnoredDuringExecution: {
        readonly nodeSelectorTerms: { readonly matchExpressions: Expression[] }[];
      };
    };
  };
};

export function placement(select: NodeSelector, spec: Cluster): Placement {
  if (select === 'all') return {};
  if (select === 'servers') return { nodeSelector: { [SERVER_LABEL]: 'true' } };
  if (select === 'agents') return required({ key: SERVER_LABEL, operator: 'DoesNotExist' });
  if ('labels' in select) return { nodeSelector: select.labels };
  const hosts = select.names.map((name) => hostnameOf(spec, name)).sort();
  return required({ key: 'kubernetes.io/hostname', operator: 'In', values: hosts });
}

function required(expression: Expression): Placement {
  const nodeSelectorTerms = [{ matchExpressions: [expression] }];
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } };
}
