import { z } from 'zod';
import {
  absolutePath,
  hostPattern,
  label,
  labels,
  named,
  nodeSelector,
  pinnedAddresses,
  port,
  portName,
  portRange,
  reason,
  reference,
  secretKey,
  source,
  transport,
} from '../../spec/fields';

const gatewayPort = z
  .strictObject({
    /** What the process binds: one port, or as many as the Service has. @default the Service's (Kubernetes) */
    container: portRange().optional(),
    /** What clients of the address dial: a port, or a range of them as `8000-8999`. */
    service: portRange(),
    /** What it speaks. @default tcp (Kubernetes) */
    protocol: transport(),
    /** Whether it ends TLS on it. @default false (Wayleave) */
    tls: z.boolean().default(false),
    /** What else protects it on the wire, such as `SSH`. @default TLS where it ends that, else nothing does (Wayleave) */
    encryptedBy: z.string().optional(),
    /** What it is for, in a few words, for the document. @default none */
    purpose: reason().optional(),
  })
  .refine(({ container, service }) => [undefined, 1, service.count].includes(container?.count), {
    path: ['container'],
    message: 'must be one port, or as many as the Service has',
  });

/** A route beside those of the apps that name it. */
const route = z.strictObject({
  /** Host name that requests ask for; its first label may be a wildcard. */
  host: hostPattern(),
  /** What its requests' path is, or begins with. @default / */
  path: z.string().startsWith('/', 'must start with a slash').default('/'),
  /** `Exact`: this path alone; `Prefix`: what lies below it too. @default Prefix (Wayleave) */
  pathType: z.enum(['Prefix', 'Exact']).default('Prefix'),
  /** The app it leads to. */
  app: reference('app'),
  /** Which of the app's ports. @default its only one */
  port: z.string().optional(),
});

/** Pods that the gateway finds by itself, beside the apps to which its routes lead. */
const forward = z.strictObject({
  /** Which of the gateway's ports. */
  port: z.string(),
  /** Where those pods are. */
  namespace: label(),
  /** Labels of those pods. @default every pod of the namespace */
  selector: labels().default({}),
  /** What those pods bind. */
  to: portRange(),
  /** Why, in a sentence; it stands beside every rule that lets it through. */
  reason: reason(),
});

/** What the gateway calls for itself: its database, what tells it of events. */
const need = z.strictObject({
  /** The app that is called. */
  app: reference('app'),
  /** Which of the app's ports. @default all it has */
  port: z.string().optional(),
  /** Why, in a sentence; it stands beside every rule that lets it through. */
  reason: reason(),
});

/** An HTTP port for probes. */
const health = z.strictObject({
  /** Where its pods listen for probes. */
  port: port(),
  /** What says that it need not be restarted. @default /healthz (Wayleave) */
  livePath: z.string().startsWith('/', 'must start with a slash').default('/healthz'),
  /** What says that it may be called. @default /readyz (Wayleave) */
  readyPath: z.string().startsWith('/', 'must start with a slash').default('/readyz'),
});

const variable = () =>
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable: letters, digits and _, no digit first');

/** Somebody's own gateway behind a LoadBalancer Service. Its routes are the hosts of the apps that name it. */
export const gatewayOptions = z.strictObject({
  kind: z.literal('gateway'),
  /** Name by which apps refer to it. @default gateway */
  name: label().default('gateway'),
  /** Where its objects and pods are. */
  namespace: label(),
  /** Its image, with the registry and a tag or a digest. */
  image: z.string().min(1),
  /** How many pods it has, spread over its nodes. @default 1 (Wayleave) */
  replicas: z.int().min(1).default(1),
  /** Labels of its pods. @default app.kubernetes.io/name: its name */
  selector: labels().optional(),
  /** Nodes it runs on; with `Local`, those of them that announce its address. @default all (Wayleave) */
  nodes: nodeSelector().default('all'),
  /** What it listens on, by name. */
  ports: named(portName(), gatewayPort),
  /** Pinned addresses. @default any of the pool */
  addresses: pinnedAddresses().optional(),
  /** The pool that its address comes from. @default the only one */
  pool: reference('pool').optional(),
  /** `Local` keeps the client's address, and answers only where a pod runs. @default Cluster (Kubernetes) */
  externalTrafficPolicy: z.enum(['Cluster', 'Local']).default('Cluster'),
  /** Who may reach it. @default anywhere (Wayleave) */
  allowFrom: z.array(source()).prefault(['anywhere']),
  /** Routes beside the hosts of the apps that name it. @default none */
  routes: z.array(route).default([]),
  /** Where it finds its routes, a YAML file of a ConfigMap. @default /etc/gateway/routes.yaml (Wayleave) */
  routesFile: absolutePath().default('/etc/gateway/routes.yaml'),
  /** Certificate it serves, of its own namespace. @default none */
  certificate: reference('certificate').optional(),
  /** Folder in which it finds the certificate as `tls.crt` and `tls.key`. @default /etc/gateway/tls (Wayleave) */
  certificateFolder: absolutePath().default('/etc/gateway/tls'),
  /** Pods to which it leads connections by itself. @default none */
  forwards: z.array(forward).default([]),
  /** Apps that it calls for itself. @default none */
  needs: z.array(need).default([]),
  /** Namespaces whose pods and Services it may watch at the Kubernetes API. @default none: it has no right there at all */
  watches: z.array(label()).default([]),
  /** Where it answers probes. @default its first TCP port, by connecting to it */
  health: health.optional(),
  /** Arguments of its process. @default none */
  args: z.array(z.string()).default([]),
  /** Variables of its process. @default none */
  environment: named(variable(), z.string()).default({}),
  /** Variables whose values stand in Secrets of its namespace. @default none */
  secretEnvironment: named(variable(), secretKey()).default({}),
  /** User the process runs as; not root. @default 65532 (Wayleave) */
  runAsUser: z.int().min(1).default(65532),
});

export type GatewayOptions = z.output<typeof gatewayOptions>;
