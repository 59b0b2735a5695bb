import { z } from 'zod';
import { classify } from '../net/classify';
import { ARCHES } from './arch';
import {
  address,
  addressSet,
  hostName,
  hostPattern,
  label,
  labels,
  named,
  nodeSelector,
  notes,
  pinnedAddresses,
  port,
  portName,
  portRange,
  reason,
  reference,
  source,
  transport,
} from './fields';

/** A port of an app. A bare number is container and Service port in one. */
const appPort = z.union([
  port().transform((number) => ({ container: number, service: number, protocol: 'tcp' as const, tls: false })),
  z
    .strictObject({
      /** What the process binds. */
      container: port(),
      /** What clients of the Service dial. @default the container's port */
      service: port().optional(),
      protocol: transport(),
      /** Whether the app itself speaks TLS on it. @default false (Wayleave) */
      tls: z.boolean().default(false),
    })
    .transform((p) => ({ ...p, service: p.service ?? p.container })),
]);

/** A host name that the ingress sends to the app. A bare name is path `/` on the app's only port. */
const appHost = z.union([
  hostPattern().transform((host) => ({ host, path: '/', pathType: 'Prefix' as const })),
  z.strictObject({
    host: hostPattern(),
    /** @default / */
    path: z.string().startsWith('/', 'must start with a slash').default('/'),
    pathType: z.enum(['Prefix', 'Exact']).default('Prefix'),
    /** Which of the app's ports. @default its only one */
    port: z.string().optional(),
    /** Ingress entrypoints, where not the default ones. */
    entrypoints: z.array(z.string()).optional(),
    /** How its clients must speak TLS: options of its ingress, by name. @default the default ones */
    tlsOptions: z.string().optional(),
    /** The tunnel that brings requests straight to the app. @default none: the ingress serves it */
    tunnel: reference('tunnel').optional(),
  }),
]);

/** Some requests of HTTP in the clear. */
const httpRequest = z
  .strictObject({
    /** @default any */
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).optional(),
    /** A regular expression (POSIX extended) that matches the whole path. @default any */
    path: z.string().startsWith('/', 'must start with a slash').optional(),
  })
  .refine(({ method, path }) => method !== undefined || path !== undefined, 'must name a method or a path')
  .transform(({ method, path }) => ({
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
  }));

/** What the app calls. Everything else is closed to it. */
const need = z.union([
  z.strictObject({
    /** Another app of this cluster. */
    app: reference('app'),
    /** Which of its ports. @default all it has */
    port: z.string().optional(),
    /** By which address: its Service's, or its nodes' own, where it is on the host network. @default service (Wayleave) */
    by: z.enum(['service', 'node']).default('service'),
    /** Requests it makes, where not all are meant: of an engine that reads HTTP no others come through. @default all */
    http: z.array(httpRequest).min(1).optional(),
    reason: reason(),
  }),
  z.strictObject({
    /** Pods of a component, as the network's document names them: `kube-system/coredns`. */
    workload: z.string().regex(/^[a-z0-9.-]+\/[a-z0-9.-]+$/, 'must be namespace/name'),
    /** The port that its process binds. */
    port: portRange(),
    protocol: transport(),
    reason: reason(),
  }),
  z.strictObject({
    /** The nodes themselves, by their addresses on the node network. */
    nodes: nodeSelector(),
    port: portRange(),
    protocol: transport(),
    /** What protects the call on the wire, such as `TLS`. Absent: nothing does. */
    encryptedBy: z.string().optional(),
    reason: reason(),
  }),
  z.strictObject({
    /** The Kubernetes API. */
    kubernetes: z.literal('api'),
    reason: reason(),
  }),
  z.strictObject({
    /** One of the spec's `outside` parties. */
    outside: reference('outside party'),
    port: portRange(),
    protocol: transport(),
    /** What protects the call on the wire, such as `TLS 1.3`. Absent: nothing does. */
    encryptedBy: z.string().optional(),
    reason: reason(),
  }),
]);

