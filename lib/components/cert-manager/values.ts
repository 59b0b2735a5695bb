import type { CertManagerOptions } from './options';

/** The values of the cert-manager chart that Wayleave sets. A type and no interface, so that it is plain data to the YAML writer. */
export type CertManagerValues = {
  readonly crds: { readonly enabled: true; readonly keep: true };
  readonly prometheus: { readonly enabled: boolean };
  readonly dns01RecursiveNameservers?: string;
  readonly dns01RecursiveNameserversOnly?: true;
};

export function certManagerValues(options: CertManagerOptions): CertManagerValues {
  const nameservers = options.recursiveNameservers.map(({ address, port }) => address.withPort(port.first));
  return {
    // Kept when the release is removed: with the definitions every certificate would go.
    crds: { enabled: true, keep: true },
    prometheus: { enabled: options.metrics },
    ...(nameservers.length === 0
      ? {}
      : {
          dns01RecursiveNameservers: nameservers.join(','),
          // Without it cert-manager asks the zone's own nameservers after all, which a split network may answer for.
          dns01RecursiveNameserversOnly: true,
        }),
  };
}
