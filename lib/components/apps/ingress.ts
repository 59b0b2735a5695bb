import { servedBy } from '../../plan/app-hosts';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';
import { EASYHAPROXY_CLASS } from '../easyhaproxy/options';
import { INGRESS_CLASS } from '../traefik/options';

/** Classes of Ingress objects, by the kind of ingress that reads them. */
const CLASSES: Readonly<Record<string, string>> = { easyhaproxy: EASYHAPROXY_CLASS, traefik: INGRESS_CLASS };

/** An ingress that reads Ingress objects. */
export interface Reader {
  readonly name: string;
  readonly kind: string;
  readonly className: string;
}

/** The ingress that reads Ingress objects and serves the app's hosts; undefined where it has none. */
export function readerOf(spec: Cluster, app: App): Reader | undefined {
  for (const { kind, name } of spec.ingress) {
    const className = CLASSES[kind];
    if (className !== undefined && servedBy(app, name)) return { name, kind, className };
  }
  return undefined;
}
