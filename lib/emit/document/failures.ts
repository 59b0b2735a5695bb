import { printCapability, type Provided } from '../../plan/capability';
import { printPort } from '../../plan/flow';
import { initServer, interfaceOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { tunnelFlows } from '../../plan/tunnel-flows';
import { runsK3s } from '../../spec/orchestrator';
import { list } from '../../text/list';
import { code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { swarmLoss } from './swarm';
import { count, numeral, product, stated } from './words';

export function failures(plan: Plan): Chapter {
  const parts = processes(plan);
  const shared = parts.some((members) => owners(members).length > 1);
  return {
    title: 'What breaks if a part fails',
    blocks: [
      ...(shared ? ['Parts that share a row are one process, and stop together.'] : []),
      table(['Part', 'Its function', 'What stops'], parts.map(row)),
      heading(3, 'A node, or the network'),
      ...(runsK3s(plan.spec) ? nodeLoss(plan) : []),
      ...swarmLoss(plan),
      ...alone(plan),
      ...tunnelClosed(plan),
    ],
  };
}

/** What fails together. Kinds of object fail with nobody: they live in the API server. */
function processes({ provided }: Plan): Provided[][] {
  const groups = new Map<string, Provided[]>();
  for (const one of provided.filter(({ name }) => name !== 'crds')) {
    const key = one.process === undefined ? `${one.owner} ${printCapability(one)}` : `process ${one.process}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function owners(members: readonly Provided[]): string[] {
  return [...new Set(members.map(({ owner }) => owner))];
}

/** The process's own part first, since it says what stops as a whole. */
function row(members: readonly Provided[]): string[] {
  const sorted = [...members].sort((a, b) => Number(isWhole(b)) - Number(isWhole(a)));
  const process = sorted[0]?.process;
  return [
    list(owners(sorted).map(product)) +
      (process === undefined || owners(sorted).length < 2 ? '' : ` (the process ${code(process)} of a node)`),
    sorted.map((one) => text(printCapability(one))).join(', '),
    [...new Set(sorted.map(({ failure }) => stated(failure)))].join(' '),
  ];
}

function isWhole({ owner, process, name }: Provided): boolean {
  return owner === process && name === 'control-plane';
}

function nodeLoss(plan: Plan): string[] {
  const { spec } = plan;
  const servers = selectNodes(spec, 'servers').length;
  const all = Object.keys(spec.nodes).length;
  const network = spec.k3s.nodeNetwork;
  const devices = [...new Set(Object.keys(spec.nodes).map((name) => code(interfaceOf(spec, name, network))))];
  return [
    all > 1
      ? 'Kubernetes takes a node that stops answering for unreachable, and after five minutes (its default) starts that node’s pods on others; pods that may run only there, and DaemonSets, wait for it.'
      : 'There is one node: without it nothing runs.',
    all > 1
      ? `A node that loses its link on ${code(network)} (${list(devices, 'or')}) is such a node, though its own processes run on.`
      : '',
    quorum(spec.k3s.datastore, servers),
    all > 1
      ? `Everything between the nodes travels on ${code(network)}: while that is away each node is alone${spec.k3s.datastore === 'etcd' && servers > 1 ? ', and no server has a majority' : ''}.`
      : '',
    joining(plan),
  ].filter((part) => part !== '');
}

function quorum(datastore: 'etcd' | 'sqlite', servers: number): string {
  if (datastore === 'sqlite')
    return 'The store is SQLite on the one server: while that is away nothing is scheduled and nothing changes; what runs goes on.';
  const majority = Math.floor(servers / 2) + 1;
  const spare = servers - majority;
  const survives =
    spare === 0
      ? 'the loss of any member stops the control plane'
      : `the loss of ${count(spare, 'server')} is survived, and one more stops the control plane; what runs goes on`;
  return `etcd has ${count(servers, 'member')} and needs a majority of ${numeral(majority)}: ${survives}.`;
}

/** New nodes know one server alone. */
function joining({ spec }: Plan): string {
  if (Object.keys(spec.nodes).length < 2) return '';
  return `New nodes join by ${code(initServer(spec))}, and cannot while it is away; nodes that have joined know every server.`;
}

/** Pods that only one node may run. */
function alone(plan: Plan): string[] {
  if (Object.keys(plan.spec.nodes).length < 2) return [];
  const rows = [...plan.workloads.values()].flatMap(({ name, nodes }) => {
    const where = selectNodes(plan.spec, nodes);
    return where.length === 1 ? [`${code(name)} (${code(where[0] ?? '')})`] : [];
  });
  return rows.length === 0 ? [] : [`These run on one node only and are away while it is: ${list(rows)}.`];
}

/** A closed port of the tunnel looks like a broken pod network. */
function tunnelClosed(plan: Plan): string[] {
  const { podNetwork } = plan;
  const tunnels = tunnelFlows(plan);
  if (tunnels.length === 0) return [];
  const wire = podNetwork.wrappedIn;
  const ports =
    wire === undefined ? list([...new Set(tunnels.map((flow) => code(printPort(flow))))]) : code(`${wire.port}/udp`);
  return [
    `If a firewall on the way closes ${ports} between the nodes, pods still reach pods of their own node and no others, and Services answer only where an endpoint is on the same node: often the first sign is DNS that fails on some nodes.`,
  ];
}
