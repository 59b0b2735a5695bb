import { servedBy } from '../../plan/app-hosts';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';

/** The ingress that reads Ingress objects and serves the app's hosts; undefined where it has none. */
export function ingressOf(spec: Cluster, app: App): string | undefined {
  return spec.ingress.find(({ kind, name }) => kind === 'traefik' && servedBy(app, name))?.name;
}
