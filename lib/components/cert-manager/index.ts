import { requireAll } from '../../plan/capability';
import { VERSIONS } from '../versions';
import { register } from '../component';
import { certManagerFlows } from './flows';
import { addIssuers } from './issuers';
import { CHART, CHART_HOSTS, CHART_REPOSITORY, NAMESPACE, RELEASE, source } from './names';
import { certManagerNotes } from './note';
import type { CertManagerOptions } from './options';
import { certManagerListeners, certManagerServices, certManagerWorkloads } from './parts';
import { dns01Solvers } from './solver-pods';
import { certManagerValues } from './values';

/** cert-manager by its chart, and the issuers. */
export const certManager = register<CertManagerOptions>({
  name: 'cert-manager',
  title: 'cert-manager',
  // Only challenges are in clear. Source: RFC 8555, 8.3.
  flowTraits: ['public'],
  options: (spec) => (spec.certificates?.kind === 'cert-manager' ? spec.certificates : undefined),
  provides: () => [
    {
      name: 'certificates',
      failure: 'no certificate is obtained or renewed; those that are in place serve until they expire',
      source,
    },
    {
      name: 'crds',
      scope: 'cert-manager.io',
      failure: "cert-manager's own kinds of object are still written, and nobody acts on them",
      source,
    },
  ],
  namespaces: () => [{ name: NAMESPACE }],
  requires: () => requireAll(source, 'cluster-dns', 'control-plane', 'pod-network', 'service-routing'),
  helm: (options) => ({
    name: RELEASE,
    namespace: NAMESPACE,
    chart: CHART,
    repository: CHART_REPOSITORY,
    hosts: CHART_HOSTS,
    version: VERSIONS.certManagerChart,
    values: certManagerValues(options),
  }),
  reservedServices: certManagerServices,
  listeners: certManagerListeners,
  flows: certManagerFlows,
  workloads: certManagerWorkloads,
  secrets: (options) => {
    const tokens = new Map(
      dns01Solvers(options).map(({ apiToken: { name, key } }) => [`${name} ${key}`, { name, key }]),
    );
    return [...tokens.values()].map(({ name, key }) => ({
      // Issuers of the whole cluster read their Secrets here (cert-manager docs, cluster resource namespace).
      namespace: NAMESPACE,
      name,
      keys: [key],
      purpose: 'API token of Cloudflare with the permissions Zone: Read and DNS: Edit for the zones, for DNS-01',
    }));
  },
  notes: certManagerNotes,
  manifests: addIssuers,
});
