import type { Cluster } from '../spec/cluster';

/** The Secret, in its certificate's own namespace, in which users of a certificate of the spec find it. */
export function certificateSecret(certificates: Cluster['certificates'], name: string): string {
  return certificates?.certificates[name]?.secretName ?? `${name}-tls`;
}
