import { CRITICAL_FLAGS } from '../../components/k3s/critical-flags';
import { K3S } from '../../net/well-known';
import type { K3sFlag } from '../../plan/host-needs';
import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { cniRoutesServices } from '../../plan/service-router';
import type { Finding, SpecPath } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { fails } from '../found';

/** What K3s wants equal on all servers, and what would be deployed by one server and removed by the next. */
const CRITICAL: readonly string[] = [...CRITICAL_FLAGS, 'disable'].sort();

/** Flags that contradict what the rest of the spec chose, that overrule one inside a list, or that differ between servers. */
export function flagContradicts(plan: Plan): Finding[] {
  if (!runsK3s(plan.spec)) return [];
  return [...contradictions(plan), ...wayMoved(plan), ...onAgents(plan), ...argumentsTwice(plan), ...differing(plan)];
}

/** Why a flag cannot stand beside the rest, if so. */
function contradictions(plan: Plan): Finding[] {
  const { spec } = plan;
  const servers = flagsOf(plan, selectNodes(spec, 'servers')[0]);
  const has = (name: string, value?: string) =>
    servers.some(
      (flag) => flag.name === name && (value === undefined ? isOn(flag) : [flag.value].flat().includes(value)),
    );
  const extra = (name: string): SpecPath => ['k3s', 'extraFlags', 'server', name];
  const flannel = spec.cni.kind === 'flannel';
  const traefik = spec.ingress.findIndex((one) => one.kind === 'traefik' && one.install === 'bundled');
  const servicelb = spec.loadBalancers.findIndex(({ kind }) => kind === 'servicelb');
  const disabled = (name: string) =>
    spec.k3s.disable.some((one) => one === name) ? ['k3s', 'disable'] : extra('disable');
  const rules: readonly (readonly [boolean, SpecPath, SpecPath, string])[] = [
    [
      traefik >= 0 && has('disable', 'traefik'),
      disabled('traefik'),
      ['ingress', traefik],
      "K3s is told to leave Traefik out, and the ingress is K3s's own Traefik",
    ],
    [
      servicelb >= 0 && has('disable', 'servicelb'),
      disabled('servicelb'),
      ['loadBalancers', servicelb],
      'K3s is told to leave ServiceLB out, and it is the load balancer',
    ],
    [
      servicelb >= 0 && has('disable-cloud-controller'),
      extra('disable-cloud-controller'),
      ['loadBalancers', servicelb],
      "K3s's cloud controller is off, and ServiceLB, the load balancer, is a part of it",
    ],
    [
      flannel && has('disable-network-policy'),
      extra('disable-network-policy'),
      ['cni'],
      'K3s enforces no network policies, and Flannel enforces none itself: every pod could call every other',
    ],
    [
      !cniRoutesServices(spec) && has('disable-kube-proxy'),
      extra('disable-kube-proxy'),
      ['cni'],
      'kube-proxy is off, and nothing routes Services in its place',
    ],
    [
      plan.releases.length > 0 && has('disable-helm-controller'),
      extra('disable-helm-controller'),
      ['cni'],
      `K3s's Helm controller is off, and K3s is to install ${plan.releases.map(({ name }) => name).join(', ')}`,
    ],
    [
      has('datastore-endpoint'),
      extra('datastore-endpoint'),
      ['k3s', 'datastore'],
      `K3s is sent to another datastore, and the spec says ${spec.k3s.datastore}`,
    ],
    [
      has('https-listen-port'),
      extra('https-listen-port'),
      ['api', 'port'],
      'K3s answers on another port, and every rule and address here has 6443',
    ],
    [
      has('flannel-external-ip') && spec.k3s.externalNetwork === undefined,
      extra('flannel-external-ip'),
      ['k3s', 'externalNetwork'],
      'Flannel is to use the external addresses of nodes that have none',
    ],
    [
      has('flannel-external-ip') && spec.cni.kind === 'flannel' && spec.cni.backend !== 'wireguard-native',
      extra('flannel-external-ip'),
      ['cni', 'backend'],
      "Flannel is to use the nodes' external addresses, and its backend encrypts nothing",
    ],
  ];
  return rules.flatMap(([holds, at, other, message]) => {
    if (!holds) return [];
    return [
      fails('K3S_FLAG_CONFLICT', {
        at: [at, other],
        message: `${String(at.at(-1))}: ${message}`,
        fix: 'take it out, or choose what it says',
      }),
    ];
  });
}

