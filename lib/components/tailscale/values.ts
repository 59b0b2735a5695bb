import { OAUTH_SECRET, OPERATOR_TAG } from './names';
import type { TailscaleOptions } from './options';

/** The values of the tailscale-operator chart that Wayleave sets. A type and no interface, so that it is plain data to the YAML writer. */
export type TailscaleValues = {
  readonly installCRDs: true;
  readonly operatorConfig: { readonly defaultTags: readonly string[] };
  readonly ingressClass: { readonly enabled: false };
  readonly oauthSecretVolume?: { readonly secret: { readonly secretName: string } };
};

export function tailscaleValues({ oauthSecret }: TailscaleOptions): TailscaleValues {
  return {
    installCRDs: true,
    operatorConfig: { defaultTags: [OPERATOR_TAG] },
    // No Ingress here is for the tailnet: a class that nobody uses would only invite one that no flow knows of.
    ingressClass: { enabled: false },
    ...(oauthSecret === OAUTH_SECRET ? {} : { oauthSecretVolume: { secret: { secretName: oauthSecret } } }),
  };
}
