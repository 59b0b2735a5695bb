import { ownName } from '../../plan/namespaced';
import type { Plan } from '../../plan/plan';
import { APPS, type Workload } from '../../plan/workload';
import type { Finding } from '../../spec/finding';
import { sortedEntries } from '../../text/compare';
import { groupedBy } from '../../text/group';
import { fails } from '../found';

type Labels = Workload['labels'];

/**
 * An app and other pods of its namespace of which the selector of one finds the pods of the other: the Service of the first
 * leads to pods of the second too, and these are under the policies of both.
 */
export function selectorOverlap(plan: Plan): Finding[] {
  const all = [...plan.workloads.values()];
  const bearers = groupedBy(
    all.flatMap((one) => keysOf(one).map((key) => ({ key, one }))),
    ({ key }) => key,
  );
  return all.flatMap((one) => {
    // Whoever bears all of its labels bears the last: to compare all with all would take long in a large namespace.
    const found = bearers.get(keysOf(one).at(-1) ?? '') ?? [];
    return found.flatMap(({ one: other }) => (other !== one && finds(one, other) ? overlap(one, other) : []));
  });
}

/** What is said of a selector that finds the pods of another. What is the same from both sides is said once. */
function overlap(one: Workload, other: Workload): Finding[] {
  // Components are told apart by those who write them.
  if (!isApp(one)) return isApp(other) ? [foundByComponent(one, other)] : [];
  if (!finds(other, one)) return [oneWay(one, other)];
  return isApp(other) && one.name < other.name ? [bothWays(one, other)] : [];
}

const isApp = ({ owner }: Workload) => owner === APPS;

/** Its namespace, and each of its labels there. */
function keysOf({ namespace, labels }: Workload): string[] {
  return [namespace, ...sortedEntries(labels).map(([key, value]) => `${namespace} ${key}=${value}`)];
}

function finds(one: Workload, other: Workload): boolean {
  return Object.entries(one.labels).every(([key, value]) => other.labels[key] === value);
}

function oneWay(app: Workload, other: Workload): Finding {
  return fails('SELECTOR_OVERLAP', {
    at: [placeOf(app), placeOf(other)],
    message: `the selector of ${app.name} (${printed(app.labels)}) finds the pods of ${other.name} (${printed(other.labels)}) too: its Service leads to them, and its policies open them`,
    fix: `a label that ${other.name} does not have, in the selector and on the pods of ${app.name}: ${ownLabels(app)}`,
  });
}

function foundByComponent(component: Workload, app: Workload): Finding {
  return fails('SELECTOR_OVERLAP', {
    at: [placeOf(app), placeOf(component)],
    message: `the selector of ${component.name} (${printed(component.labels)}) finds the pods of ${app.name} (${printed(app.labels)}) too: its Services and its policies take them for its own`,
    fix: `labels of its own for ${app.name}, in the selector and on the pods, without ${printed(component.labels)}`,
  });
}

function bothWays(app: Workload, other: Workload): Finding {
  return fails('SELECTOR_OVERLAP', {
    at: [placeOf(app), placeOf(other)],
    message: `the selectors of ${app.name} and ${other.name} are one (${printed(app.labels)}), and each finds the pods of the other: the Service of either leads to both, and the policies of either open both`,
    fix: `a label of its own for each, in the selector and on the pods: ${ownLabels(app)} for ${app.name}, ${ownLabels(other)} for ${other.name}`,
  });
}

const placeOf = (one: Workload) => (isApp(one) ? [...one.source, 'selector'] : one.source);

function printed(labels: Labels): string {
  const all = sortedEntries(labels).map(([key, value]) => `${key}=${value}`);
  return all.length === 0 ? 'every pod of the namespace' : all.join(', ');
}

/** Source of both keys: Kubernetes docs, recommended labels. */
const [NAME, COMPONENT] = ['app.kubernetes.io/name', 'app.kubernetes.io/component'];

/** Its labels with one that no other pods of its namespace have: apps have names of their own. */
function ownLabels({ name, labels }: Workload): string {
  const more = labels[NAME] === undefined ? NAME : COMPONENT;
  return `{ ${sortedEntries({ ...labels, [more]: ownName(name) })
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`;
}
