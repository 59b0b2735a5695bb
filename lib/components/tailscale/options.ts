import { z } from 'zod';
import { label, labels, named, nodeSelector, prefix, reference } from '../../spec/fields';

/** A name that the operator takes for a device: a DNS label of at least two characters. */
function tailnetName() {
  return label().min(2, 'must have at least two characters');
}

/** An amount as Kubernetes writes it. */
const quantity = () =>
  z
    .string()
    .regex(
      /^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/,
      'must be a quantity such as 100m of a processor or 128Mi of memory',
    );

const amounts = z.strictObject({ cpu: quantity().optional(), memory: quantity().optional() });

const toleration = z
  .strictObject({
    /** Key of the taint. @default every key (Kubernetes) */
    key: z.string().optional(),
    /** @default Equal where there is a value, else Exists (Wayleave) */
    value: z.string().optional(),
    /** @default every effect (Kubernetes) */
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  })
  .refine(({ key, value }) => key !== undefined || value === undefined, 'must name the key whose value it tolerates');

/** How pods of connectors are to be. */
const proxyClass = z.strictObject({
  /** Labels of the pods beside the operator's own. @default none */
  labels: labels().default({}),
  /** Nodes on which they may run. @default all (Wayleave) */
  nodes: nodeSelector().default('all'),
  /** Taints of nodes that they put up with. @default none */
  tolerations: z.array(toleration).default([]),
  /** What they are given at least. @default nothing of their own */
  requests: amounts.default({}),
  /** What they are given at most. @default no limit */
  limits: amounts.default({}),
  /** Whether they serve metrics, on port 9002 of the pod. @default false (Tailscale) */
  metrics: z.boolean().default(false),
});

/** A pod that joins the tailnet and forwards to prefixes behind it. */
const connector = z
  .strictObject({
    /** Name on the tailnet. @default the connector's name (Wayleave; Tailscale appends -connector) */
    hostname: tailnetName().optional(),
    /** Prefixes it advertises; the tailnet's policy must approve them. */
    routes: z.array(prefix()).default([]),
    /** What the tailnet's policy knows it by. @default tag:k8s (Tailscale) */
    tags: z
      .array(z.string().regex(/^tag:[a-zA-Z][a-zA-Z0-9-]*$/, 'must be a tag such as tag:k8s'))
      .min(1)
      .default(['tag:k8s']),
    /** Whether devices may send all their traffic through it. @default false (Tailscale) */
    exitNode: z.boolean().default(false),
    /** Which of the proxy classes says how its pods are to be. @default none (Tailscale) */
    proxyClass: z.string().optional(),
  })
  .refine(({ routes, exitNode }) => routes.length > 0 || exitNode, 'must have routes, or be an exit node');

/** Tailscale's operator and its subnet routers. */
export const tailscaleOptions = z.strictObject({
  kind: z.literal('tailscale'),
  /** @default tailscale */
  name: label().default('tailscale'),
  /** @default tailscale (Tailscale) */
  namespace: label().default('tailscale'),
  /** The spec's network that stands for the tailnet. */
  network: reference('tailnet'),
  /** Secret with client_id and client_secret. @default operator-oauth (Tailscale) */
  oauthSecret: label().default('operator-oauth'),
  /** What pods of connectors may be like, by name. @default none */
  proxyClasses: named(label(), proxyClass).default({}),
  connectors: named(tailnetName(), connector).default({}),
});

export type TailscaleOptions = z.output<typeof tailscaleOptions>;
