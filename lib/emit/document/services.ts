import { oncePer } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import { APPS } from '../../plan/workload';
import { CLUSTER_DNS } from '../../plan/cluster-dns';
import { runsK3s } from '../../spec/orchestrator';
import { sortedBy } from '../../text/compare';
import { list } from '../../text/list';
import { code, heading, table } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { product } from './words';

export function services(plan: Plan): Chapter {
  if (!runsK3s(plan.spec)) return { title: 'Services', blocks: [] };
  return {
    title: 'Services',
    blocks: [...notesOf(plan, 'services'), ...asked(plan), heading(3, 'Which there are'), ...known(plan)],
  };
}

/** A mode other than K3s's own default is a choice, and a server that forgets it would differ from the others. */
function asked({ provided, spec }: Plan): string[] {
  const { mode } = spec.k3s.proxy;
  if (mode === 'iptables' || !provided.some(({ owner }) => owner === 'kube-proxy')) return [];
  return [`The spec asks for ${product(mode)}: K3s’s own default is iptables.`];
}

/** Services of the plan, and the two whose addresses are fixed. */
function known(plan: Plan): string[] {
  const { clusterDns, serviceCidrs, clusterDomain } = plan.spec.k3s;
  const first = serviceCidrs[0];
  const fixed = [
    // The API server takes the first address of the range for itself (Kubernetes, kube-apiserver --service-cluster-ip-range).
    ...(first === undefined ? [] : [[code('default/kubernetes'), code(`${first.address.plus(1)}`), code('443')]]),
    ...(plan.provided.some(({ name }) => name === 'cluster-dns')
      ? [[code('kube-system/kube-dns'), code(String(clusterDns)), code('53')]]
      : []),
  ];
  const others = sortedBy(servicesOf(plan), ({ name }) => name);
  return [
    table(
      ['Service', 'Address', 'Port'],
      [...fixed, ...others.map(({ name, address, ports }) => [code(name), address, ports.map(code).join(', ') || '–'])],
    ),
    'An address that is assigned at run time stays for the life of its Service; nothing here relies on its value. `kubectl get svc -A` shows it.',
    ...names(
      exampleOf(
        plan,
        others.map(({ name }) => name),
      ),
      clusterDomain,
    ),
  ];
}

/** Services that the plan knows: each with an address of its own, those that charts make, and one before other pods. */
function servicesOf(plan: Plan): { name: string; address: string; ports: readonly string[] }[] {
  const balanced = plan.loadBalancers.map(({ name, addresses, ports }) => ({
    name,
    address: `${AT_RUN_TIME}; and ${addresses === undefined ? 'one of its pool' : code(String(addresses))}`,
    ports: ports.map(({ service, container }) => pair(service, container)),
  }));
  const inFront = new Set(plan.loadBalancers.map(({ workload }) => workload));
  const taken = new Set(balanced.map(({ name }) => name));
  const made = plan.reservedServices.flatMap(({ name, workload = name, ports, isHeadless }) => {
    if (taken.has(name) || inFront.has(workload)) return [];
    const all = ports?.map(({ service, container }) => pair(service, container)) ?? listened(plan).get(workload) ?? [];
    if (all.length === 0) return [];
    inFront.add(workload);
    return [{ name, address: isHeadless === true ? 'none: its pods’ own' : AT_RUN_TIME, ports: all }];
  });
  const others = [...listened(plan)].flatMap(([name, ports]) =>
    inFront.has(name) ? [] : [{ name, address: seen(plan, name), ports }],
  );
  return [...balanced, ...made, ...others];
}

const AT_RUN_TIME = 'assigned at run time';

function pair(service: { toString(): string }, container: { toString(): string }): string {
  return String(service) === String(container) ? String(service) : `${String(service)} → ${String(container)}`;
}

/** Ports that pods are reached at by a Service, by workload. */
const listened = oncePer(({ listeners }: Plan): ReadonlyMap<string, readonly string[]> => {
  const byWorkload = new Map<string, string[]>();
  for (const { on, ports } of listeners) {
    if (!('workload' in on) || ports.service === undefined || on.workload === CLUSTER_DNS) continue;
    const port = pair(ports.service, ports.container);
    const known = byWorkload.get(on.workload) ?? [];
    if (!known.includes(port)) byWorkload.set(on.workload, [...known, port]);
  }
  return byWorkload;
});

function seen({ spec }: Plan, name: string): string {
  const [namespace, app = ''] = name.split('/');
  const found = spec.apps[app];
  const address = found?.namespace === namespace ? found?.observedClusterIp : undefined;
  return address === undefined ? AT_RUN_TIME : `${AT_RUN_TIME}; seen as ${code(String(address))}`;
}

function names(example: string | undefined, domain: string): string[] {
  const [namespace, name] = example?.split('/') ?? [];
  if (namespace === undefined || name === undefined) return [];
  const all = [name, `${name}.${namespace}`, `${name}.${namespace}.svc.${domain}`].map(code);
  return [
    `Pods go by names: ${list(all, 'or')} all mean the same Service, the first only inside namespace ${code(namespace)}.`,
  ];
}

/** A Service that one of the spec's apps calls, else one of an app's, else any. */
function exampleOf(plan: Plan, names: readonly string[]): string | undefined {
  const called = plan.flows.find(
    ({ declaredBy, to, sameNode }) =>
      declaredBy === APPS && sameNode !== true && to.kind === 'workload' && names.includes(to.workload),
  )?.to;
  if (called?.kind === 'workload') return called.workload;
  return names.find((name) => plan.workloads.get(name)?.owner === APPS) ?? names[0];
}
