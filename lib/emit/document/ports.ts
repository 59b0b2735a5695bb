import type { Endpoint } from '../../plan/endpoint';
import { printSelector } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { isNode } from '../../plan/flow-end';
import { flowsTo } from '../../plan/flows-to';
import { boundPort, type Listener } from '../../plan/listener';
import { selectNodes } from '../../plan/nodes';
import { oncePer } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import type { Workload } from '../../plan/workload';
import { runsK3s } from '../../spec/orchestrator';
import { compareText } from '../../text/compare';
import { code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { endpoint, product } from './words';

export function ports(plan: Plan): Chapter {
  const onNodes = plan.listeners.filter(({ on }) => 'nodes' in on);
  const inPods = plan.listeners.filter(({ on }) => 'workload' in on);
  const blocks = [
    ...(onNodes.length > 0
      ? [
          heading(3, 'On the nodes themselves'),
          table(
            NODE_HEAD,
            onNodes.map((one) => nodeRow(plan, one)),
          ),
        ]
      : []),
    ...(inPods.length > 0
      ? [
          heading(3, 'In pods'),
          table(
            POD_HEAD,
            inPods.map((one) => podRow(plan, one)),
          ),
        ]
      : []),
    ...(runsK3s(plan.spec) ? kubernetes(plan) : []),
  ];
  return { title: 'Ports', blocks };
}

function kubernetes(plan: Plan): string[] {
  return [
    'What K3s’s processes bind on loopback for their own health and metrics is left out; no packet from elsewhere gets there.',
    `NodePort Services may take ${code(`${plan.spec.k3s.nodePorts}`)} on every node.`,
  ];
}

const NODE_HEAD = ['Port', 'Serves', 'Declared by', 'On', 'Bound to', 'Callers by the plan'];
const POD_HEAD = ['Port', 'By its Service', 'Pods', 'Serves', 'Callers by the plan'];

function nodeRow(plan: Plan, listener: Listener): string[] {
  const on = 'nodes' in listener.on ? printSelector(listener.on.nodes) : '';
  const user = listener.runAsUser === undefined || listener.runAsUser === 0 ? '' : ` (user ${listener.runAsUser})`;
  return [
    code(`${boundPort(listener)}/${listener.protocol}`),
    text(listener.purpose) + user,
    product(listener.owner),
    on,
    bound(listener.bind),
    listener.bind === 'loopback' ? 'the node itself' : callers(plan, listener, true),
  ];
}

function podRow(plan: Plan, listener: Listener): string[] {
  const { container, service } = listener.ports;
  return [
    code(`${container}/${listener.protocol}`),
    service === undefined ? '–' : code(String(service)),
    'workload' in listener.on ? code(listener.on.workload) : '',
    text(listener.purpose),
    callers(plan, listener, false),
  ];
}

function bound(bind: Listener['bind']): string {
  if (bind === 'all') return 'every address';
  if (bind === 'loopback') return 'loopback';
  return `addresses on ${code(bind)}`;
}

/** Nothing keeps a node from a port of its own. */
function callers(plan: Plan, listener: Listener, onNode: boolean): string {
  const flows = flowsInto(plan, listener).filter((flow) => meets(plan, flow, listener));
  const ends = flows.filter((flow) => !isProbe(flow)).map(({ from }) => from);
  const names = ends.filter((end) => !isCovered(plan, end, ends)).map(endpoint);
  const isProbed = listener.probed === true || flows.some(isProbe);
  const probes = isProbed ? ['the node itself, whose kubelet probes it'] : [];
  const all = [...[...new Set(names)].sort(compareText), ...probes];
  if (all.length > 0) return all.join('; ');
  return onNode ? 'nobody but the node itself' : 'nobody';
}

/** A kubelet's; containers of a node that call it are others. */
function isProbe({ sameNode, from }: Flow): boolean {
  return sameNode === true && from.kind === 'nodes';
}

/** Every pod, or every node, says all that one of them would. */
function isCovered(plan: Plan, end: Endpoint, ends: readonly Endpoint[]): boolean {
  if (end.kind !== 'workload') return false;
  const onHost = plan.workloads.get(end.workload)?.hostNetwork === true;
  return ends.some((other) =>
    onHost ? other.kind === 'nodes' && other.select === 'all' : other.kind === 'pods' && other.namespace === undefined,
  );
}

/** Flows to the like of what a listener is on. */
function flowsInto(plan: Plan, { on }: Listener): readonly Flow[] {
  const { pods, hosts } = targets(plan);
  return 'nodes' in on ? hosts : [...pods, ...flowsTo(plan, on.workload)];
}

const targets = oncePer((plan: Plan) => ({
  pods: plan.flows.filter(({ to }) => to.kind === 'pods'),
  hosts: plan.flows.filter(({ to }) => isNode(to, plan)),
}));

function meets(plan: Plan, flow: Flow, listener: Listener): boolean {
  if (flow.protocol !== listener.protocol || flow.port === undefined || dialsElsewhere(plan, flow, listener))
    return false;
  return flow.port.container.overlaps(listener.ports.container) && isOn(plan, flow.to, listener);
}

/** Whether a call comes by one network, and the port is bound on another one's addresses alone. */
function dialsElsewhere({ spec }: Plan, { over }: Flow, { bind }: Listener): boolean {
  return bind !== over && spec.networks[bind] !== undefined && spec.networks[over] !== undefined;
}

function isOn(plan: Plan, to: Endpoint, { on, owner }: Listener): boolean {
  const workload = to.kind === 'workload' ? plan.workloads.get(to.workload) : undefined;
  if ('workload' in on) {
    if (to.kind === 'pods')
      return to.namespace === undefined || plan.workloads.get(on.workload)?.namespace === to.namespace;
    return to.kind === 'workload' && to.workload === on.workload;
  }
  if (to.kind === 'nodes') return overlap(plan, to.select, on.nodes);
  return workload?.hostNetwork === true && workload.owner === owner && overlap(plan, workload.nodes, on.nodes);
}

function overlap(plan: Plan, a: Workload['nodes'], b: Workload['nodes']): boolean {
  const there = selectNodes(plan.spec, b);
  return selectNodes(plan.spec, a).some((node) => there.includes(node));
}
