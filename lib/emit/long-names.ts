import { componentSources } from '../plan/component-source';
import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import { isMapping, member, valueAt } from '../spec/walk';
import { printObject, type Rendered } from './object';

/** Longest DNS label, which names of these kinds and values of labels must be. Source: RFC 1035, 2.3.4; Kubernetes docs, object names. */
const LABEL = 63;
/** Longest name of every other kind. Source: Kubernetes docs, object names. */
const SUBDOMAIN = 253;
/** Longest name of a container's port. Source: RFC 6335, 5.1. */
const PORT = 15;

const LABEL_KINDS: ReadonlySet<string> = new Set(['CronJob', 'Job', 'Namespace', 'Service', 'StatefulSet']);

interface Long {
  readonly what: string;
  readonly text: string;
  readonly most: number;
}

/** Names that an API server refuses for their length; most are put together from two that are well. */
export function longNames(objects: readonly Rendered[], plan: Plan): Finding[] {
  return objects.flatMap((object) =>
    namesOf(object)
      .filter(({ text, most }) => text.length > most)
      .map(
        ({ what, text, most }): Finding => ({
          code: 'NAME_TOO_LONG',
          severity: 'error',
          at: componentSources(plan, [object.component]),
          message: `${what} of ${printObject(object)} has ${text.length} characters (${text}), and Kubernetes takes ${most} (${object.component})`,
          fix: `a name that is ${text.length - most} shorter`,
        }),
      ),
  );
}

function namesOf({ kind, name, json }: Rendered): Long[] {
  const named = valueAt(json, ['metadata', 'labels']);
  const labels = Object.entries(isMapping(named) ? named : {}).flatMap(([key, text]) =>
    typeof text === 'string' ? [{ what: `the value of label ${key}`, text, most: LABEL }] : [],
  );
  const containers = list(valueAt(json, ['spec', 'template', 'spec', 'containers']));
  return [
    { what: 'the name', text: name, most: LABEL_KINDS.has(kind) ? LABEL : SUBDOMAIN },
    ...labels,
    ...(kind === 'Service' ? ports(valueAt(json, ['spec', 'ports']), 'a port', LABEL) : []),
    ...containers.flatMap((one) => ports(member(one, 'ports'), "a container's port", PORT)),
  ];
}

function ports(value: unknown, what: string, most: number): Long[] {
  return list(value).flatMap((port) => {
    const name = member(port, 'name');
    return typeof name === 'string' ? [{ what: `the name of ${what}`, text: name, most }] : [];
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
