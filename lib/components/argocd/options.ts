import { z } from 'zod';
import { hostName, label, reference } from '../../spec/fields';

/** Argo CD, which pulls what Wayleave writes. */
export const argocdOptions = z.strictObject({
  kind: z.literal('argocd'),
  /** Git repository that holds the output. */
  repository: z.string().regex(/^(https:\/\/|ssh:\/\/|git@)\S+$/, 'must be a git address: https://…, ssh://… or git@…'),
  /** Branch, tag or commit. @default main (Wayleave) */
  revision: z.string().min(1).default('main'),
  /** Folder of the output inside the repository. @default dist (Wayleave) */
  path: z
    .string()
    .regex(/^[^/].*[^/]$|^[^/]$/, 'must be a relative path without a slash at either end')
    .default('dist'),
  /** @default argocd (Argo CD) */
  namespace: label().default('argocd'),
  /** Host name of its web pages and API, served by an ingress. @default none: they are reached by port forwarding (Wayleave) */
  host: hostName().optional(),
  /** Which ingress serves that name. @default the first that reads Ingress objects (Wayleave) */
  ingress: reference('ingress').optional(),
  /** Whether Argo CD applies changes without a person. @default true (Wayleave) */
  automated: z.boolean().default(true),
});

export type ArgocdOptions = z.output<typeof argocdOptions>;
