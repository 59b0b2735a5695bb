import type { Chart } from 'cdk8s';
import { KubeDaemonSet, type Affinity } from '../../../imports/k8s';
import type { Cluster } from '../../spec/cluster';
import type { NodeSelector } from '../../spec/fields';
import { sortedEntries } from '../../text/compare';
import { placement, SERVER_LABEL } from '../placement';
import { VERSIONS } from '../versions';
import { addObject } from '../plain-object';
import { controlPlaneEnvironment, servicesEnvironment, type Environment } from './environment';
import type { KubeVipOptions } from './options';
import { CONTROL_PLANE, NAMESPACE, serviceNodes, SERVICES, virtualApi } from './place';

export const SERVICE_ACCOUNT = 'kube-vip';

/** One DaemonSet for each role, since each has a port for its metrics, and runs on other nodes; by BGP one on each node. */
export function addDaemonSets(chart: Chart, options: KubeVipOptions, spec: Cluster): void {
  if (virtualApi(options, spec) !== undefined) {
    addDaemonSet(chart, CONTROL_PLANE, controlPlaneEnvironment(options, spec), { affinity: ON_SERVERS });
  }
  const nodes = serviceNodes(options, spec);
  if (nodes !== undefined) addDaemonSet(chart, SERVICES, servicesEnvironment(options, spec), placed(nodes, spec));
}

/** K3s gives its servers this label with the text "true", and `node-role.kubernetes.io/master` no more since 1.34. */
const ON_SERVERS: Affinity = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: SERVER_LABEL, operator: 'In', values: ['true'] }] }],
    },
  },
};

function placed(nodes: NodeSelector, spec: Cluster): { readonly affinity?: Affinity } {
  const { affinity } = placement(nodes, spec);
  return affinity === undefined ? {} : { affinity };
}

function addDaemonSet(chart: Chart, name: string, environment: Environment, where: { readonly affinity?: Affinity }) {
  const labels = { 'app.kubernetes.io/name': name };
  addObject(KubeDaemonSet, chart, name, {
    metadata: { name, namespace: NAMESPACE, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...where,
          hostNetwork: true,
          priorityClassName: 'system-node-critical',
          serviceAccountName: SERVICE_ACCOUNT,
          // It must run where nothing else can yet, and stay where nothing else may.
          tolerations: [
            { effect: 'NoSchedule', operator: 'Exists' },
            { effect: 'NoExecute', operator: 'Exists' },
          ],
          containers: [
            {
              name: 'kube-vip',
              image: `ghcr.io/kube-vip/kube-vip:${VERSIONS.kubeVip}`,
              imagePullPolicy: 'IfNotPresent',
              args: ['manager'],
              env: [
                ...sortedEntries(environment).map(([key, value]) => ({ name: key, value })),
                // As Kubernetes knows the node: endpoints are compared with it, and the machine's own name may differ.
                { name: 'vip_nodename', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
              ],
              securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop: ['ALL'] } },
            },
          ],
        },
      },
    },
  });
}
