import type { Chart } from 'cdk8s';
import { KubeConfigMap, KubeDeployment } from '../../../imports/k8s';
import type { AddressSet } from '../../net/address-set';
import type { Prefix } from '../../net/prefix';
import type { Cluster } from '../../spec/cluster';
import { SERVER_LABEL } from '../placement';
import { VERSIONS } from '../versions';
import { addObject } from '../plain-object';
import type { KubeVipOptions } from './options';
import { bearer, CLOUD_PROVIDER, kubeVipPools, NAMESPACE } from './place';
import { addRights, CLOUD_PROVIDER_RULES } from './rights';

const ACCOUNT = 'kube-vip-cloud-controller';
export const CLOUD_PROVIDER_LABELS = { app: 'kube-vip', component: CLOUD_PROVIDER };

/** Who gives out the pools' addresses: the config map by this name and place is the only one it reads. */
export function addCloudProvider(chart: Chart, options: KubeVipOptions, spec: Cluster): void {
  if (kubeVipPools(spec).length === 0) return;
  addObject(KubeConfigMap, chart, 'pools', {
    metadata: { name: 'kubevip', namespace: NAMESPACE },
    data: { ...poolData(spec), ...interfaceData(options, spec) },
  });
  addRights(chart, ACCOUNT, 'system:kube-vip-cloud-controller', CLOUD_PROVIDER_RULES);
  addDeployment(chart);
}

/**
 * Keys by namespace, `global` for all. The provider looks for any `cidr-…` before any `range-…`, so that one of the first
 * hides all of the second: prefixes are written as such only where every pool is made of one in each of its families.
 * Source: kube-vip-cloud-provider 0.0.12, pkg/provider/loadBalancer.go, discoverPool. It takes no space behind a comma.
 */
function poolData(spec: Cluster): Record<string, string> {
  const pools = kubeVipPools(spec);
  const asPrefixes = pools.every(({ addresses }) => wholePrefixes(addresses) !== undefined);
  return Object.fromEntries(
    pools.map(({ name, addresses }) =>
      asPrefixes
        ? [`cidr-${name}`, (wholePrefixes(addresses) ?? []).map(String).join(',')]
        : [
            `range-${name}`,
            addresses
              .ranges()
              .map(({ first, last }) => `${String(first)}-${String(last)}`)
              .join(','),
          ],
    ),
  );
}

/** The set as one prefix a family; undefined where it is anything else. */
function wholePrefixes(addresses: AddressSet): Prefix[] | undefined {
  const prefixes = addresses.families().map((family) => addresses.family(family).prefixes());
  return prefixes.every((one) => one.length === 1) ? prefixes.flat() : undefined;
}

/** Pools on networks that another interface bears than the one all share. */
function interfaceData(options: KubeVipOptions, spec: Cluster): Record<string, string> {
  const pools = kubeVipPools(spec).map(
    ({ name, network }) => [`interface-${name}`, bearer(options, spec, network)] as const,
  );
  return new Set(pools.map(([, device]) => device)).size > 1 ? Object.fromEntries(pools) : {};
}

function addDeployment(chart: Chart): void {
  addObject(KubeDeployment, chart, 'cloud-provider', {
    metadata: { name: CLOUD_PROVIDER, namespace: NAMESPACE, labels: CLOUD_PROVIDER_LABELS },
    spec: {
      replicas: 1,
      selector: { matchLabels: CLOUD_PROVIDER_LABELS },
      template: {
        metadata: { labels: CLOUD_PROVIDER_LABELS },
        spec: {
          serviceAccountName: ACCOUNT,
          tolerations: [{ key: SERVER_LABEL, operator: 'Exists', effect: 'NoSchedule' }],
          affinity: {
            nodeAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 10,
                  preference: { matchExpressions: [{ key: SERVER_LABEL, operator: 'In', values: ['true'] }] },
                },
              ],
            },
          },
          containers: [
            {
              name: CLOUD_PROVIDER,
              image: `ghcr.io/kube-vip/kube-vip-cloud-provider:${VERSIONS.kubeVipCloudProvider}`,
              imagePullPolicy: 'IfNotPresent',
              command: ['/kube-vip-cloud-provider', '--leader-elect-resource-name=kube-vip-cloud-controller'],
            },
          ],
        },
      },
    },
  });
}
