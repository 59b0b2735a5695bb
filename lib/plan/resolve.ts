import type { Cluster } from '../spec/cluster';
import { sortFindings, type Finding, type Outcome } from '../spec/finding';
import { runsK3s } from '../spec/orchestrator';
import { compareText, sortedBy } from '../text/compare';
import { baseClaims } from './base';
import { printCapability } from './capability';
import type { Declared } from './declares';
import { flowKey } from './flow';
import { mergeK3sFlags } from './k3s-flags';
import type { K3sFlag } from './host-needs';
import { mergeNamespaces } from './namespace';
import type { Plan } from './plan';
import { noPods, type PodNetwork } from './pod-network';
import { publicRecords } from './records';
import { unknownWorkloads } from './unknown-workloads';
import { waves } from './waves';
import type { Workload } from './workload';

/** Reads everything the components declare into one plan, whose order depends on nothing but its content. */
export function resolve(spec: Cluster, declared: readonly Declared[]): Outcome<Plan> {
  const parts = [...declared].sort((a, b) => compareText(a.name, b.name));
  const findings: Finding[] = [];
  const components = parts.map((part) => part.name);
  const provided = sortedBy(
    parts.flatMap((part) => part.provides()),
    (p) => `${printCapability(p)} ${p.owner}`,
  );
  const required = sortedBy(
    parts.flatMap((part) => part.requires()),
    (r) => `${r.owner} ${printCapability(r)}`,
  );

  const order = waves(components, provided, required);
  findings.push(...order.findings);

  const k3sFlags = new Map<string, readonly K3sFlag[]>();
  for (const node of Object.keys(spec.nodes)) {
    const merged = mergeK3sFlags(
      node,
      parts.flatMap((part) => part.k3s(node)),
    );
    k3sFlags.set(node, merged.flags);
    findings.push(...merged.findings);
  }

  const loadBalancers = sortedBy(
    parts.flatMap((part) => part.loadBalancers()),
    (service) => service.name,
  );
  const workloads = sortedBy(
    parts.flatMap((part) => part.workloads(loadBalancers)),
    ({ name, owner }) => `${name} ${owner}`,
  );
  findings.push(...workloadsTwice(workloads));
  findings.push(
    ...unknownWorkloads(
      spec,
      workloads.map(({ name }) => name),
    ),
  );
  const podNetwork = runsK3s(spec) ? onePodNetwork(parts, findings) : noPods(spec);
  if (podNetwork === undefined) return { findings: sortFindings(findings) };
  const plan: Omit<Plan, 'records'> = {
    spec,
    components,
    delivered: parts.filter((part) => part.delivers).map((part) => part.name),
    claims: sortedBy(
      [...baseClaims(spec), ...parts.flatMap((part) => part.claims())],
      (c) => `${c.network} ${firstAddress(c.addresses)} ${c.owner} ${c.purpose}`,
    ),
    listeners: sortedBy(
      parts.flatMap((part) => part.listeners(loadBalancers)),
      (l) =>
        `${String((l.ports.host ?? l.ports.container).first).padStart(5, '0')} ${l.protocol} ${l.owner} ${l.purpose} ${JSON.stringify(l.on)}`,
    ),
    flows: sortedBy(
      parts.flatMap((part) => part.flows(loadBalancers)),
      flowKey,
    ),
    provided,
    required,
    workloads: new Map(workloads.map((workload) => [workload.name, workload])),
    namespaces: mergeNamespaces(parts.flatMap((part) => part.namespaces())),
    releases: parts.flatMap((part) => part.helm() ?? []),
    loadBalancers,
    reservedServices: sortedBy(
      parts.flatMap((part) => part.reservedServices()),
      (service) => service.name,
    ),
    secrets: sortedBy(
      parts.flatMap((part) => part.secrets()),
      (s) => `${s.namespace}/${s.name} ${s.owner}`,
    ),
    hosts: parts.flatMap((part) => part.hosts()),
    mtu: sortedBy(
      parts.flatMap((part) => part.mtu()),
      (m) => `${m.on} ${m.device}`,
    ),
    podNetwork,
    k3sFlags,
    stack: parts.map((part) => part.stack()).filter((one) => Object.keys(one).length > 1),
    waves: order.waves,
    notes: parts.flatMap((part) => part.notes(loadBalancers)),
  };
  // The same object, so that what the records are made of is not worked out once more for the plan that has them.
  return { value: Object.assign(plan, { records: publicRecords(plan) }), findings: sortFindings(findings) };
}

/** Pods of two owners that go by one name, so that what one of them may do the other may too. */
function workloadsTwice(sorted: readonly Workload[]): Finding[] {
  return sorted.flatMap((second, i): Finding[] => {
    const first = sorted[i - 1];
    if (first === undefined || first.name !== second.name) return [];
    return [
      {
        code: 'OBJECT_TWICE',
        severity: 'error',
        at: [first.source, second.source],
        message: `${first.owner} and ${second.owner} both have pods named ${second.name}`,
        fix: 'another name or namespace for one of them',
      },
    ];
  });
}

function onePodNetwork(parts: readonly Declared[], findings: Finding[]): PodNetwork | undefined {
  const networks = parts.flatMap((part) => part.podNetwork() ?? []);
  if (networks.length === 0) {
    findings.push({
      code: 'CAPABILITY_MISSING',
      severity: 'error',
      at: [['cni']],
      message: 'nothing provides the pod network',
    });
  }
  return networks[0];
}

/** Sorts numerically: families apart, then the number padded to the width of an IPv6 address. */
function firstAddress(addresses: { ranges(): readonly { first: { family: number; value: bigint } }[] }): string {
  const first = addresses.ranges()[0]?.first;
  return first === undefined ? '' : `${first.family} ${first.value.toString(16).padStart(32, '0')}`;
}
