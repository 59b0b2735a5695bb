import { cloudflareTunnels, type CloudflareTunnel } from '../../plan/tunnel';
import type { Cluster } from '../../spec/cluster';
import type { SpecPath } from '../../spec/finding';

/** One tunnel of the spec, and where it stands there. */
export interface Placed {
  readonly tunnel: CloudflareTunnel;
  readonly source: SpecPath;
}

export function placed(spec: Cluster): Placed[] {
  return cloudflareTunnels(spec).map((tunnel) => ({ tunnel, source: ['tunnels', spec.tunnels.indexOf(tunnel)] }));
}

/** Name of each of its objects, which have a namespace of their own. */
export const NAME = 'cloudflared';

/** Labels of its pods. */
export function podLabels({ name }: CloudflareTunnel): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': NAME };
}

/** Where the pods find what is mounted. */
export const CONFIG_FOLDER = '/etc/cloudflared/config';
export const CREDENTIALS_FOLDER = '/etc/cloudflared/credentials';
/** The key that `cloudflared tunnel create` names its file after. */
export const CREDENTIALS_KEY = 'credentials.json';
