import { flowsAre } from '../../components/registry';
import { isOutside, printEndpoint } from '../../plan/endpoint';
import { printPort, type Flow } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { protection, type Leg } from '../../plan/protection';
import { APPS } from '../../plan/workload';
import type { Finding, SpecPath } from '../../spec/finding';
import { listed, warns } from '../found';

/** Where several flows are in clear for one reason. */
interface Stretch {
  readonly network: string;
  readonly tunnelled: boolean;
  readonly flows: Flow[];
}

/**
 * Flows that cross a network marked untrusted in clear, alone or inside the pod network's tunnel. What two nodes say to
 * each other is reported once a network, with all that rides there; what leaves the cluster, where it is declared.
 */
export function flowInClear(plan: Plan): Finding[] {
  const between = new Map<string, Stretch>();
  const alone: Finding[] = [];
  for (const flow of plan.flows) {
    for (const leg of protection(flow, plan).exposed) {
      if (leg.stretch === 'between nodes' || isInside(flow)) add(between, flow, leg, plan);
      else if (isAsked(flow, leg)) alone.push(beyond(plan, flow, leg));
    }
  }
  return [...[...between.values()].map((stretch) => betweenNodes(plan, stretch)), ...alone];
}

/** Between two ends in the cluster: whoever they are, it is their nodes who send. */
const isInside = ({ from, to }: Flow) => !isOutside(from) && !isOutside(to);

/**
 * Calls that the operator asked for; of others, who made the component has decided. Callers from beyond a LAN need its
 * router to pass them on: a gateway is there for them, while an app's address may be meant for the LAN alone.
 */
function isAsked({ declaredBy, from }: Flow, { stretch }: Leg): boolean {
  if (declaredBy === APPS && isOutside(from) && stretch === 'beyond the cluster') return false;
  return flowsAre('asked-for', declaredBy);
}

/** The tunnel itself is not what rides in it. */
function add(found: Map<string, Stretch>, flow: Flow, leg: Leg, { podNetwork }: Plan): void {
  if (leg.network === undefined || flowsAre('public', flow.declaredBy)) return;
  if (flow.declaredBy === podNetwork.owner && flow.from.kind === 'nodes' && flow.to.kind === 'nodes') return;
  const key = `${leg.network} ${String(leg.tunnelled)}`;
  const stretch = found.get(key) ?? { network: leg.network, tunnelled: leg.tunnelled, flows: [] };
  found.set(key, stretch);
  stretch.flows.push(flow);
}

function betweenNodes(plan: Plan, { network, tunnelled, flows }: Stretch): Finding {
  const said = [
    ...new Set(flows.map((flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)}`)),
  ];
  const how = tunnelled ? `inside ${plan.podNetwork.encapsulation.toUpperCase()}, which hides nothing` : 'as it is';
  return warns('FLOW_IN_CLEAR', {
    at: [tunnelled ? ['cni'] : ['networks', network], ['networks', network], ...flows.map(({ source }) => source)],
    message: `over ${network}, which is not trusted, the nodes send in clear, ${how}: ${listed(said, 8)}`,
    fix: tunnelled ? encrypted(plan) : 'an overlay between the nodes, or a network that is trusted',
  });
}

/** How each pod network encrypts what it carries. */
const ENCRYPTED: Readonly<Record<string, string>> = {
  flannel: 'cni: { kind: flannel, backend: wireguard-native }',
  cilium: 'cni: { kind: cilium, encryption: wireguard }',
  calico: 'cni: { kind: calico, wireguard: true }',
};

function encrypted({ spec, podNetwork }: Plan): string {
  if (podNetwork.encryptedBy !== undefined)
    return `an overlay between the nodes as k3s.nodeNetwork: ${podNetwork.encryptedBy} leaves out what shares a node’s own network`;
  return ENCRYPTED[spec.cni.kind] ?? 'a network that is trusted';
}

function beyond(plan: Plan, flow: Flow, { network }: Leg): Finding {
  const where = flow.over === network ? `over ${flow.over}, which is not trusted,` : 'beyond the cluster';
  const comesIn = isOutside(flow.from);
  return warns('FLOW_IN_CLEAR', {
    at: [...(comesIn ? boundAt(plan, flow) : []), flow.source],
    message: `${printEndpoint(flow.from)} calls ${printEndpoint(flow.to)} at ${printPort(flow)} ${where} in clear (${flow.reason})`,
    fix: comesIn
      ? 'tls or encryptedBy, where the port says what protects it; or allowFrom, with callers on a network that is trusted'
      : 'encryptedBy, with what protects it, such as TLS; or a network that is trusted',
  });
}

/** Where the port is asked for that somebody from outside calls. */
function boundAt({ listeners }: Plan, { to, protocol, port }: Flow): SpecPath[] {
  const same = listeners.filter(
    (one) =>
      to.kind === 'workload' &&
      'workload' in one.on &&
      one.on.workload === to.workload &&
      one.protocol === protocol &&
      port !== undefined &&
      one.ports.container.equals(port.container) &&
      String(one.ports.service ?? '') === String(port.service ?? ''),
  );
  return same.map(({ source }) => source);
}
