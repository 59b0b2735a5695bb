import type { Plan } from '../../plan/plan';
import { sortedEntries } from '../../text/compare';
import { list } from '../../text/list';
import { bullets, code, fenced, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { facts, sentence } from './words';

/** The spec's apps as they look from the network, and the parties outside that they call. */
export function apps(plan: Plan): Chapter {
  return { title: 'Apps and parties outside', blocks: [...inside(plan), ...outside(plan)] };
}

function inside(plan: Plan): string[] {
  const all = sortedEntries(plan.spec.apps);
  if (all.length === 0) return [];
  const rows = all.map(([name, { namespace, ports, purpose }]) => [
    code(name),
    code(namespace),
    labels(plan, `${namespace}/${name}`),
    sortedEntries(ports)
      .map(([, port]) => code(`${port.container}/${port.protocol}`))
      .join(', ') || '–',
    sentence(text(purpose ?? '')),
  ]);
  return [
    table(['App', 'Namespace', 'Labels of its pods', 'Binds', 'What it is'], rows),
    `Their pods are not written here: only namespaces, Services and Ingresses are. Whoever deploys an app gives its pods the labels above, by which its Service${plan.provided.some(({ name }) => name === 'policy-engine') ? ' and network policies find' : ' finds'} them (${code('apps.*.selector')} in the spec names others).`,
    ...selectors(plan),
    ...known(all),
  ];
}

function labels({ workloads }: Plan, name: string): string {
  return sortedEntries(workloads.get(name)?.labels ?? {})
    .map(([key, value]) => code(`${key}=${value}`))
    .join(', ');
}

/** A Service that is there already may select by labels of its own. */
function selectors(plan: Plan): string[] {
  const named = sortedEntries(plan.spec.apps).find(([, { ports }]) => Object.keys(ports).length > 0);
  if (named === undefined) return [];
  const [name, { namespace }] = named;
  const selector = sortedEntries(plan.workloads.get(`${namespace}/${name}`)?.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return [
    heading(3, 'Before Services that exist are applied again'),
    'Server-side apply merges the keys of a selector: a live Service that selects by other labels then asks for both, and may find no pod. So look first whether selector, labels and endpoints agree:',
    fenced('sh', [
      `kubectl get svc -n ${namespace} ${name} -o jsonpath='{.spec.selector}'`,
      `kubectl get pods -n ${namespace} -l ${selector} -o wide`,
      `kubectl get endpointslices -n ${namespace} -l kubernetes.io/service-name=${name}`,
    ]),
  ];
}

function known(all: readonly (readonly [string, Plan['spec']['apps'][string]])[]): string[] {
  const told = all.filter(([, { notes }]) => notes.length > 0);
  if (told.length === 0) return [];
  return [
    heading(3, 'Known of the apps'),
    bullets(told.flatMap(([name, { notes }]) => notes.map((one) => `${code(name)}: ${text(one)}`))),
  ];
}

function outside({ spec, flows }: Plan): string[] {
  const rows = sortedEntries(spec.outside).map(([name, party]) => {
    const callers = flows.filter(({ to }) => (to.kind === 'name' || to.kind === 'range') && to.name === name);
    const who = callers.flatMap(({ from }) => (from.kind === 'workload' ? [code(from.workload)] : []));
    return [
      code(name),
      [...party.names, ...(party.addresses === undefined ? [] : [String(party.addresses)])].map(code).join(', '),
      sentence(text(party.purpose ?? '')),
      list([...new Set(who)]) || '–',
    ];
  });
  if (rows.length === 0) return [];
  const told = sortedEntries(spec.outside).flatMap(([name, { notes }]) =>
    notes.map((one) => `${code(name)}: ${text(one)}`),
  );
  return [
    heading(3, 'Parties outside'),
    table(['Party', 'Names and addresses', 'What it is', 'Called by'], rows),
    ...(told.length > 0 ? [bullets(told)] : []),
  ];
}

/** What the spec tells of the whole, and nothing is derived from. */
export function besides({ spec }: Plan): Chapter {
  return { title: 'Known besides', blocks: facts(spec.notes) };
}
