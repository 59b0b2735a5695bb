import type { Chart } from 'cdk8s';
import {
  ProxyClass,
  ProxyClassSpecStatefulSetPodTailscaleContainerResourcesLimits as Limit,
  ProxyClassSpecStatefulSetPodTailscaleContainerResourcesRequests as Request,
  type ProxyClassSpecStatefulSetPod,
  type ProxyClassSpecStatefulSetPodTolerations as Toleration,
} from '../../../imports/tailscale.com';
import type { Cluster } from '../../spec/cluster';
import type { NodeSelector } from '../../spec/fields';
import { sortedEntries } from '../../text/compare';
import { placement } from '../placement';
import { addObject } from '../plain-object';
import type { TailscaleOptions } from './options';

type Class = TailscaleOptions['proxyClasses'][string];

/** Where the pods of a class that wants it serve metrics. Source: tailscale cmd/k8s-operator/sts.go. */
export const PROXY_METRICS = 9002;

/** The class of a connector's pods. */
export function classOf(options: TailscaleOptions, connector: string): Class | undefined {
  return options.proxyClasses[options.connectors[connector]?.proxyClass ?? ''];
}

/** The nodes on which a connector's pods may run. */
export function nodesOf(options: TailscaleOptions, connector: string): NodeSelector {
  return classOf(options, connector)?.nodes ?? 'all';
}

/** A connector waits for its class. */
export function addProxyClasses(chart: Chart, options: TailscaleOptions, spec: Cluster): void {
  for (const [name, own] of sortedEntries(options.proxyClasses)) {
    const pod = podOf(own, spec);
    addObject(ProxyClass, chart, `proxy-class-${name}`, {
      metadata: { name },
      spec: {
        ...(own.metrics ? { metrics: { enable: true } } : {}),
        ...(Object.keys(pod).length === 0 ? {} : { statefulSet: { pod } }),
      },
    });
  }
}

function podOf(own: Class, spec: Cluster): ProxyClassSpecStatefulSetPod {
  const limits = amounts(own.limits, (text) => Limit.fromString(text));
  const requests = amounts(own.requests, (text) => Request.fromString(text));
  const resources = { ...(limits ? { limits } : {}), ...(requests ? { requests } : {}) };
  return {
    ...(Object.keys(own.labels).length === 0 ? {} : { labels: own.labels }),
    ...placement(own.nodes, spec),
    ...(own.tolerations.length === 0 ? {} : { tolerations: own.tolerations.map(tolerationOf) }),
    ...(Object.keys(resources).length === 0 ? {} : { tailscaleContainer: { resources } }),
  };
}

function tolerationOf({ key, value, effect }: Class['tolerations'][number]): Toleration {
  return {
    operator: value === undefined ? 'Exists' : 'Equal',
    ...(key === undefined ? {} : { key }),
    ...(value === undefined ? {} : { value }),
    ...(effect === undefined ? {} : { effect }),
  };
}

function amounts<T>(own: Class['limits'], wrap: (text: string) => T): Record<string, T> | undefined {
  const given = sortedEntries(own).flatMap(([name, text]) => (text === undefined ? [] : [[name, wrap(text)] as const]));
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
