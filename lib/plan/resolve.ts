import type { Cluster } from '../spec/cluster';
import { sortFindings, type Finding, type Outcome } from '../spec/finding';
import { runsK3s } from '../spec/orchestrator';
import { compareText, sortedBy } from '../text/compare';
import { baseClaims } from './base';
import { printCapability } from './capability';
import type { Declared } from './declares';
import { flowKey } from './flow';
import { mergeK3sFlags } from './k3s-flags';
import { boundPort, type Listener } from './listener';
import { mergeNamespaces } from './namespace';
import type { Plan } from './plan';
import { noPods } from './pod-network';
import { publicRecords } from './records';
import { unknownWorkloads } from './unknown-workloads';
import { waves } from './waves';
import type { Workload } from './workload';

/** Reads everything the components declare into one plan, whose order depends on nothing but its content. */
export function resolve(spec: Cluster, declared: readonly Declared[]): Outcome<Plan> {
  const parts = [...declared].sort((a, b) => compareText(a.name, b.name));
  const all = <T>(of: (part: Declared) => readonly T[], key: (one: T) => string) => sortedBy(parts.flatMap(of), key);

  const components = parts.map((part) => part.name);
  const provided = all(
    (part) => part.provides(),
    (one) => `${printCapability(one)} ${one.owner}`,
  );
  const required = all(
    (part) => part.requires(),
    (one) => `${one.owner} ${printCapability(one)}`,
  );
  const loadBalancers = all(
    (part) => part.loadBalancers(),
    ({ name }) => name,
  );
  const workloads = all(
    (part) => part.workloads(loadBalancers),
    ({ name, owner }) => `${name} ${owner}`,
  );
  const order = waves(components, provided, required);
  const k3s = k3sFlagsOf(spec, parts);
  const podNetwork = runsK3s(spec) ? parts.flatMap((part) => part.podNetwork() ?? [])[0] : noPods(spec);
  const findings = sortFindings([
    ...order.findings,
    ...k3s.findings,
    ...workloadsTwice(workloads),
    ...unknownWorkloads(
      spec,
      workloads.map(({ name }) => name),
    ),
    ...(podNetwork === undefined ? [NO_POD_NETWORK] : []),
  ]);
  if (podNetwork === undefined) return { findings };

  const plan: Omit<Plan, 'records'> = {
    spec,
    components,
    delivered: parts.filter((part) => part.delivers).map((part) => part.name),
    claims: sortedBy(
      [...baseClaims(spec), ...parts.flatMap((part) => part.claims())],
      (one) => `${one.network} ${firstAddress(one.addresses)} ${one.owner} ${one.purpose}`,
    ),
    listeners: all((part) => part.listeners(loadBalancers), listenerKey),
    flows: all((part) => part.flows(loadBalancers), flowKey),
    provided,
    required,
    workloads: new Map(workloads.map((workload) => [workload.name, workload])),
    namespaces: mergeNamespaces(parts.flatMap((part) => part.namespaces())),
    releases: parts.flatMap((part) => part.helm() ?? []),
    loadBalancers,
    reservedServices: all(
      (part) => part.reservedServices(),
      ({ name }) => name,
    ),
    secrets: all(
      (part) => part.secrets(),
      ({ namespace, name, owner }) => `${namespace}/${name} ${owner}`,
    ),
    hosts: parts.flatMap((part) => part.hosts()),
    mtu: all(
      (part) => part.mtu(),
      ({ on, device }) => `${on} ${device}`,
    ),
    podNetwork,
    k3sFlags: k3s.flags,
    stack: parts.map((part) => part.stack()).filter((one) => Object.keys(one).length > 1),
    waves: order.waves,
    notes: parts.flatMap((part) => part.notes(loadBalancers)),
  };
  // The same object, so that what the records are made of is not worked out once more for the plan that has them.
  return { value: Object.assign(plan, { records: publicRecords(plan) }), findings };
}

const NO_POD_NETWORK: Finding = {
  code: 'CAPABILITY_MISSING',
  severity: 'error',
  at: [['cni']],
  message: 'nothing provides the pod network',
};

function k3sFlagsOf(spec: Cluster, parts: readonly Declared[]) {
  const merged = Object.keys(spec.nodes).map((node) => ({
    node,
    ...mergeK3sFlags(
      node,
      parts.flatMap((part) => part.k3s(node)),
    ),
  }));
  return {
    flags: new Map(merged.map(({ node, flags }) => [node, flags])),
    findings: merged.flatMap(({ findings }) => findings),
  };
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

function listenerKey(one: Listener): string {
  const port = String(boundPort(one).first).padStart(5, '0');
  return `${port} ${one.protocol} ${one.owner} ${one.purpose} ${JSON.stringify(one.on)}`;
}

/** Sorts numerically: families apart, then the number padded to the width of an IPv6 address. */
function firstAddress(addresses: { ranges(): readonly { first: { family: number; value: bigint } }[] }): string {
  const first = addresses.ranges()[0]?.first;
  return first === undefined ? '' : `${first.family} ${first.value.toString(16).padStart(32, '0')}`;
}
