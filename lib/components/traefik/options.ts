import { z } from 'zod';
import { hostName, label, named, nodeSelector, pinnedAddresses, port, reference, source } from '../../spec/fields';

/** The pods' ports bear entrypoints' names, which Kubernetes keeps to 15 characters (RFC 6335, 5.1). */
const entrypointName = () => label().max(15, 'must be at most 15 characters, as the name of a port');

const entrypoint = z.strictObject({
  /** Port that clients dial. */
  port: port(),
  /** Port the process binds behind a Service. @default the chart's (8000 for web, 8443 for websecure), else `port` */
  containerPort: port().optional(),
  /** Whether Traefik ends TLS on it. @default false (Traefik) */
  tls: z.boolean().default(false),
});

/** A LoadBalancer Service in front of Traefik. */
const service = z.strictObject({
  /** Pinned addresses. @default any of the pool */
  addresses: pinnedAddresses().optional(),
  pool: reference('pool').optional(),
  /** Entrypoints it leads to. @default all (Wayleave) */
  entrypoints: z.array(z.string()).min(1).optional(),
  /** `Local` keeps the client's address, and answers only where a pod runs. @default Cluster (Kubernetes) */
  externalTrafficPolicy: z.enum(['Cluster', 'Local']).default('Cluster'),
});

/** A time as Traefik takes it. */
const duration = () => z.string().regex(/^(\d+(ns|us|\u00b5s|ms|s|m|h))+$/, 'must be a time such as 30s or 1m30s');

/** How Traefik speaks to one app. */
const transport = z
  .strictObject({
    /** Whether the app's certificate goes unchecked. @default false (Traefik) */
    insecureSkipVerify: z.boolean().default(false),
    /** The name that is asked for, and that the app's certificate must bear. @default the address of the pod, which few certificates bear (Traefik) */
    serverName: hostName().optional(),
    /** The URI that the app's certificate must bear in place of a name. */
    peerCertUri: z.string().min(1).optional(),
    /** Authorities that are believed beside the system's: `ca.crt` of ConfigMaps or Secrets of the app's namespace. @default none */
    rootCas: z
      .array(z.union([z.strictObject({ configMap: label() }), z.strictObject({ secret: label() })]))
      .default([]),
    /** Secrets of the app's namespace by whose certificates Traefik proves who it is. @default none */
    clientCertificates: z.array(label()).default([]),
    /** Whether HTTP/2 is left out. @default false (Traefik) */
    disableHttp2: z.boolean().default(false),
    /** Idle connections kept to each pod. @default 200 (Traefik) */
    maxIdleConnectionsPerHost: z.int().min(1).optional(),
    /** How long connecting may take. @default 30s (Traefik) */
    dialTimeout: duration().optional(),
    /** How long the app may take to begin its answer. @default no limit (Traefik) */
    responseHeaderTimeout: duration().optional(),
    /** How long an idle connection is kept. @default 90s (Traefik) */
    idleConnectionTimeout: duration().optional(),
  })
  .refine(({ insecureSkipVerify, rootCas }) => !insecureSkipVerify || rootCas.length === 0, {
    path: ['insecureSkipVerify'],
    message: 'must be false where rootCas are named: nothing would be checked against them',
  });

/** Versions of TLS by Traefik's names, in order. */
const TLS_VERSIONS = ['VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13'] as const;

