import { PortRange } from '../../net/port';
import { isWithdrawn } from '../../plan/announcers';
import { servicelbOf } from '../../plan/balanced-service';
import { certificateSecret } from '../../plan/certificate-secret';
import type { Note } from '../../plan/declares';
import { printSelector } from '../../plan/endpoint';
import type { Cluster } from '../../spec/cluster';
import { code, table } from '../../text/markdown';
import type { GatewayOptions } from './options';
import { nodesOf, type Placed } from './place';
import { routesName, routesOf, targetOf } from './routes';
import { gatewayPorts, gatewayService } from './service';

/** How a request gets in by a gateway, for the document. */
export function gatewayNotes(one: Placed, spec: Cluster): Note[] {
  const { name } = one.gateway;
  return [
    { section: 'ingress', title: `How a request gets in by ${name}`, text: [...lines(one, spec)].join(' ') },
    { section: 'ingress', title: `Routes of ${name}`, text: routes(one, spec).join('\n\n') },
  ];
}

function lines(one: Placed, spec: Cluster): string[] {
  const { gateway } = one;
  const { name, replicas } = gateway;
  const ports = gatewayPorts(gateway).map(
    ({ name: port, service, container, protocol }) =>
      `${code(port)} ${service}${container.equals(service) ? '' : ` → ${container}`}/${protocol}`,
  );
  return [
    `${code(name)} runs as ${replicas === 1 ? 'one pod' : `${replicas} pods`} on ${whereabouts(gateway, spec)}, as user ${gateway.runAsUser}, behind a Service of type LoadBalancer at ${frontDoor(gateway, spec)}: ${ports.join(', ')}.`,
    policy(one, spec),
    ...(gatewayPorts(gateway).some(({ service }) => service.count > 1)
      ? ['A Service has no ranges: the manifest names each port of one; every table here names the range.']
      : []),
    ...meetings(gateway),
    ...(gateway.certificate === undefined
      ? []
      : [
          `It serves the certificate in Secret ${code(certificateSecret(spec.certificates, gateway.certificate))}, whose files in its pods change when cert-manager renews it; whether it reads them again is the gateway’s own affair.`,
        ]),
  ];
}

/** What its callers dial. */
function frontDoor({ addresses }: GatewayOptions, spec: Cluster): string {
  if (addresses !== undefined) return code(String(addresses));
  return servicelbOf(spec) === undefined ? 'an address of its pool' : 'the nodes’ own addresses';
}

/** Where each of its pods may be. */
function whereabouts(gateway: GatewayOptions, spec: Cluster): string {
  return printSelector(nodesOf(gateway, spec)).replace(/^every /, 'any ');
}

/** Ports of its pods that are in a range and have a use of their own: a process binds a port once. */
function meetings(gateway: GatewayOptions): string[] {
  const { health } = gateway;
  const bound = [
    ...gatewayPorts(gateway),
    ...(health === undefined ? [] : [{ name: 'health', protocol: 'tcp', container: PortRange.of(health.port) }]),
  ];
  const ranges = bound.filter(({ container }) => container.count > 1);
  const single = bound.filter(({ container }) => container.count === 1);
  return ranges.flatMap((range) =>
    single
      .filter(({ protocol, container }) => protocol === range.protocol && range.container.overlaps(container))
      .map(
        ({ name, container }) =>
          `What ${code(range.name)} leads to ${container} of the pods meets whoever answers there for ${code(name)}.`,
      ),
  );
}

function policy(one: Placed, spec: Cluster): string {
  const service = gatewayService(one);
  if (one.gateway.externalTrafficPolicy !== 'Local')
    return 'Any node answers, and the gateway may see a node’s address in place of the client’s.';
  const away = isWithdrawn(spec, service)
    ? 'only a node with a ready pod announces the address, and nobody does while there is none'
    : 'the address is announced wherever its announcer sits';
  return `Only nodes with a pod answer (\`externalTrafficPolicy: Local\`), so that the gateway sees the client’s own address; ${away}.`;
}

function routes(one: Placed, spec: Cluster): string[] {
  const found = routesOf(one, spec);
  const words = { Exact: 'this path alone', Prefix: 'this path and below' };
  const forwards = one.gateway.forwards.map(
    ({ port, namespace, to, reason }) =>
      `What arrives at ${code(port)} it leads to pods of ${code(namespace)}, port ${to}: ${reason}.`,
  );
  return [
    `The ConfigMap ${code(routesName(one.gateway))} holds them in this order, which is that of their priority: exact paths, then prefixes, the longer first, then ${code('/')}; of each, names before wildcards.`,
    ...(found.length === 0
      ? ['No app has a host name that it serves.']
      : [
          table(
            ['Host', 'Path', 'Matches', 'Leads to'],
            found.map((route) => [
              code(route.host),
              code(route.path),
              words[route.pathType],
              code(targetOf(route, spec)),
            ]),
          ),
        ]),
    ...forwards,
  ];
}
