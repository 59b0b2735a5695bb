import type { HelmValues } from '../../plan/helm-release';
import type { MetallbOptions } from './options';

/** Ports of chart 0.16.1, `prometheus` and `speaker`. */
export const METRICS_PORT = 9120;
export const FRR_METRICS_PORT = 9121;
export const PROBE_PORT = 17472;
const MEMBERLIST_PORT = 7946;

/** The values of chart 0.16.1 that Wayleave sets. */
export function metallbValues({ mode }: MetallbOptions): HelmValues {
  return {
    // The chart brings a DaemonSet of FRR's by default, in layer 2 as well, where nobody speaks to it.
    frrk8s: { enabled: false },
    prometheus: { metricsPort: METRICS_PORT },
    speaker: {
      // BFD and IPv6 sessions need FRR; here it runs beside the speaker.
      frr: { enabled: mode === 'bgp', ...(mode === 'bgp' ? { metricsPort: FRR_METRICS_PORT } : {}) },
      // Nodes that are labelled so stay out, as the spec's labels say.
      ignoreExcludeLB: false,
      memberlist: { enabled: true, mlBindPort: MEMBERLIST_PORT },
    },
  };
}