/** How clients of a host must speak TLS. */
const tlsOption = z
  .strictObject({
    /** The oldest version that is spoken. @default VersionTLS12 (Traefik) */
    minVersion: z.enum(TLS_VERSIONS).optional(),
    /** The newest version that is spoken. @default VersionTLS13 (Go) */
    maxVersion: z.enum(TLS_VERSIONS).optional(),
    /** Cipher suites up to TLS 1.2, by Go's names; those of 1.3 cannot be chosen. @default Go's */
    cipherSuites: z
      .array(z.string().regex(/^TLS_[A-Z0-9_]+$/, 'must be a suite such as TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'))
      .default([]),
    /** Curves of the key exchange, the first that both know. @default Go's */
    curvePreferences: z.array(z.string().min(1)).default([]),
    /** Protocols offered inside TLS, in order. @default h2, http/1.1, acme-tls/1 (Traefik) */
    alpnProtocols: z.array(z.string().min(1)).default([]),
    /** Whether clients that name a host without a certificate, or none, are refused. @default false (Traefik) */
    sniStrict: z.boolean().default(false),
    /** What clients must prove. @default nothing (Traefik) */
    clientAuth: z
      .strictObject({
        /** By Traefik's names. @default RequireAndVerifyClientCert (Wayleave) */
        type: z
          .enum(['RequestClientCert', 'RequireAnyClientCert', 'VerifyClientCertIfGiven', 'RequireAndVerifyClientCert'])
          .default('RequireAndVerifyClientCert'),
        /** Secrets of Traefik's namespace with the authorities of clients' certificates, under `ca.crt`. @default none */
        secrets: z.array(label()).default([]),
      })
      .refine(({ type, secrets }) => secrets.length > 0 || !type.includes('Verify'), {
        path: ['secrets'],
        message: 'must name a Secret: certificates are verified by the authorities in it',
      })
      .optional(),
  })
  .refine(({ minVersion = 'VersionTLS12', maxVersion = 'VersionTLS13' }) => minVersion <= maxVersion, {
    path: ['maxVersion'],
    message: 'must not be older than minVersion, which is VersionTLS12 unless it says otherwise',
  })
  .refine(({ minVersion, cipherSuites }) => minVersion !== 'VersionTLS13' || cipherSuites.length === 0, {
    path: ['cipherSuites'],
    message: 'must be empty where nothing older than TLS 1.3 is spoken: its suites cannot be chosen',
  });

/** An object of Traefik's own kinds, as annotations name it. Source: Traefik docs, Kubernetes Ingress, annotations. */
export function crdReference(namespace: string, name: string): string {
  return `${namespace}-${name}@kubernetescrd`;
}

/** The class of the Ingresses it serves: the chart names it after the release. */
export const INGRESS_CLASS = 'traefik';

/** Traefik, as an ingress. */
export const traefikOptions = z.strictObject({
  kind: z.literal('traefik'),
  /** Name by which apps and records refer to it. @default traefik */
  name: label().default('traefik'),
  /** Whose it is: the chart that K3s bundles, or one of its own beside which K3s's is left out. @default bundled (Wayleave) */
  install: z.enum(['bundled', 'own']).default('bundled'),
  /**
   * `host-network`: a pod on each node binds the node's own ports.
   * `load-balancer`: pods behind a Service of type LoadBalancer. @default load-balancer (K3s)
   */
  mode: z.enum(['host-network', 'load-balancer']).default('load-balancer'),
  /** Nodes it runs on. @default all (Wayleave) */
  nodes: nodeSelector().default('all'),
  /** A pod on each of its nodes, or as many as asked for. @default daemonset (Wayleave; Traefik's chart says Deployment) */
  workload: z.union([z.literal('daemonset'), z.strictObject({ replicas: z.int().min(1) })]).default('daemonset'),
  /** Services in front of it, by name, where it is behind a load balancer. @default one, named traefik, for all entrypoints */
  services: named(label(), service).default({}),
  /** Ports it opens. @default web on 80 and websecure on 443 (Traefik's chart) */
  entrypoints: named(entrypointName(), entrypoint).prefault({ web: { port: 80 }, websecure: { port: 443, tls: true } }),
  /**
   * The network whose addresses clients dial, but for those of `allowFrom` who are on another one of its nodes': they dial
   * them there. @default the node network; where that is an overlay, the way out (Wayleave)
   */
  network: reference('network').optional(),
  /** Who may reach the entrypoints. @default anywhere (Wayleave) */
  allowFrom: z.array(source()).prefault(['anywhere']),
  /** Certificate served for names that have none of their own. */
  defaultCertificate: reference('certificate').optional(),
  /** Entrypoints whose requests are sent on to another one, such as web to websecure. */
  redirects: named(z.string(), z.string()).default({}),
  /** How it speaks to apps, by app: for those that end TLS themselves, or want other times than Traefik's. @default Traefik's way, for all */
  transports: named(reference('app'), transport).default({}),
  /** How clients must speak TLS, by name: `default` for all hosts, others for hosts that name them. @default Traefik's (Traefik) */
  tlsOptions: named(label(), tlsOption).default({}),
  /** Proxies whose forwarded headers are believed. @default nobody (Traefik) */
  trustForwardedFrom: z.array(source()).default([]),
  /** User the process runs as; not root, which without capabilities can do no more. @default 65532 (Traefik's chart) */
  runAsUser: z.int().min(1).default(65532),
});

export type TraefikOptions = z.output<typeof traefikOptions>;
