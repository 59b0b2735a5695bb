import { z } from 'zod';
import {
  addressSet,
  label,
  labels,
  named,
  nodeSelector,
  port,
  portRange,
  reason,
  reference,
  source,
  transport,
} from '../../spec/fields';

const gatewayPort = z.strictObject({
  /** What the process binds: a port, or as many as the Service has. @default the Service's */
  container: portRange().optional(),
  /** What clients of the address dial. */
  service: portRange(),
  protocol: transport(),
  tls: z.boolean().default(false),
});

/** Pods that the gateway finds by itself, beside the apps whose hosts it serves. */
const forward = z.strictObject({
  /** Which of the gateway's ports. */
  port: z.string(),
  namespace: label(),
  selector: labels().default({}),
  /** What those pods bind. */
  to: portRange(),
  reason: reason(),
});

/** Somebody's own gateway behind a LoadBalancer Service. Its routes are the hosts of the apps that name it. */
export const gatewayOptions = z.strictObject({
  kind: z.literal('gateway'),
  /** Name by which apps refer to it. @default gateway */
  name: label().default('gateway'),
  namespace: label(),
  image: z.string().min(1),
  /** @default 1 (Wayleave) */
  replicas: z.int().min(1).default(1),
  /** Labels of its pods. @default app.kubernetes.io/name: its name */
  selector: labels().optional(),
  /** Nodes it runs on; with `Local`, those that announce its address. @default all (Wayleave) */
  nodes: nodeSelector().default('all'),
  ports: named(label(), gatewayPort),
  /** Pinned addresses. @default any of the pool */
  addresses: addressSet().optional(),
  pool: reference('pool').optional(),
  /** @default Cluster (Kubernetes) */
  externalTrafficPolicy: z.enum(['Cluster', 'Local']).default('Cluster'),
  /** Who may reach it. @default anywhere (Wayleave) */
  allowFrom: z.array(source()).prefault(['anywhere']),
  /** Certificate whose Secret it serves. */
  certificate: reference('certificate').optional(),
  forwards: z.array(forward).default([]),
  /** Port on which it answers probes. */
  healthPort: port().optional(),
});

export type GatewayOptions = z.output<typeof gatewayOptions>;
