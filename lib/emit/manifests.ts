import type { Bound } from '../components/component';
import { componentSources } from '../plan/component-source';
import type { Plan } from '../plan/plan';
import type { PlacedObject } from '../proof/proof-world';
import { readManifests } from '../reach/manifest-reader';
import type { Finding } from '../spec/finding';
import { compareText } from '../text/compare';
import { groupedBy } from '../text/group';
import { yamlDocuments } from '../text/yaml';
import { longNames } from './long-names';
import { misplaced } from './misplaced';
import { compareObjects, identityOf, printObject, type Rendered } from './object';
import { renderObjects } from './render';
import type { Tree } from './tree';

/** Adds every component's objects to the tree. They are returned with their places, and what is wrong with them. */
export function addManifests(
  tree: Tree,
  plan: Plan,
  parts: readonly Bound[],
): { placed: PlacedObject[]; findings: Finding[] } {
  const objects = renderObjects(plan, parts);
  const digits = Math.max(2, String(Math.max(0, ...plan.waves.values())).length);
  const files = groupedBy(objects, (object) => pathOf(object, plan, digits));
  for (const [path, inFile] of files) {
    inFile.sort(compareObjects);
    tree.add(path, yamlDocuments(inFile.map((object) => object.json)), inFile[0]?.component ?? '');
  }
  const placed = [...files].flatMap(([path, inFile]) => inFile.map((object, i) => placedObject(tree, path, i, object)));
  return { placed, findings: [...misplaced(objects, plan), ...collisions(objects, plan), ...longNames(objects, plan)] };
}

/** Lines are looked up in the file as it is written, and only where something is found. */
function placedObject(tree: Tree, path: string, index: number, { json }: Rendered): PlacedObject {
  const read = () => readManifests([{ path, text: tree.get(path) ?? '' }]).manifests[index];
  return { json, place: (at) => read()?.document.place(at) ?? path };
}

/** K3s applies its files in alphabetical order, so the wave stands first in the name. */
function pathOf({ component, applier, namespace }: Rendered, plan: Plan, digits: number): string {
  if (applier === 'argocd') return `${component}/${namespace ?? 'cluster'}.k8s.yaml`;
  const wave = plan.waves.get(component);
  if (wave === undefined) throw new Error(`component ${component} has no wave`);
  return `bootstrap/${String(wave).padStart(digits, '0')}-${component}.yaml`;
}

/**
 * Objects that an API server would take for one. The same object may be given to K3s and to Argo CD, which adopts it;
 * anything else overwrites somebody's.
 */
function collisions(objects: readonly Rendered[], plan: Plan): Finding[] {
  return [...groupedBy(objects, identityOf).values()].flatMap((same) =>
    same.length === 1 || isHandedOver(same) ? [] : [twice(same, plan)],
  );
}

function isHandedOver(same: readonly Rendered[]): boolean {
  const [a, b, ...more] = same;
  if (a === undefined || b === undefined || more.length > 0) return false;
  // cdk8s sorts keys, so equal objects have equal texts.
  return a.applier !== b.applier && JSON.stringify(a.json) === JSON.stringify(b.json);
}

function twice(same: readonly Rendered[], plan: Plan): Finding {
  const owners = same.map(({ component, applier }) =>
    applier === 'bootstrap' ? `${component} (bootstrap)` : component,
  );
  const [object] = same as [Rendered];
  const ofOne = same.every((other) => other.component === object.component);
  const differ = ofOne && new Set(same.map((other) => other.applier)).size > 1 ? ', and they differ' : '';
  return {
    code: 'OBJECT_TWICE',
    severity: 'error',
    at: componentSources(
      plan,
      same.map(({ component }) => component),
    ),
    message: `${owners.sort(compareText).join(' and ')} each render ${printObject(object)}${differ}`,
    fix:
      differ === '' ? 'give one of them another name, or leave it to one component' : 'render the same object for both',
  };
}
