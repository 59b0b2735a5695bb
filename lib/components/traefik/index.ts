import { requireAll } from '../../plan/capability';
import { pinnedClaim } from '../../plan/load-balancer';
import { register } from '../component';
import { VERSIONS } from '../versions';
import { traefikFlows } from './flows';
import { installerWorkloads } from './installers';
import { traefikListeners } from './listeners';
import { addConfig, addObjects } from './manifests';
import { traefikNotes } from './note';
import type { TraefikOptions } from './options';
import { namespaceOf, placeOf, podLabels, RELEASE, traefikOf, traefikWorkload } from './place';
import { ingressPorts } from './ports';
import { frontServices, furtherServices } from './services';
import { tlsSecrets } from './tls-objects';
import { ownValues } from './values';
import { TAINTS_OF_SERVERS } from '../placement';

/** Traefik: K3s's own with values laid over K3s's, or a release of its own beside which K3s's is left out. */
export const traefik = register<TraefikOptions>({
  name: 'traefik',
  options: traefikOf,
  provides: (options, spec) => [
    ...ingressPorts(options, spec),
    {
      name: 'ingress-routing',
      scope: options.name,
      failure: 'requests from outside reach no app; what runs inside the cluster goes on',
      source: placeOf(spec),
    },
    {
      name: 'crds',
      scope: 'traefik.io',
      failure: "Traefik's own kinds of object are still written, and nobody acts on them",
      source: placeOf(spec),
    },
  ],
  namespaces: (options) => [{ name: namespaceOf(options) }],
  requires: ({ mode }, spec) => [
    ...requireAll(placeOf(spec), 'control-plane', 'pod-network', 'service-routing'),
    ...(mode === 'load-balancer'
      ? requireAll(placeOf(spec), 'load-balancer-addresses', 'load-balancer-announcement')
      : []),
  ],
  claims: (options, spec) => frontServices(options, spec).flatMap(({ balanced }) => pinnedClaim(spec, balanced)),
  reservedServices: (options, spec) => [
    { name: traefikWorkload(options), purpose: 'the ingress', source: placeOf(spec) },
  ],
  loadBalancers: (options, spec) => frontServices(options, spec).map(({ balanced }) => balanced),
  listeners: traefikListeners,
  flows: traefikFlows,
  workloads: (options, spec) => [
    {
      name: traefikWorkload(options),
      namespace: namespaceOf(options),
      labels: podLabels(options),
      hostNetwork: options.mode === 'host-network',
      nodes: options.nodes,
      ...(options.install === 'bundled' ? { tolerates: TAINTS_OF_SERVERS } : {}),
      source: placeOf(spec),
    },
    ...installerWorkloads(options, spec),
  ],
  secrets: tlsSecrets,
  notes: traefikNotes,
  helm: (options, spec) =>
    options.install === 'bundled'
      ? undefined
      : {
          name: RELEASE,
          namespace: namespaceOf(options),
          chart: 'traefik',
          repository: 'https://traefik.github.io/charts',
          hosts: ['traefik.github.io'],
          version: VERSIONS.traefikOwnChart,
          values: ownValues(options, spec),
        },
  // In both places, byte for byte: K3s must start its Traefik right the first time, and Argo CD must keep it so.
  bootstrap: addConfig,
  bootstraps: ({ install }) => install === 'bundled',
  delivers: (options, spec) =>
    options.install === 'bundled' ||
    furtherServices(options, spec).length > 0 ||
    options.defaultCertificate !== undefined ||
    Object.keys({ ...options.transports, ...options.tlsOptions }).length > 0,
  manifests: (chart, options, plan) => {
    addConfig(chart, options, plan);
    addObjects(chart, options, plan.spec);
  },
});
