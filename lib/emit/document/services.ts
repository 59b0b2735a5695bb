import type { Plan } from '../../plan/plan';
import { sortedBy } from '../../text/compare';
import { code, heading, table } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { list, product } from './words';

export function services(plan: Plan): Chapter {
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
  const byWorkload = new Map<string, Set<string>>();
  for (const { on, ports, owner } of plan.listeners) {
    if (!('workload' in on) || ports.service === undefined || owner === 'coredns') continue;
    const port = ports.service.equals(ports.container) ? `${ports.service}` : `${ports.service} → ${ports.container}`;
    byWorkload.set(on.workload, (byWorkload.get(on.workload) ?? new Set()).add(code(port)));
  }
  const others = sortedBy(byWorkload, ([name]) => name).map(([name, all]) => [
    code(name),
    seen(plan, name),
    [...all].join(', '),
  ]);
  return [
    table(['Service', 'Address', 'Port'], [...fixed, ...others]),
    'An address that is assigned at run time stays for the life of its Service; nothing here relies on its value. `kubectl get svc -A` shows it.',
    ...names(exampleOf(plan, [...byWorkload.keys()].sort()), clusterDomain),
  ];
}

function seen({ spec }: Plan, name: string): string {
  const [namespace, app = ''] = name.split('/');
  const found = spec.apps[app];
  const address = found?.namespace === namespace ? found?.observedClusterIp : undefined;
  return address === undefined ? 'assigned at run time' : `assigned at run time; seen as ${code(String(address))}`;
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
    ({ declaredBy, to }) => declaredBy === 'apps' && to.kind === 'workload' && names.includes(to.workload),
  )?.to;
  if (called?.kind === 'workload') return called.workload;
  return names.find((name) => plan.workloads.get(name)?.owner === 'apps') ?? names[0];
}
