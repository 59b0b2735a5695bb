import { z } from 'zod';
import { hostName, label, reference } from '../../spec/fields';

const URL_OF_GIT = /^(https|ssh):\/\/\S+$/;
const SCP_OF_GIT = /^git@[^\s:/]+:\S+$/;

function isGitAddress(text: string): boolean {
  return SCP_OF_GIT.test(text) || (URL_OF_GIT.test(text) && URL.canParse(text));
}

/** Argo CD, which pulls what Wayleave writes. */
export const argocdOptions = z.strictObject({
  kind: z.literal('argocd'),
  /** Git repository that holds the output. */
  repository: z
    .string()
    .refine(isGitAddress, 'must be a git address: https://host/path, ssh://git@host/path or git@host:path'),
  /** Branch, tag or commit. @default main (Wayleave) */
  revision: z
    .string()
    .regex(/^[^\s-]\S*$/, 'must be a branch, tag or commit, without spaces')
    .default('main'),
  /** Folder of the output inside the repository. @default dist (Wayleave) */
  path: z
    .string()
    .regex(
      /^(?!(.*\/)?\.{1,2}(\/|$))[^/\n]+(\/[^/\n]+)*$/,
      'must be a relative path without a slash at either end, without . or .. between slashes',
    )
    .default('dist'),
  /** @default argocd (Argo CD) */
  namespace: label().default('argocd'),
  /** Host name of its web pages and API, served by Traefik. @default none: they are reached by port forwarding (Wayleave) */
  host: hostName().optional(),
  /** Which ingress serves that name, one of kind `traefik`. @default the cluster's Traefik (Wayleave) */
  ingress: reference('ingress').optional(),
  /** Whether Argo CD applies changes without a person. @default true (Wayleave) */
  automated: z.boolean().default(true),
});

export type ArgocdOptions = z.output<typeof argocdOptions>;
