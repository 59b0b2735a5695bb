import { z } from 'zod';
import { addressSet, label, named, nodeSelector, port, reference, source } from '../../spec/fields';

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
  addresses: addressSet().optional(),
  pool: reference('pool').optional(),
  /** Entrypoints it leads to. @default all (Wayleave) */
  entrypoints: z.array(z.string()).min(1).optional(),
  /** `Local` keeps the client's address, and answers only where a pod runs. @default Cluster (Kubernetes) */
  externalTrafficPolicy: z.enum(['Cluster', 'Local']).default('Cluster'),
});

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
  /** The network whose addresses clients dial. @default the node network; where that is an overlay, the way out (Wayleave) */
  network: reference('network').optional(),
  /** Who may reach the entrypoints. @default anywhere (Wayleave) */
  allowFrom: z.array(source()).prefault(['anywhere']),
  /** Certificate served for names that have none of their own. */
  defaultCertificate: reference('certificate').optional(),
  /** Entrypoints whose requests are sent on to another one, such as web to websecure. */
  redirects: named(z.string(), z.string()).default({}),
  /** Proxies whose forwarded headers are believed. @default nobody (Traefik) */
  trustForwardedFrom: z.array(source()).default([]),
  /** User the process runs as; not root, which without capabilities can do no more. @default 65532 (Traefik's chart) */
  runAsUser: z.int().min(1).default(65532),
});

export type TraefikOptions = z.output<typeof traefikOptions>;