/** K3s's own way to the API on a node, on another port than the one that its users here dial. Source: k3s docs, `k3s agent`. */
function wayMoved({ spec }: Plan): Finding[] {
  return (['server', 'agent'] as const).flatMap((role) => {
    const port = spec.k3s.extraFlags[role]['lb-server-port'];
    if (port === undefined || port === String(K3S.lbServerPort)) return [];
    return [
      fails('K3S_FLAG_CONFLICT', {
        at: [['k3s', 'extraFlags', role, 'lb-server-port']],
        message: `lb-server-port: K3s's own way to the API on each node listens on ${String(port)}, and whatever goes by it here dials ${K3S.lbServerPort}`,
        fix: 'take it out',
      }),
    ];
  });
}

/** Flags that only servers know: an agent does not start with them. Source: k3s docs, `k3s agent`. */
const SERVERS_ONLY: ReadonlySet<string> = new Set([
  ...CRITICAL,
  'advertise-address',
  'cluster-init',
  'tls-san',
  'write-kubeconfig-mode',
]);

function onAgents({ spec }: Plan): Finding[] {
  return Object.keys(spec.k3s.extraFlags.agent)
    .filter((name) => SERVERS_ONLY.has(name))
    .map((name) =>
      fails('K3S_FLAG_CONFLICT', {
        at: [['k3s', 'extraFlags', 'agent', name]],
        message: `agents do not know the flag ${name}, and K3s does not start with one that it does not know`,
        fix: `write it at k3s.extraFlags.server.${name}`,
      }),
    );
}

/** One argument of a component of Kubernetes with two values: the last that K3s hands on wins. */
function argumentsTwice(plan: Plan): Finding[] {
  const found = new Map<string, Finding>();
  for (const [node, flags] of plan.k3sFlags) {
    const role = plan.spec.nodes[node]?.role ?? 'server';
    for (const { name, value } of flags.filter((flag) => flag.name.endsWith('-arg'))) {
      const values = new Map<string, string>();
      for (const text of [value].flat().map(String)) {
        const key = text.split('=', 1)[0] ?? text;
        const known = values.get(key);
        values.set(key, text);
        if (known === undefined || known === text || REPEATED.has(key)) continue;
        const message = `${name} of ${role}s says ${known} and ${text}, and only one of them can hold`;
        const at: SpecPath = ['k3s', 'extraFlags', role, name];
        found.set(message, fails('K3S_FLAG_CONFLICT', { at: [at], message, fix: 'take it out of k3s.extraFlags' }));
      }
    }
  }
  return [...found.values()];
}

/** Arguments that may be given more than once. */
const REPEATED: ReadonlySet<string> = new Set(['feature-gates', 'runtime-config', 'v', 'vmodule']);

function differing(plan: Plan): Finding[] {
  const [first, ...others] = selectNodes(plan.spec, 'servers');
  if (first === undefined) return [];
  const known = new Map(flagsOf(plan, first).map(({ name, value }) => [name, JSON.stringify(value)]));
  return others.flatMap((node) => {
    const own = new Map(flagsOf(plan, node).map(({ name, value }) => [name, JSON.stringify(value)]));
    return CRITICAL.filter((name) => known.get(name) !== own.get(name)).map((name) =>
      fails('K3S_FLAG_CONFLICT', {
        at: [['k3s', 'extraFlags', 'server', name]],
        message: `${name} is ${known.get(name) ?? 'not set'} on ${first} and ${own.get(name) ?? 'not set'} on ${node}, and K3s wants it equal on every server`,
        fix: 'one value for all servers',
      }),
    );
  });
}

const flagsOf = (plan: Plan, node: string | undefined): readonly K3sFlag[] =>
  (node === undefined ? undefined : plan.k3sFlags.get(node)) ?? [];

const isOn = ({ value }: K3sFlag) => value !== false && value !== 'false' && value.toString() !== '';
