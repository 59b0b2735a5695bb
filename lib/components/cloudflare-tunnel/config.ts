import type { CloudflareTunnel } from '../../plan/tunnel';
import type { Cluster } from '../../spec/cluster';
import { yaml } from '../../text/yaml';
import { CREDENTIALS_FOLDER, CREDENTIALS_KEY } from './place';
import { rulesOf } from './rules';

/** cloudflared's configuration. Source: Cloudflare docs, tunnel configuration file and run parameters. */
export function configOf(tunnel: CloudflareTunnel, spec: Cluster): string {
  return yaml({
    tunnel: tunnel.tunnelId.toLowerCase(),
    'credentials-file': `${CREDENTIALS_FOLDER}/${CREDENTIALS_KEY}`,
    ...(tunnel.protocol === 'auto' ? {} : { protocol: tunnel.protocol }),
    // On every address of the pod: the kubelet's probe comes from outside it.
    metrics: `:${tunnel.metricsPort}`,
    // The image is pinned, and its file system is not to be written.
    'no-autoupdate': true,
    ingress: rulesOf(tunnel, spec),
  });
}
