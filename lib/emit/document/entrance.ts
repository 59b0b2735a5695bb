import { PORTS } from '../../net/well-known-ports';
import { printSelector, type Endpoint, type WorkloadName } from '../../plan/endpoint';
import { entrances, namedWays, waysTo, type Entrance } from '../../plan/entrance';
import { dialledPort, type Flow } from '../../plan/flow';
import { oncePer } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import { isProxied, zoneOf } from '../../plan/zone';
import { APPS } from '../../plan/workload';
import { compareText } from '../../text/compare';
import { groupedBy } from '../../text/group';

/**
 * The flow by which requests for a host come in: the plain entrypoint where the proxy calls it so, else the one with TLS.
 * A gateway may have many of either: a client that is given a name alone calls the port of the scheme.
 */
export function wayIn(plan: Plan, entrance: Entrance): Flow | undefined {
  const zone = zoneOf(plan.spec, entrance.host);
  const plain = isProxied(plan.spec, entrance.host) && zone?.originTls === 'flexible';
  const ways = namedWays(plan.spec, entrance.ways);
  const wanted = ways.filter(({ encryptedBy }) => (plain ? encryptedBy === undefined : encryptedBy?.startsWith('TLS')));
  const byScheme = wanted.find((way) => dialledPort(way)?.contains((plain ? PORTS.http : PORTS.https).range));
  return byScheme ?? wanted[0] ?? ways[0];
}

/** Ways in that are open to a proxy which never takes them: it calls another port in the mode of every zone behind it. */
export const idleWays = oncePer((plan: Plan): ReadonlySet<Flow> => {
  const all = entrances(plan).filter(({ by }) => 'ingress' in by);
  const taken = new Set(all.map((entrance) => wayIn(plan, entrance)));
  const open = all.flatMap(({ ways }) => ways).filter((way) => isCloudflare(way.from) && way.encryptedBy !== undefined);
  return new Set(open.filter((way) => !taken.has(way)));
});

/** Its published ranges, which call an ingress, or the edge, which a tunnel calls. */
export function isCloudflare(end: Endpoint): boolean {
  return (end.kind === 'range' || end.kind === 'name') && end.name.startsWith('Cloudflare');
}

/** Of each thing that lets requests in, the host whose way says most: that of the app with the most calls of its own. */
export function mostTelling(plan: Plan): Entrance[] {
  const calls = ({ workload }: Entrance) => callsOf(plan, workload).length;
  const best = new Map<string, Entrance>();
  for (const one of entrances(plan)) {
    if (one.front === undefined) continue;
    const known = best.get(one.front.name);
    if (known === undefined || calls(one) > calls(known)) best.set(one.front.name, one);
  }
  return [...best.values()].sort((a, b) => compareText(a.front?.name ?? '', b.front?.name ?? ''));
}

/** What an app calls to answer. */
export function callsOf(plan: Plan, app: WorkloadName): readonly Flow[] {
  return callsOfApps(plan).get(app) ?? [];
}

const callsOfApps = oncePer(
  ({ flows }: Plan): ReadonlyMap<WorkloadName, readonly Flow[]> =>
    groupedBy(flows, ({ from, declaredBy }) =>
      declaredBy === APPS && from.kind === 'workload' ? from.workload : undefined,
    ),
);

/** What lets requests in: who, where its pods are, and on which ports outsiders call it. */
export interface Front {
  readonly owner: string;
  readonly where: string;
  readonly ports: readonly string[];
}

export function fronts(plan: Plan): Front[] {
  const owners = plan.provided.filter(({ name }) => name === 'ingress-routing').map(({ owner }) => owner);
  return [...new Set(owners)].sort(compareText).map((owner) => {
    const pods = [...plan.workloads.values()].filter((workload) => workload.owner === owner);
    const ports = pods.flatMap(({ name }) => waysTo(plan, name).flatMap((flow) => dialledPort(flow) ?? []));
    const host = pods.find(({ hostNetwork }) => hostNetwork);
    return {
      owner,
      where: host === undefined ? 'in pods' : `in the host network of ${printSelector(host.nodes)}`,
      ports: [...new Set(ports.sort((a, b) => a.compare(b)).map(String))],
    };
  });
}
