import { ownName } from '../../plan/namespaced';
import type { Plan } from '../../plan/plan';
import { APPS, type Workload } from '../../plan/workload';
import type { Finding } from '../../spec/finding';
import { sortedEntries } from '../../text/compare';
import { groupedBy } from '../../text/group';
import { fails } from '../found';

type Labels = Workload['labels'];

/**
 * Two apps of one namespace of which the selector of one finds the pods of the other: the Service of the first leads to
 * pods of the second too, and these are under the policies of both.
 */
export function selectorOverlap(plan: Plan): Finding[] {
  const apps = [...plan.workloads.values()].filter(({ owner }) => owner === APPS);
  const bearers = groupedBy(
    apps.flatMap((app) => keysOf(app).map((key) => ({ key, app }))),
    ({ key }) => key,
  );
  return apps.flatMap((app) => {
    // Whoever bears all of its labels bears the last: to compare all with all would take long in a large namespace.
    const found = bearers.get(keysOf(app).at(-1) ?? '') ?? [];
    return found.flatMap(({ app: other }): Finding[] => {
      if (other === app || !finds(app, other)) return [];
      if (!finds(other, app)) return [oneWay(app, other)];
      return app.name < other.name ? [bothWays(app, other)] : [];
    });
  });
}

/** Its namespace, and each of its labels there. */
function keysOf({ namespace, labels }: Workload): string[] {
  return [namespace, ...sortedEntries(labels).map(([key, value]) => `${namespace} ${key}=${value}`)];
}

function finds(app: Workload, other: Workload): boolean {
  return Object.entries(app.labels).every(([key, value]) => other.labels[key] === value);
}

function oneWay(app: Workload, other: Workload): Finding {
  return fails('SELECTOR_OVERLAP', {
    at: [placeOf(app), placeOf(other)],
    message: `the selector of ${app.name} (${printed(app.labels)}) finds the pods of ${other.name} (${printed(other.labels)}) too: its Service leads to them, and its policies open them`,
    fix: `a label that ${other.name} does not have, in the selector and on the pods of ${app.name}: ${ownLabels(app)}`,
  });
}

function bothWays(app: Workload, other: Workload): Finding {
  return fails('SELECTOR_OVERLAP', {
    at: [placeOf(app), placeOf(other)],
    message: `the selectors of ${app.name} and ${other.name} are one (${printed(app.labels)}), and each finds the pods of the other: the Service of either leads to both, and the policies of either open both`,
    fix: `a label of its own for each, in the selector and on the pods: ${ownLabels(app)} for ${app.name}, ${ownLabels(other)} for ${other.name}`,
  });
}

const placeOf = ({ source }: Workload) => [...source, 'selector'];

function printed(labels: Labels): string {
  const all = sortedEntries(labels).map(([key, value]) => `${key}=${value}`);
  return all.length === 0 ? 'every pod of the namespace' : all.join(', ');
}

/** Source of both keys: Kubernetes docs, recommended labels. */
const [NAME, COMPONENT] = ['app.kubernetes.io/name', 'app.kubernetes.io/component'];

/** Its labels with one that no other app of its namespace can have: apps have names of their own. */
function ownLabels({ name, labels }: Workload): string {
  const more = labels[NAME] === undefined ? NAME : COMPONENT;
  return `{ ${sortedEntries({ ...labels, [more]: ownName(name) })
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`;
}
