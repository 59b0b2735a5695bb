import { clash, fault, invalid, unknownPart } from './faults';
import type { Finding, SpecPath } from './finding';
import { hostFindings } from './host-references';
import { items, keysOf, type Names } from './names';
import { isMapping, member, valueAt } from './walk';

/** Names that mean something only in their place: a port of the app that is called, an entrypoint of the ingress that serves. */
export function appFindings(raw: unknown, names: Names): Finding[] {
  return names('app').flatMap((app) => [
    ...needFindings(raw, names, app),
    ...hostFindings(raw, names, app),
    ...poolFindings(raw, app),
    ...portsTwice(raw, app),
    ...callersOfNobody(raw, app),
  ]);
}

function needFindings(raw: unknown, names: Names, app: string): Finding[] {
  return items(raw, 'apps', app, 'needs').flatMap((need, i) => {
    const callee = member(need, 'app');
    if (typeof callee !== 'string' || !names('app').includes(callee)) return [];
    const path: SpecPath = ['apps', app, 'needs', i];
    if (member(need, 'by') === 'node' && (valueAt(raw, ['apps', callee, 'hostNetwork']) ?? false) === false)
      return [
        invalid([...path, 'by'], `app ${callee} is not on the host network: its nodes have no port of it`, 'service'),
      ];
    const ports = keysOf(valueAt(raw, ['apps', callee, 'ports']));
    const port = member(need, 'port');
    if (port === undefined && ports.length === 0 && isReadable(raw, callee)) {
      return [
        invalid(
          [...path, 'app'],
          `app ${callee} has no port that could be called`,
          `give it one at apps.${callee}.ports`,
        ),
      ];
    }
    return typeof port === 'string' && isReadable(raw, callee)
      ? unknownPart([...path, 'port'], `app ${callee}`, 'port', port, ports)
      : [];
  });
}

/** Two ports of one number and protocol, which a Service cannot have. */
function portsTwice(raw: unknown, app: string): Finding[] {
  const ports = valueAt(raw, ['apps', app, 'ports']);
  const first = new Map<string, string>();
  return keysOf(ports).flatMap((name): Finding[] => {
    const port = member(ports, name);
    const number = isMapping(port) ? (member(port, 'service') ?? member(port, 'container')) : port;
    const protocol = member(port, 'protocol') ?? 'tcp';
    if (typeof number !== 'number' || typeof protocol !== 'string') return [];
    const dialled = `${number}/${protocol}`;
    const other = first.get(dialled);
    if (other === undefined) {
      first.set(dialled, name);
      return [];
    }
    const at: SpecPath[] = [name, other].map((one) => ['apps', app, 'ports', one]);
    const message = `${other} and ${name} of app ${app} are both ${dialled} of its Service`;
    return [clash(at, message, 'take one of them out')];
  });
}

/** Callers of an app's own ports, which are open to them on the host network alone. */
function callersOfNobody(raw: unknown, app: string): Finding[] {
  if (items(raw, 'apps', app, 'allowFrom').length === 0) return [];
  // Anything but a missing or false one is either right or reported by itself.
  if (valueAt(raw, ['apps', app, 'hostNetwork']) ?? false) return [];
  return [
    invalid(
      ['apps', app, 'allowFrom'],
      `app ${app} is not on the host network, so that nobody can call its ports from outside`,
      `hosts or a loadBalancer for it, or hostNetwork: true`,
    ),
  ];
}

/** Whether an app's ports are a mapping, or are not written at all. */
function isReadable(raw: unknown, app: string): boolean {
  const ports = valueAt(raw, ['apps', app, 'ports']);
  return ports === undefined || isMapping(ports);
}

function poolFindings(raw: unknown, app: string): Finding[] {
  const wants = valueAt(raw, ['apps', app, 'loadBalancer']);
  // A pool by name is a reference, which is checked as such.
  if (!isMapping(wants) || wants['pool'] !== undefined || items(raw, 'loadBalancers').length > 0) return [];
  return [
    fault(
      'SPEC_UNKNOWN_NAME',
      ['apps', app, 'loadBalancer'],
      `app ${app} wants a load balancer, and the cluster has none`,
      'name one in loadBalancers: servicelb, metallb, kube-vip or cilium',
    ),
  ];
}
