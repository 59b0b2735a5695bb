import { PortRange } from '../net/port';
import { readable } from '../net/error';
import { clash, invalid, unknownPart } from './faults';
import type { Finding, SpecPath } from './finding';
import { items, keysOf, textOf, type Names } from './names';
import { isMapping, member, valueAt } from './walk';

/** What a gateway says of its own ports, and of the apps to which it leads. */
export function gatewayFindings(raw: unknown, names: Names): Finding[] {
  return ofGateways(raw, (gateway, path) => [
    ...portsTwice(gateway, path),
    ...forwardsTwice(gateway, path),
    ...calledPorts(raw, names, gateway, path),
  ]);
}

/** What a gateway is given that does not serve it: a load balancer for fewer ports, a certificate of another namespace. */
export function gatewayUnserved(raw: unknown): Finding[] {
  return ofGateways(raw, (gateway, path) => [
    ...tooManyPorts(raw, gateway, path),
    ...certificateElsewhere(raw, gateway, path),
  ]);
}

function ofGateways(raw: unknown, find: (gateway: unknown, path: SpecPath) => Finding[]): Finding[] {
  return items(raw, 'ingress').flatMap((ingress, i) =>
    member(ingress, 'kind') === 'gateway' ? find(ingress, ['ingress', i]) : [],
  );
}

interface Dialled {
  readonly name: string;
  readonly range: PortRange;
  readonly protocol: string;
}

/** Two ports of one number, or a range and a port in it: a Service has each of its ports once. */
function portsTwice(gateway: unknown, path: SpecPath): Finding[] {
  const ports = member(gateway, 'ports');
  const known: Dialled[] = [];
  return keysOf(ports).flatMap((name): Finding[] => {
    const port = member(ports, name);
    const range = rangeOf(member(port, 'service'));
    const protocol = textOf(member(port, 'protocol') ?? 'tcp');
    if (range === undefined || protocol === undefined) return [];
    const others = known.filter((one) => one.protocol === protocol && one.range.overlaps(range));
    known.push({ name, range, protocol });
    return others.map((other) =>
      clash(
        [name, other.name].map((one) => [...path, 'ports', one, 'service']),
        `${other.name} (${other.range}) and ${name} (${range}) of one gateway both want ${shared(other.range, range)}/${protocol} of its Service`,
        'give one of them other ports',
      ),
    );
  });
}

/** ServiceLB runs a container for each port of a Service, in a pod of each node. Source: k3s pkg/cloudprovider/servicelb.go. */
const PORTS_OF_SERVICELB = 100;

function tooManyPorts(raw: unknown, gateway: unknown, path: SpecPath): Finding[] {
  const at = items(raw, 'loadBalancers').findIndex((one) => member(one, 'kind') === 'servicelb');
  const ports = member(gateway, 'ports');
  const count = keysOf(ports).reduce(
    (sum, name) => sum + (rangeOf(member(member(ports, name), 'service'))?.count ?? 0),
    0,
  );
  if (at < 0 || count <= PORTS_OF_SERVICELB) return [];
  const message = `ServiceLB runs a container for each port, on every node, and this gateway has ${count} ports`;
  const fix = 'metallb or kube-vip in its place, which need nothing for each port';
  const places: SpecPath[] = [
    [...path, 'ports'],
    ['loadBalancers', at, 'kind'],
  ];
  return [clash(places, message, fix)];
}

function shared(a: PortRange, b: PortRange): PortRange {
  return PortRange.of(Math.max(a.first, b.first), Math.min(a.last, b.last));
}

/** What cannot be read is reported where it stands. */
function rangeOf(written: unknown): PortRange | undefined {
  if (typeof written !== 'number' && typeof written !== 'string') return undefined;
  return readable(() => PortRange.parse(written));
}

/** Two ways on from one port into one namespace: nothing says which of them a connection is to take. */
function forwardsTwice(gateway: unknown, path: SpecPath): Finding[] {
  const first = new Map<string, number>();
  return items(gateway, 'forwards').flatMap((forward, i): Finding[] => {
    const [port, namespace] = [textOf(member(forward, 'port')), textOf(member(forward, 'namespace'))];
    if (port === undefined || namespace === undefined) return [];
    const key = `${port} ${namespace}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, i);
      return [];
    }
    const at: SpecPath[] = [i, other].map((one) => [...path, 'forwards', one]);
    const message = `port ${port} leads to pods of ${namespace} twice, and nothing says which of them a connection is for`;
    return [clash(at, message, 'one forward for both, or another port')];
  });
}

/** Ports of apps that routes and needs name, or that a route has to name. */
function calledPorts(raw: unknown, names: Names, gateway: unknown, path: SpecPath): Finding[] {
  return ['routes', 'needs'].flatMap((list) =>
    items(gateway, list).flatMap((entry, i) => {
      const app = textOf(member(entry, 'app'));
      if (app === undefined || !names('app').includes(app)) return [];
      const written = valueAt(raw, ['apps', app, 'ports']);
      if (written !== undefined && !isMapping(written)) return [];
      return portFindings([...path, list, i], app, keysOf(written), member(entry, 'port'), list === 'routes');
    }),
  );
}

function portFindings(
  path: SpecPath,
  app: string,
  ports: readonly string[],
  port: unknown,
  isRoute: boolean,
): Finding[] {
  if (typeof port === 'string') return unknownPart([...path, 'port'], `app ${app}`, 'port', port, ports);
  if (port !== undefined) return [];
  if (ports.length === 0)
    return [
      invalid([...path, 'app'], `app ${app} has no port that could be called`, `give it one at apps.${app}.ports`),
    ];
  if (!isRoute || ports.length === 1) return [];
  const sorted = [...ports].sort();
  return [
    invalid(
      [...path, 'port'],
      `app ${app} has the ports ${sorted.join(', ')}, and nothing says to which of them this route leads`,
      sorted[0],
    ),
  ];
}

/** A pod mounts Secrets of its own namespace alone. */
function certificateElsewhere(raw: unknown, gateway: unknown, path: SpecPath): Finding[] {
  const name = textOf(member(gateway, 'certificate'));
  const own = textOf(member(gateway, 'namespace'));
  if (name === undefined || own === undefined) return [];
  const namespace = textOf(valueAt(raw, ['certificates', 'certificates', name, 'namespace']));
  if (namespace === undefined || namespace === own) return [];
  const at: SpecPath[] = [
    ['certificates', 'certificates', name, 'namespace'],
    [...path, 'certificate'],
  ];
  const message = `the Secret of certificate ${name} is in namespace ${namespace}, and pods of the gateway find Secrets of ${own} alone`;
  return [clash(at, message, own)];
}
