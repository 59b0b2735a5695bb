import { hostFirewall } from '../../plan/host-firewall';
import { ownName } from '../../plan/namespaced';
import type { Plan } from '../../plan/plan';
import { protection } from '../../plan/protection';
import { statedRecord } from '../../plan/zone';
import { printEndpoint } from '../../plan/endpoint';
import { frontAddresses, type Entrance } from '../../plan/entrance';
import { list } from '../../text/list';
import { code, fenced, heading, numbered, text } from '../../text/markdown';
import { sequence } from './sequence';
import { tunnelHops } from './tunnel-hops';
import { bound, dialled, waysOf, type Way } from './way';
import { carriage, each, endpoint, product } from './words';

/** Requests from a client to an app and back, hop by hop: one for each thing that lets requests in. */
export function trace(plan: Plan): string[] {
  return waysOf(plan).flatMap((way) => [
    heading(3, `A request for ${code(way.entrance.host)}, hop by hop`),
    fenced('mermaid', sequence(way)),
    numbered(hops(way)),
  ]);
}

function hops(way: Way): string[] {
  return [
    ...('tunnel' in way.entrance.by ? tunnelHops(way, way.entrance.by.tunnel) : outside(way)),
    toPod(way),
    ...onward(way),
    'The answer goes back the same way, by the connections that are open.',
  ];
}

function outside(way: Way): string[] {
  return [resolution(way), ...edge(way), admission(way), ingress(way)];
}

function resolution({ plan, entrance, proxied }: Way): string {
  const answers = answersFor(plan, entrance);
  const own = answers.length === 0 ? 'the address of its ingress' : list(answers.map(code), 'or');
  if (!proxied) return `The client resolves ${code(entrance.host)} to ${own}.`;
  return `The client resolves ${code(entrance.host)} to addresses of the proxy’s; the records behind it (${own}) are not shown to it.`;
}

/** What the records that the spec states hold for a name; without one, every address of its ingress. */
function answersFor(plan: Plan, entrance: Entrance): string[] {
  const { records } = plan.spec.dns;
  const stated = statedRecord(plan.spec, entrance.host)?.name;
  if (stated === undefined) return each(frontAddresses(plan, entrance));
  return records.filter(({ name }) => name === stated).map(({ value }) => value);
}

function edge({ entrance, outer, proxied, plan }: Way): string[] {
  if (!proxied) return [];
  const origin = outer.encryptedBy === undefined ? 'plain HTTP' : outer.encryptedBy;
  const set = frontAddresses(plan, entrance);
  return [
    'It speaks TLS with the proxy, on port 443, and that TLS ends there.',
    `The proxy picks one of ${set.isEmpty ? 'the ingress’s addresses' : list(each(set).map(code), 'or')} and calls port ${dialled(outer)} by ${origin}, with the client’s own ${code('Host')} header.`,
  ];
}

function admission({ plan, outer, front, proxied }: Way): string {
  const who = outer.from.kind === 'internet' ? 'anyone' : endpoint(outer.from);
  const client = proxied
    ? ''
    : `The client calls port ${dialled(outer)}${outer.encryptedBy === undefined ? '' : ` by ${outer.encryptedBy}`}. `;
  if (!front.hostNetwork) return `${client}The load balancer hands the connection to a pod of ${product(front.owner)}.`;
  const guard = hostFirewall(plan);
  if (guard === undefined) return `${client}The packet reaches the node, which filters nothing.`;
  return `${client}The node’s firewall (${product(guard)}) lets ${who} in to port ${dialled(outer)}.`;
}

function ingress({ entrance, front, outer }: Way): string {
  const where = front.hostNetwork
    ? `in the node’s own network, so that it accepts the connection on the node’s port ${bound(outer)}`
    : `in a pod, and accepts it on port ${bound(outer)}`;
  return `${product(front.owner)} listens ${where}. It matches host ${code(entrance.host)} and path ${code(entrance.path)} to app ${code(entrance.workload)}.`;
}

function toPod({ plan, entrance, inner }: Way): string {
  const { podNetwork } = plan;
  const legs = protection(inner, plan).legs;
  const between = legs.find(({ stretch }) => stretch === 'between nodes');
  const dial =
    inner.address === 'pod'
      ? `dials one of the app’s pods by its own address, on port ${bound(inner)}. The Service’s address is not in the path: its list of endpoints is all that is used`
      : `dials the Service, whose port ${dialled(inner)} answers${dialled(inner) === bound(inner) ? '' : ` from port ${bound(inner)} of a pod`}`;
  const local = legs.some(({ stretch }) => stretch === 'inside a node')
    ? 'A pod on the same node is reached without leaving it. '
    : '';
  const devices = podNetwork.tunnelDevices.length > 0 ? `, out by ${list(podNetwork.tunnelDevices.map(code))}` : '';
  const own = inner.encryptedBy === undefined ? '' : ` It is protected by ${text(inner.encryptedBy)} besides.`;
  const remote =
    between === undefined
      ? ''
      : `To a pod of another node the packet travels on ${code(podNetwork.underlay)} ${carriage(plan)}${devices}.${own}`;
  return (
    `${product(inner.declaredBy)} ${dial}. ${local}${remote}`.trim() +
    (entrance.port.tls ? ' The app speaks TLS itself.' : '')
  );
}

function onward({ calls, entrance }: Way): string[] {
  if (calls.length === 0) return [];
  const items = calls.map((flow) => {
    const by = flow.address === 'service' ? ', by its Service' : '';
    return `${text(printEndpoint(flow.to))} on ${dialled(flow)}${by} (${text(flow.reason)}; ${flow.encryptedBy === undefined ? 'nothing of its own encrypts it' : text(flow.encryptedBy)})`;
  });
  return [`To answer, ${code(ownName(entrance.workload))} may call ${list(items, 'or')}.`];
}
