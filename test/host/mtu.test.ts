import type { ChildProcess } from 'node:child_process';
import jigga from '../../clusters/jigga';
import type { MtuSum } from '../../lib/net/mtu';
import { addressOf } from '../../lib/plan/nodes';
import { CASES, DUAL, type ClusterCase } from './cluster-cases';
import { ClusterPods } from './cluster-pods';
import { ClusterStage } from './cluster-stage';
import { fragments } from './counters';
import { ask, echo } from './echo';
import { ping } from './ping';
import { Report } from './report';
import { requireHost } from './requirements';

const report = new Report('mtu', [
  'cluster',
  'device',
  'sum of the plan',
  'MTU of the device',
  'largest packet that arrived',
  'fragments',
]);
const MARK = '776179c0ffee';

requireHost();

const cases: readonly ClusterCase[] = [...CASES, { name: 'jigga', spec: jigga }, DUAL];

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_, one: ClusterCase) => {
  let stage: ClusterStage;
  let cluster: ClusterPods;
  const servers: ChildProcess[] = [];
  const names = () => [...stage.nodes.keys()];

  beforeAll(async () => {
    stage = await ClusterStage.open(one, 'nftables');
    cluster = await ClusterPods.open(stage);
    for (const node of names())
      for (const address of cluster.addresses(node)) servers.push(await echo(cluster.pod(node), address));
  });
  afterAll(async () => {
    for (const server of servers) server.kill();
    await cluster?.close();
    await stage?.close();
  });

  const sumOf = (device: string): MtuSum => {
    const found = stage.plan.mtu.find((path) => path.device === device)?.sum;
    if (found === undefined) throw new Error(`the plan has no MTU of ${device}`);
    return found;
  };
  const mtuOf = (node: string, device: string): number => {
    const [link] = JSON.parse(stage.host(node).exec(['ip', '-j', 'link', 'show', device])) as { mtu: number }[];
    return link?.mtu ?? 0;
  };
  const allFragments = () => [...stage.nodes.values(), ...cluster.pods.values(), ...stage.streets.hosts].map(fragments);
  const others = (from: string) => names().filter((to) => to !== from);
  /** From every pod to every other, by the addresses of one family. */
  const lost = (bytes: number, family: 4 | 6) =>
    names().flatMap((from) => {
      const far = others(from).flatMap((to) => cluster.addresses(to).filter((address) => address.family === family));
      return ask(cluster.pod(from), far, bytes, MARK);
    });
  const made = (before: readonly number[]) =>
    allFragments().reduce((total, count, i) => total + count - (before[i] ?? 0), 0);
  const pairs = () => names().length * (names().length - 1);

  test('the largest packet of a pod arrives in one piece, and the kernel reckons the tunnel as the plan does', () => {
    const before = allFragments();
    stage.plan.podNetwork.tunnelDevices.forEach((device, i) => {
      const sum = sumOf(device);
      const family = stage.plan.spec.k3s.clusterCidrs[i]?.family ?? 4;
      for (const node of names()) expect(mtuOf(node, device)).toBe(sum.bytes);
      expect(lost(sum.bytes, family)).toEqual([]);
      const more = lost(sum.bytes + 1, family);
      expect(more).toHaveLength(pairs());
      for (const line of more) expect(line).toMatch(/Message too long/);
      report.add([one.name, device, String(sum), mtuOf(names()[0] ?? '', device), sum.bytes, made(before)]);
    });
    expect(made(before)).toBe(0);
  });

  test('the largest packet of the overlay arrives in one piece; the counters tell of larger ones', () => {
    for (const [overlay, { interface: device, kind }] of Object.entries(stage.plan.spec.networks)) {
      if (kind !== 'wireguard') continue;
      const sum = sumOf(device);
      const before = allFragments();
      for (const from of names()) {
        expect(mtuOf(from, device)).toBe(sum.bytes);
        const far = others(from).map((to) => addressOf(stage.plan.spec, to, overlay));
        expect(ping(stage.host(from), far, MARK, sum.bytes)).toEqual([]);
      }
      const [from = '', to = ''] = names();
      const far = [addressOf(stage.plan.spec, to, overlay)];
      expect(ping(stage.host(from), far, MARK, sum.bytes + 2)[0]).toMatch(/Message too long/);
      expect(made(before)).toBe(0);
      report.add([one.name, device, String(sum), mtuOf(from, device), sum.bytes, made(before)]);
      // Above what one outer packet holds, were the device set larger than the plan says.
      for (const end of [from, to]) stage.host(end).run(`ip link set ${device} mtu 1460`);
      expect(ping(stage.host(from), far, MARK, 1460)).toEqual([]);
      expect(made(before)).toBeGreaterThan(0);
      for (const end of [from, to]) stage.host(end).run(`ip link set ${device} mtu ${sum.bytes}`);
    }
  });
});

test('docs/reliability.md quotes this table', () => report.check());