/** A workload of the cluster, as far as the network is concerned. */
export const app = z.strictObject({
  namespace: label(),
  /** Labels of its pods. @default app.kubernetes.io/name: the app's name (Kubernetes' recommended labels) */
  selector: labels().optional(),
  /** What it listens on, by name. None: it listens to nobody. */
  ports: named(portName(), appPort).default({}),
  /** Whether its pods use the node's own network: policies do not reach them, the host firewall does. @default false (Kubernetes) */
  hostNetwork: z.boolean().default(false),
  /** Where its pods run. @default all nodes */
  nodes: nodeSelector().default('all'),
  /** Architectures that its image is built for. @default that of every node it may run on (Wayleave) */
  arch: z.array(z.enum(ARCHES)).min(1).optional(),
  /** User its process runs as; a user other than 0 cannot bind low ports unaided. */
  runAsUser: z.int().min(0).optional(),
  /** Host names that the ingress sends to it. */
  hosts: z.array(appHost).default([]),
  /** Which ingress serves its hosts. @default the cluster's only one */
  ingress: reference('ingress').optional(),
  /** A LoadBalancer Service of its own. */
  loadBalancer: z
    .strictObject({
      /** Pinned addresses. @default any of the pool */
      addresses: pinnedAddresses().optional(),
      pool: reference('pool').optional(),
      /** @default Cluster (Kubernetes) */
      externalTrafficPolicy: z.enum(['Cluster', 'Local']).default('Cluster'),
      /** Who may call it. @default anywhere (Wayleave) */
      allowFrom: z.array(source()).prefault(['anywhere']),
    })
    .optional(),
  /** Who may call its host-network ports from outside the cluster. */
  allowFrom: z.array(source()).default([]),
  needs: z.array(need).default([]),
  /** Address its Service was seen with. Kubernetes assigns it at run time: documented, never relied on. */
  observedClusterIp: address().optional(),
  /** What it is, in a few words, for the document. */
  purpose: z.string().optional(),
  /** Facts of it worth knowing, for the document: what it stores, how it resolves names. @default none */
  notes: notes(),
});

export type App = z.output<typeof app>;

/** A party outside the cluster: by name, by addresses, or both. */
export const outside = z
  .strictObject({
    names: z.array(hostPattern()).default([]),
    addresses: addressSet().optional(),
    purpose: z.string().optional(),
    /** Facts of it worth knowing, for the document: where it is, how far away. @default none */
    notes: notes(),
  })
  .refine((party) => party.names.length > 0 || party.addresses !== undefined, 'must have names or addresses');

/** Public names and who answers for them. */
export const dns = z.strictObject({
  zones: named(
    hostName(),
    z.strictObject({
      /** @default cloudflare (Wayleave) */
      provider: z.enum(['cloudflare', 'none']).default('cloudflare'),
      /** Whether records are served through the provider's proxy. @default false (Cloudflare's API) */
      proxied: z.boolean().default(false),
      /** How the proxy reaches the origin, by Cloudflare's names. @default strict (Wayleave) */
      originTls: z.enum(['flexible', 'full', 'strict']).default('strict'),
    }),
  ).default({}),
  /**
   * The resolvers that the nodes ask, and CoreDNS by way of them: addresses of theirs in `/etc/resolv.conf`, also of a
   * router or a node. Policies let CoreDNS ask these and nobody else. @default unknown: anyone beyond the cluster (Wayleave)
   */
  upstreams: z
    .array(
      address().refine(
        (own) => !['loopback', 'link-local'].includes(classify(own)),
        'must be an address that leads beyond the node: a stub on loopback, such as that of systemd-resolved, asks others, and CoreDNS asks those',
      ),
    )
    .default([]),
  /** Records that do not follow from an app's hosts. */
  records: z
    .array(
      z.strictObject({
        name: hostPattern(),
        type: z.enum(['A', 'AAAA', 'CNAME']),
        value: z.string().min(1),
        proxied: z.boolean().default(false),
        purpose: z.string().optional(),
      }),
    )
    .default([]),
});
