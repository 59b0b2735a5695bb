import type { Flow } from '../../plan/flow';
import { printEndpoint } from '../../plan/endpoint';
import { frontAddresses } from '../../plan/entrance';
import { hostFirewall } from '../../plan/host-firewall';
import { list } from '../../text/list';
import { each, ENCAPSULATION, product } from './words';
import { id, message } from './mermaid';
import { dialled, type Way } from './way';

/** The same hops as a Mermaid sequence. */
export function sequence(way: Way): string[] {
  const { entrance, front, outer, proxied, calls } = way;
  const outside = calls.filter(({ to }) => to.kind !== 'workload');
  const inside = calls.filter(({ to }) => to.kind === 'workload');
  const peers = [...new Map([...inside, ...outside].map((flow) => [peer(flow), printEndpoint(flow.to)]))];
  const tunnelled = 'tunnel' in entrance.by;
  const caller = proxied ? 'proxy' : 'client';
  return [
    'sequenceDiagram',
    '  autonumber',
    '  participant client as client',
    ...(proxied ? ['  participant proxy as Cloudflare'] : []),
    ...(tunnelled ? [] : [gate(way)]),
    `  participant front as ${message(product(front.owner))}`,
    `  participant app as ${message(`pod of ${entrance.workload}`)}`,
    ...peers.map(([peerId, name]) => `  participant ${peerId} as ${message(name)}`),
    ...(tunnelled
      ? [`  front->>proxy: ${message(`holds connections open, :${dialled(outer)} ${outer.protocol}`)}`]
      : []),
    ...(proxied
      ? [
          `  client->>proxy: ${message(`HTTPS :443, Host ${entrance.host}`)}`,
          '  Note over proxy: TLS of the client ends here',
        ]
      : []),
    ...(tunnelled ? ['  proxy->>front: the request, inside one of them'] : handedOver(way, caller)),
    `  Note over front: ${message(`matches ${entrance.host}${entrance.path}`)}`,
    `  front->>app: ${message(dial(way))}`,
    ...[...inside, ...outside].flatMap((flow) => [
      `  opt ${message(flow.reason)}`,
      `    app->>${peer(flow)}: ${message(`:${dialled(flow)} ${flow.encryptedBy ?? 'in clear'}`)}`,
      `    ${peer(flow)}-->>app: answer`,
      '  end',
    ]),
    '  app-->>front: answer',
    `  front-->>${caller}: answer`,
    ...(proxied ? ['  proxy-->>client: answer, by TLS'] : []),
  ];
}

/** What clients or the proxy call: a node, or an address that a load balancer announces. */
function gate({ plan, entrance, front }: Way): string {
  const nodes = each(frontAddresses(plan, entrance));
  return `  participant node as ${message(front.hostNetwork ? `node, one of ${list(nodes, 'or')}` : 'load balancer')}`;
}

function handedOver({ plan, entrance, front, outer }: Way, caller: string): string[] {
  const scheme = outer.encryptedBy === undefined ? 'HTTP' : 'HTTPS';
  const guard = hostFirewall(plan);
  return [
    `  ${caller}->>node: ${message(`${scheme} :${dialled(outer)}, Host ${entrance.host}`)}`,
    `  node->>front: ${message(guard !== undefined && front.hostNetwork ? `let in by ${product(guard)}` : 'handed over')}`,
  ];
}

function dial({ inner, plan }: Way): string {
  const { encapsulation, encryptedBy } = plan.podNetwork;
  const way = encapsulation === 'none' ? 'without a tunnel' : `by ${ENCAPSULATION[encapsulation]}`;
  const to = inner.address === 'pod' ? 'pod address' : 'Service';
  const many = Object.keys(plan.spec.nodes).length > 1;
  return `${to}, :${dialled(inner)}${many ? `, to another node ${way}${encryptedBy === undefined ? ' in clear' : ''}` : ''}`;
}

function peer({ to }: Flow): string {
  return id('peer', printEndpoint(to));
}
