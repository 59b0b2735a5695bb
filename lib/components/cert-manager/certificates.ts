import type { Chart } from 'cdk8s';
import {
  Certificate,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
} from '../../../imports/cert-manager.io';
import { certificateSecret } from '../../plan/certificate-secret';
import { sortedEntries } from '../../text/compare';
import { register } from '../component';
import { addObject } from '../plain-object';
import { source } from './names';
import type { CertManagerOptions } from './options';

/** Sizes that every client takes: P-256 (RFC 8446, 9.1), and 2048 bits (CA/Browser Forum's baseline). */
const KEYS = {
  ecdsa: { algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA, size: 256 },
  rsa: { algorithm: CertificateSpecPrivateKeyAlgorithm.RSA, size: 2048 },
} as const;

/**
 * The certificates themselves. A component of its own, since they live in namespaces of others: these come first,
 * while those who wait for cert-manager need not wait for them.
 */
export const certificates = register<CertManagerOptions>({
  name: 'certificates',
  options: ({ certificates: own }) =>
    own?.kind === 'cert-manager' && Object.keys(own.certificates).length > 0 ? own : undefined,
  namespaces: (options) => Object.values(options.certificates).map(({ namespace }) => ({ name: namespace })),
  requires: () => [
    { name: 'certificates', source },
    { name: 'crds', scope: 'cert-manager.io', source },
  ],
  manifests: addCertificates,
});

function addCertificates(chart: Chart, options: CertManagerOptions): void {
  for (const [name, certificate] of sortedEntries(options.certificates)) {
    addObject(Certificate, chart, `certificate-${name}`, {
      metadata: { name, namespace: certificate.namespace },
      spec: {
        secretName: certificateSecret(options, name),
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: certificate.issuer },
        dnsNames: certificate.names,
        privateKey: { ...KEYS[certificate.key], rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS },
      },
    });
  }
}
