import { AddressSet } from '../../net/address-set';
import { portOfHost } from '../../plan/app-hosts';
import { workloadName } from '../../plan/base';
import { printSelector, type WorkloadName } from '../../plan/endpoint';
import { dialledPort, type Flow } from '../../plan/flow';
import { nodeAddresses } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Workload } from '../../plan/workload';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';
import { compareText, sortedEntries } from '../../text/compare';
import { isOutside } from './words';

/** A public host name, and the way from outside to the app behind it. */
export interface Entrance {
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  readonly app: string;
  readonly workload: WorkloadName;
  readonly port: App['ports'][string];
  /** The ingress that serves it, and its call to the app. Absent: nothing in the plan does. */
  readonly front?: Workload;
  readonly inner?: Flow;
  /** Flows by which outsiders reach that ingress. */
  readonly ways: readonly Flow[];
}

export type Zone = Cluster['dns']['zones'][string];

/** Every host name of the spec's apps, in order of the apps. */
export function entrances(plan: Plan): Entrance[] {
  return sortedEntries(plan.spec.apps).flatMap(([name, app]) => {
    const workload = workloadName(plan.spec, name);
    return app.hosts.map((host): Entrance => {
      const { port } = portOfHost(name, app, host);
      const inner = callOfFront(plan, workload, port.container);
      const front = inner?.from.kind === 'workload' ? plan.workloads.get(inner.from.workload) : undefined;
      const common = { host: host.host, path: host.path, pathType: host.pathType, app: name, workload, port };
      if (inner === undefined || front === undefined) return { ...common, ways: [] };
      return { ...common, inner, front, ways: waysTo(plan, front.name) };
    });
  });
}

/** The call of a workload that outsiders reach, and that is none of the spec's apps. */
function callOfFront(plan: Plan, app: WorkloadName, port: number): Flow | undefined {
  return plan.flows.find(
    ({ from, to, port: ports }) =>
      to.kind === 'workload' &&
      to.workload === app &&
      ports?.container.contains(port) === true &&
      from.kind === 'workload' &&
      plan.workloads.get(from.workload)?.owner !== 'apps' &&
      waysTo(plan, from.workload).length > 0,
  );
}

function waysTo(plan: Plan, front: WorkloadName): Flow[] {
  return plan.flows.filter(({ from, to }) => to.kind === 'workload' && to.workload === front && isOutside(from));
}

/** The addresses that clients of the ingress dial: its own virtual ones, or those of the nodes it runs on. */
export function frontAddresses(plan: Plan, { front, ways }: Entrance): AddressSet {
  if (front === undefined) return AddressSet.empty;
  return ways.reduce(
    (all, way) =>
      all.union(
        way.dialled ?? (front.hostNetwork ? nodeAddresses(plan.spec, front.nodes, way.over) : AddressSet.empty),
      ),
    AddressSet.empty,
  );
}

/** The zone a name lies in, the nearest one. */
export function zoneOf(spec: Cluster, host: string): (Zone & { readonly name: string }) | undefined {
  const names = Object.keys(spec.dns.zones).filter((zone) => host === zone || host.endsWith(`.${zone}`));
  const name = names.sort((a, b) => b.length - a.length)[0];
  const zone = name === undefined ? undefined : spec.dns.zones[name];
  return name === undefined || zone === undefined ? undefined : { ...zone, name };
}

/** Whether a zone's own names are served through its provider's proxy. */
export function hasProxy(zone: Zone | undefined): boolean {
  return zone?.provider === 'cloudflare' && zone.proxied;
}

/** Whether clients of a name meet the provider's proxy and not the cluster: a record of its own decides before its zone. */
export function isProxied(spec: Cluster, host: string): boolean {
  const record = recordOf(spec, host);
  const zone = zoneOf(spec, host);
  return record === undefined ? hasProxy(zone) : zone?.provider === 'cloudflare' && record.proxied;
}

/** The record that the spec states for a name, or for all names beside it. */
export function recordOf(spec: Cluster, host: string): Cluster['dns']['records'][number] | undefined {
  const wildcard = host.replace(/^[^.]+/, '*');
  return spec.dns.records.find(({ name }) => name === host) ?? spec.dns.records.find(({ name }) => name === wildcard);
}

/** The flow by which requests for a host come in: the plain entrypoint where the proxy calls it so, else the one with TLS. */
export function wayIn(plan: Plan, entrance: Entrance): Flow | undefined {
  const zone = zoneOf(plan.spec, entrance.host);
  const plain = isProxied(plan.spec, entrance.host) && zone?.originTls === 'flexible';
  const wanted = entrance.ways.find((way) => (way.encryptedBy === undefined) === plain);
  return wanted ?? entrance.ways[0];
}

/** The host whose way says most: that of the app with the most calls of its own. */
export function mostTelling(plan: Plan): Entrance | undefined {
  const calls = ({ app }: Entrance) => plan.spec.apps[app]?.needs.length ?? 0;
  return entrances(plan)
    .filter(({ front }) => front !== undefined)
    .reduce<Entrance | undefined>(
      (best, one) => (best === undefined || calls(one) > calls(best) ? one : best),
      undefined,
    );
}

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
