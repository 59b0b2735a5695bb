import type { Chart } from 'cdk8s';
import { ClusterIssuer, type ClusterIssuerSpecAcmeSolvers } from '../../../imports/cert-manager.io';
import { sortedEntries } from '../../text/compare';
import { INGRESS_CLASS } from '../traefik/options';
import { addObject } from '../plain-object';
import { directoryOf } from './directory';
import type { CertManagerOptions } from './options';

type Issuer = CertManagerOptions['issuers'][string];

export function addIssuers(chart: Chart, options: CertManagerOptions): void {
  for (const [name, issuer] of sortedEntries(options.issuers)) {
    addObject(ClusterIssuer, chart, `issuer-${name}`, {
      // The webhook that checks it belongs to wave 0 of the same Application, and must answer first.
      metadata: { name, annotations: { 'argocd.argoproj.io/sync-wave': '1' } },
      spec: {
        acme: {
          server: directoryOf(issuer.server),
          ...(issuer.email === undefined ? {} : { email: issuer.email }),
          privateKeySecretRef: { name: issuer.accountKeySecret ?? `${name}-account-key` },
          solvers: issuer.solvers.map(solver),
        },
      },
    });
  }
}

function solver(one: Issuer['solvers'][number]): ClusterIssuerSpecAcmeSolvers {
  // The Service needs no port on the nodes: the ingress dials the pod.
  if (one.kind === 'http01')
    return { http01: { ingress: { ingressClassName: INGRESS_CLASS, serviceType: 'ClusterIP' } } };
  return {
    dns01: { cloudflare: { apiTokenSecretRef: { name: one.apiToken.name, key: one.apiToken.key } } },
    ...(one.zones === undefined ? {} : { selector: { dnsZones: one.zones } }),
  };
}
