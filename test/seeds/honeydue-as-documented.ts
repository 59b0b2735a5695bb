import honeydue from '../../clusters/honeydue';
import type { ClusterSpec } from '../../lib/spec/cluster';

const { proxy: _proxy, ...k3s } = honeydue.k3s ?? { nodeNetwork: 'hetzner' };
const { accept: _accept, gitops: _gitops, tests: _tests, ...rest } = honeydue;

/**
 * honeydue as its text has it: no flag for kube-proxy, in the belief that K3s starts it in IPVS mode; ports 80 and 443
 * open to anyone, at an origin that Cloudflare calls in clear; manifests applied by hand.
 */
export default {
  ...rest,
  k3s,
  ingress: [{ kind: 'traefik', mode: 'host-network', allowFrom: ['anywhere'] }],
} satisfies ClusterSpec;
