import eddisonso from '../../clusters/eddisonso';
import homelab from '../../clusters/homelab';
import honeydue from '../../clusters/honeydue';
import jigga from '../../clusters/jigga';
import nimbus from '../../clusters/nimbus';
import { renderObjects } from '../../lib/emit/render';
import type { PlacedObject } from '../../lib/proof/proof-world';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { printPath } from '../../lib/spec/finding';
import { walkTo } from '../support/plan';

/** The five networks that pods run in. */
export const NETWORKS: readonly (readonly [string, ClusterSpec])[] = [
  ['eddisonso', eddisonso],
  ['homelab', homelab],
  ['honeydue', honeydue],
  ['jigga', jigga],
  ['nimbus', nimbus],
];

/** The plan of a spec and all that is rendered of it; each object says by its name where it stands. */
export function treeOf(spec: ClusterSpec) {
  const { plan, parts } = walkTo(spec);
  return { plan, parts, objects: renderObjects(plan, parts).map(({ json }) => placed(json)) };
}

export function placed(json: PlacedObject['json']): PlacedObject {
  const { namespace, name } = json.metadata as { readonly namespace?: string; readonly name: string };
  const title = `${String(json.kind)} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return { json, place: (path) => `${title}: ${printPath(path)}` };
}
