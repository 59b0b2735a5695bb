import { apiEndpoint } from '../../components/k3s/api';
import { printCapability } from '../../plan/capability';
import { printPort } from '../../plan/flow';
import { addressesOf, initServer, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { count, list, numeral, product, stated } from './words';

export function failures(plan: Plan): Chapter {
  return {
    title: 'What breaks if a part fails',
    blocks: [
      table(
        ['Part', 'Its function', 'What stops'],
        plan.provided.map((one) => [product(one.owner), text(printCapability(one)), stated(one.failure)]),
      ),
      heading(3, 'A node, or the network'),
      ...nodeLoss(plan),
      ...alone(plan),
      ...tunnelClosed(plan),
    ],
  };
}

function nodeLoss(plan: Plan): string[] {
  const { spec } = plan;
  const servers = selectNodes(spec, 'servers').length;
  const all = Object.keys(spec.nodes).length;
  return [
    all > 1
      ? 'Kubernetes takes a node that stops answering for unreachable, and after five minutes (its default) starts that node’s pods on others; pods that may run only there, and DaemonSets, wait for it.'
      : 'There is one node: without it nothing runs.',
    quorum(spec.k3s.datastore, servers),
    all > 1
      ? `Everything between the nodes travels on ${code(spec.k3s.nodeNetwork)}: while that is away each node is alone${spec.k3s.datastore === 'etcd' && servers > 1 ? ', and no server has a majority' : ''}.`
      : '',
    api(plan),
  ].filter((part) => part !== '');
}

function quorum(datastore: 'etcd' | 'sqlite', servers: number): string {
  if (datastore === 'sqlite')
    return 'The store is SQLite on the one server: while that is away nothing is scheduled and nothing changes; what runs goes on.';
  const majority = Math.floor(servers / 2) + 1;
  const spare = servers - majority;
  const survives =
    spare === 0
      ? 'the loss of any of them stops the control plane'
      : `the loss of ${count(spare, 'server')} is survived, and one more stops the control plane; what runs goes on`;
  return `etcd has ${count(servers, 'member')} and needs a majority of ${numeral(majority)}: ${survives}.`;
}

/** What a kubeconfig names may be one server's own address. */
function api({ spec }: Plan): string {
  const endpoint = apiEndpoint(spec);
  const owner = selectNodes(spec, 'servers').find((name) =>
    Object.keys(spec.networks).some((network) =>
      addressesOf(spec, name, network).some((one) => String(one) === endpoint),
    ),
  );
  if (owner === undefined) return '';
  const others = selectNodes(spec, 'servers').filter((name) => name !== owner);
  const instead =
    others.length > 0
      ? ` while it is away, point it at ${list(others.map(code), 'or')}`
      : ' without it nobody reaches the API';
  const join =
    initServer(spec) === owner && Object.keys(spec.nodes).length > 1
      ? ` New nodes join by ${code(owner)} too; nodes that have joined know every server.`
      : '';
  return `A kubeconfig names ${code(endpoint)}, which is ${code(owner)};${instead}.${join}`;
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
  const { podNetwork, flows } = plan;
  const tunnels = flows.filter(
    (flow) => flow.declaredBy === podNetwork.owner && flow.over === podNetwork.underlay && flow.port !== undefined,
  );
  if (tunnels.length === 0) return [];
  const ports = list([...new Set(tunnels.map((flow) => code(printPort(flow))))]);
  return [
    `If a firewall on the way closes ${ports} between the nodes, pods still reach pods of their own node and no others, and Services answer only where an endpoint is on the same node: often the first sign is DNS that fails on some nodes.`,
  ];
}
