import { yaml } from '../../text/yaml';
import { EXCLUSIONS } from './exclusions';
import { APPLICATION_HEALTH } from './health';

/** The values of the argo-cd chart that Wayleave sets. A type and no interface, so that it is plain data to the YAML writer. */
export type ArgocdValues = {
  readonly global: { readonly networkPolicy: { readonly create: boolean } };
  readonly crds: { readonly install: boolean; readonly keep: boolean };
  readonly configs: { readonly cm: Readonly<Record<string, string>> };
  readonly dex: { readonly enabled: boolean };
  readonly notifications: { readonly enabled: boolean };
  readonly applicationSet: { readonly replicas: number };
};

/** Equal in `bootstrap/` and in Argo CD's own Application, which takes the release over. */
export const ARGOCD_VALUES: ArgocdValues = {
  // Policies add up: the chart's, on by default since 10.0, would let in what a derived policy keeps out.
  global: { networkPolicy: { create: false } },
  // Kept when the release is removed: with the definitions every Application would go.
  crds: { install: true, keep: true },
  configs: {
    cm: {
      'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
      'resource.exclusions': yaml(EXCLUSIONS.map((exclusion) => ({ ...exclusion, clusters: ['*'] }))),
    },
  },
  // Nothing here signs in elsewhere, sends messages or generates Applications: what does not run needs no flows.
  dex: { enabled: false },
  notifications: { enabled: false },
  applicationSet: { replicas: 0 },
};
