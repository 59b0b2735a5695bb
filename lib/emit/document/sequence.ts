import type { Flow } from '../../plan/flow';
import { printEndpoint } from '../../plan/endpoint';
import { each, ENCAPSULATION, list, product } from './words';
import { frontAddresses } from './entrance';
import { id, message } from './mermaid';
import { bound, dialled, type Way } from './way';

/** The same hops as a Mermaid sequence. */
export function sequence(way: Way): string[] {
  const { entrance, front, outer, proxied, calls, plan } = way;
  const outside = calls.filter(({ to }) => to.kind !== 'workload');
  const inside = calls.filter(({ to }) => to.kind === 'workload');
  const peers = [...new Map([...inside, ...outside].map((flow) => [peer(flow), printEndpoint(flow.to)]))];
  const scheme = outer.encryptedBy === undefined ? 'HTTP' : 'HTTPS';
  const to = frontAddresses(plan, entrance);
  const caller = proxied ? 'proxy' : 'client';
  const call = `${scheme} :${dialled(outer)}, Host ${entrance.host}`;
  return [
    'sequenceDiagram',
    '  autonumber',
    '  participant client as client',
    ...(proxied ? ['  participant proxy as Cloudflare'] : []),
    `  participant node as ${message(front.hostNetwork ? `node, one of ${list(each(to), 'or')}` : 'load balancer')}`,
    `  participant front as ${message(product(front.owner))}`,
    `  participant app as ${message(`pod of ${entrance.workload}`)}`,
    ...peers.map(([peerId, name]) => `  participant ${peerId} as ${message(name)}`),
    ...(proxied
      ? [
          `  client->>proxy: ${message(`HTTPS :443, Host ${entrance.host}`)}`,
          '  Note over proxy: TLS of the client ends here',
        ]
      : []),
    `  ${caller}->>node: ${message(call)}`,
    `  node->>front: ${message(front.hostNetwork && plan.spec.firewall.kind !== 'none' ? `let in by ${product(plan.spec.firewall.kind)}` : 'handed over')}`,
    `  Note over front: ${message(`matches ${entrance.host}${entrance.path}`)}`,
    `  front->>app: ${message(dial(way))}`,
    ...[...inside, ...outside].flatMap((flow) => [
      `  app->>${peer(flow)}: ${message(`:${dialled(flow)} ${flow.encryptedBy ?? 'in clear'}`)}`,
      `  ${peer(flow)}-->>app: answer`,
    ]),
    '  app-->>front: answer',
    `  front-->>${caller}: answer`,
    ...(proxied ? ['  proxy-->>client: answer, by TLS'] : []),
  ];
}

function dial({ inner, plan }: Way): string {
  const { encapsulation, encryptedBy } = plan.podNetwork;
  const tunnel = encapsulation === 'none' ? 'routed' : ENCAPSULATION[encapsulation];
  const to = inner.address === 'pod' ? 'pod address' : 'Service';
  const many = Object.keys(plan.spec.nodes).length > 1;
  return `${to}, :${bound(inner)}${many ? `, to another node by ${tunnel}${encryptedBy === undefined ? ' in clear' : ''}` : ''}`;
}

function peer({ to }: Flow): string {
  return id('peer', printEndpoint(to));
}
