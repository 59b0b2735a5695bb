import { yaml } from '../../text/yaml';
import { EXCLUSIONS } from './exclusions';
import { APPLICATION_HEALTH } from './health';
import type { ArgocdOptions } from './options';

/** The values of the argo-cd chart that Wayleave sets. A type and no interface, so that it is plain data to the YAML writer. */
export type ArgocdValues = {
  readonly global: { readonly domain?: string; readonly networkPolicy: { readonly create: boolean } };
  readonly crds: { readonly install: boolean; readonly keep: boolean };
  readonly configs: {
    readonly cm: Readonly<Record<string, string>>;
    readonly params?: { readonly 'server.insecure': boolean };
  };
  readonly dex: { readonly enabled: boolean };
  readonly notifications: { readonly enabled: boolean };
  readonly applicationSet: { readonly replicas: number };
};

/** Equal in `bootstrap/` and in Argo CD's own Application, which takes the release over. */
export function argocdValues({ host }: ArgocdOptions): ArgocdValues {
  return {
    // Policies add up: the chart's, on by default since 10.0, would let in what a derived policy keeps out.
    global: { ...(host === undefined ? {} : { domain: host }), networkPolicy: { create: false } },
    // Kept when the release is removed: with the definitions every Application would go.
    crds: { install: true, keep: true },
    configs: {
      cm: {
        'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
        'resource.exclusions': yaml(EXCLUSIONS.map((exclusion) => ({ ...exclusion, clusters: ['*'] }))),
      },
      // TLS of clients ends at the ingress. With its own, the server would answer every plain call with a redirect to itself.
      ...(host === undefined ? {} : { params: { 'server.insecure': true } }),
    },
    // Nothing here signs in elsewhere, sends messages or generates Applications: what does not run needs no flows.
    dex: { enabled: false },
    notifications: { enabled: false },
    applicationSet: { replicas: 0 },
  };
}
