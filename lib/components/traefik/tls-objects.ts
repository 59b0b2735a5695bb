import type { Chart } from 'cdk8s';
import {
  ServersTransport,
  ServersTransportSpecForwardingTimeoutsDialTimeout as DialTimeout,
  ServersTransportSpecForwardingTimeoutsIdleConnTimeout as IdleTimeout,
  ServersTransportSpecForwardingTimeoutsResponseHeaderTimeout as HeaderTimeout,
  TlsOption,
  TlsOptionSpecClientAuthClientAuthType as AuthType,
  type ServersTransportSpec,
  type TlsOptionSpec,
} from '../../../imports/traefik.io';
import type { SecretNeed } from '../../plan/workload';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { addObject } from '../plain-object';
import type { TraefikOptions } from './options';
import { namespaceOf } from './place';

type Transport = TraefikOptions['transports'][string];
type Option = TraefikOptions['tlsOptions'][string];

/** K3s's chart, or Traefik's own, brings the kinds, and not Argo CD. */
export const KIND_COMES_LATER = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };

/** How Traefik speaks to apps, and how clients must speak to Traefik. */
export function addTlsObjects(chart: Chart, options: TraefikOptions, spec: Cluster): void {
  for (const [app, transport] of sortedEntries(options.transports)) {
    addObject(ServersTransport, chart, `transport-${app}`, {
      metadata: { name: app, namespace: namespaceOfApp(spec, app), annotations: KIND_COMES_LATER },
      spec: transportSpec(transport),
    });
  }
  for (const [name, option] of sortedEntries(options.tlsOptions)) {
    addObject(TlsOption, chart, `tls-option-${name}`, {
      metadata: { name, namespace: namespaceOf(options), annotations: KIND_COMES_LATER },
      spec: optionSpec(option),
    });
  }
}

function namespaceOfApp(spec: Cluster, app: string): string {
  const namespace = spec.apps[app]?.namespace;
  if (namespace === undefined) throw new Error(`no app ${app}`);
  return namespace;
}

function transportSpec(transport: Transport): ServersTransportSpec {
  const { serverName, peerCertUri, rootCas, clientCertificates, maxIdleConnectionsPerHost } = transport;
  const timeouts = timeoutsOf(transport);
  return {
    ...(transport.insecureSkipVerify ? { insecureSkipVerify: true } : {}),
    ...(serverName === undefined ? {} : { serverName }),
    ...(peerCertUri === undefined ? {} : { peerCertUri }),
    ...(rootCas.length === 0 ? {} : { rootCAs: rootCas }),
    ...(clientCertificates.length === 0 ? {} : { certificatesSecrets: clientCertificates }),
    ...(transport.disableHttp2 ? { disableHttp2: true } : {}),
    ...(maxIdleConnectionsPerHost === undefined ? {} : { maxIdleConnsPerHost: maxIdleConnectionsPerHost }),
    ...(Object.keys(timeouts).length === 0 ? {} : { forwardingTimeouts: timeouts }),
  };
}

function timeoutsOf({ dialTimeout, responseHeaderTimeout, idleConnectionTimeout }: Transport) {
  return {
    ...(dialTimeout === undefined ? {} : { dialTimeout: DialTimeout.fromString(dialTimeout) }),
    ...(responseHeaderTimeout === undefined
      ? {}
      : { responseHeaderTimeout: HeaderTimeout.fromString(responseHeaderTimeout) }),
    ...(idleConnectionTimeout === undefined ? {} : { idleConnTimeout: IdleTimeout.fromString(idleConnectionTimeout) }),
  };
}

const AUTH_TYPES: Readonly<Record<NonNullable<Option['clientAuth']>['type'], AuthType>> = {
  RequestClientCert: AuthType.REQUEST_CLIENT_CERT,
  RequireAnyClientCert: AuthType.REQUIRE_ANY_CLIENT_CERT,
  VerifyClientCertIfGiven: AuthType.VERIFY_CLIENT_CERT_IF_GIVEN,
  RequireAndVerifyClientCert: AuthType.REQUIRE_AND_VERIFY_CLIENT_CERT,
};

function optionSpec(option: Option): TlsOptionSpec {
  const { minVersion, maxVersion, cipherSuites, curvePreferences, alpnProtocols, sniStrict, clientAuth } = option;
  return {
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ...(cipherSuites.length === 0 ? {} : { cipherSuites }),
    ...(curvePreferences.length === 0 ? {} : { curvePreferences }),
    ...(alpnProtocols.length === 0 ? {} : { alpnProtocols }),
    ...(sniStrict ? { sniStrict } : {}),
    ...(clientAuth === undefined
      ? {}
      : {
          clientAuth: {
            clientAuthType: AUTH_TYPES[clientAuth.type],
            ...(clientAuth.secrets.length === 0 ? {} : { secretNames: clientAuth.secrets }),
          },
        }),
  };
}

/** Secrets that these objects refer to. Source of the keys: Traefik docs, ServersTransport and TLSOption. */
export function tlsSecrets(options: TraefikOptions, spec: Cluster): Omit<SecretNeed, 'owner'>[] {
  const ofTransports = sortedEntries(options.transports).flatMap(([app, { rootCas, clientCertificates }]) => {
    const namespace = namespaceOfApp(spec, app);
    return [
      ...rootCas.flatMap((one) =>
        'secret' in one
          ? [{ namespace, name: one.secret, keys: ['ca.crt'], purpose: `the authority of ${app}'s certificate` }]
          : [],
      ),
      ...clientCertificates.map((name) => ({
        namespace,
        name,
        keys: ['tls.crt', 'tls.key'],
        purpose: `by which Traefik proves to ${app} who it is`,
      })),
    ];
  });
  const ofOptions = sortedEntries(options.tlsOptions).flatMap(([name, { clientAuth }]) =>
    (clientAuth?.secrets ?? []).map((secret) => ({
      namespace: namespaceOf(options),
      name: secret,
      keys: ['ca.crt'],
      purpose: `the authority of clients' certificates, TLS option ${name}`,
    })),
  );
  return [...ofTransports, ...ofOptions];
}
