import { randomInt } from 'node:crypto';
import { addressOf } from '../../lib/plan/nodes';
import { wayOut } from '../../lib/plan/way-out';
import { portsIn, portsOf } from './capture';
import { answered, printCall, type Call } from './call';
import { callBy, callsOf, printFlow, hostFlows, isMeant, OUTSIDE, waysOf, type Way } from './cluster-calls';
import { CASES, type ClusterCase } from './cluster-cases';
import { crookedWays, drawCall } from './cluster-draws';
import { daemonPorts, isAnyone, visited } from './daemons';
import { ClusterPods } from './cluster-pods';
import { ClusterStage } from './cluster-stage';
import { KINDS, type Kind } from './firewall-cases';
import { Listener } from './listener';
import { ping } from './ping';
import { Random } from './random';
import { Report } from './report';
import { requireHost } from './requirements';

/** The draws of an earlier run can be had again: `WAYLEAVE_SEED=… npm run test:host`. */
const SEED = Number(process.env['WAYLEAVE_SEED'] ?? randomInt(2 ** 31));
const DRAWS = 1000;
/** Travels inside the tunnels in every ping, and nowhere else. */
const MARK = '776179c0ffee';
const report = new Report('clusters', [
  'cluster',
  'nodes',
  'firewall',
  'flows of hosts and ranges',
  'calls for them',
  'let in',
  { title: 'drawn and declared', varies: true },
  { title: 'drawn and refused', varies: true },
]);
report.say(`Drawn with seed ${SEED}.`);

requireHost();

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one: ClusterCase) => {
  const verdicts = new Map<Kind, boolean[]>();

  describe.each(KINDS.map((kind) => [kind]))('%s', (kind) => {
    let stage: ClusterStage;
    let pods: ClusterPods;
    let ways: Way[];
    let crooked: Way[];
    let listener: Listener;
    const row: (string | number)[] = [];

    beforeAll(async () => {
      stage = await ClusterStage.open(one, kind);
      pods = await ClusterPods.open(stage);
      ways = waysOf(stage.streets);
      crooked = crookedWays(stage.streets, ways);
      for (const { from, network, source } of ways) if (from === OUTSIDE) stage.streets.settleOutside(network, source);
      for (const { network, destination } of crooked) stage.streets.leadOutside(network, destination);
      // Without an overlay there is no tunnel to listen for, and any port will do.
      listener = await Listener.open(stage.streets.street, overlays()[0]?.port ?? 9, MARK);
    });
    afterAll(async () => {
      await pods?.close();
      await stage?.close();
    });

    const overlays = () =>
      Object.entries(stage.plan.spec.networks).flatMap(([name, network]) =>
        network.kind === 'wireguard' ? [{ ...network, name }] : [],
      );
    const ask = (calls: readonly Call[]) =>
      answered(calls, (name) => (name === OUTSIDE ? stage.streets.outside : stage.host(name)));
    const pairs = () =>
      [...stage.nodes.keys()].map((from) => [from, [...stage.nodes.keys()].filter((to) => to !== from)] as const);

    test('every node answers every other on the overlay, and every pod each pod of another node', () => {
      for (const [from, others] of pairs()) {
        for (const { name } of overlays()) {
          const far = others.map((to) => addressOf(stage.plan.spec, to, name));
          expect(ping(stage.host(from), far, MARK)).toEqual([]);
        }
        const far = others.flatMap((to) => pods.addresses(to));
        expect(ping(pods.pod(from), far, MARK)).toEqual([]);
      }
    });

    test('every flow between hosts and ranges is answered, by the ways that real routes choose', () => {
      const flows = hostFlows(stage.plan);
      const tried = flows.map((flow) => callsOf(flow, stage.plan, ways));
      const hasIpv6 = (network: string) => ways.some((way) => way.network === network && way.source.family === 6);
      const silent = flows.filter(
        ({ address, protocol, over }, i) =>
          tried[i]?.length === 0 && address !== 'link-local' && (protocol !== 'icmpv6' || hasIpv6(over)),
      );
      expect(silent.map(printFlow)).toEqual([]);
      const calls = tried.flat();
      const found = ask(calls);
      expect(calls.filter((_call, i) => found[i] !== true).map(printCall)).toEqual([]);
      row.push(tried.filter((some) => some.length > 0).length, calls.length, found.filter((one) => one).length);
    });

    test('a third party saw tunnels, neighbours and declared public flows, and no payload of the overlay', async () => {
      const heard = await listener.close();
      // In clear the payload is on the wire, as the capture tells: honeydue's spec says so, and its document.
      if (overlays().length === 0) {
        expect(heard.marked).toBeGreaterThan(0);
        return;
      }
      const open = new Set(
        stage.plan.flows.filter(({ over }) => stage.streets.carriers.includes(over)).flatMap(portsOf),
      );
      expect(heard.tunnel).toBeGreaterThan(20);
      expect(heard.marked).toBe(0);
      expect(heard.others.length).toBeGreaterThan(0);
      expect(heard.others.filter((frame) => !portsIn(frame).some((port) => open.has(port)))).toEqual([]);
    });

    test('daemons that listen on [::] are reached from outside where a flow declares it, over IPv6 too', async () => {
      const { plan } = stage;
      const [node = ''] = stage.nodes.keys();
      const isVisit = ({ from, to, source, network }: Way) =>
        from === OUTSIDE && to === node && network === wayOut(plan.spec) && isAnyone(source);
      // By IPv4 last, under an address that SSH is open to.
      const visits = ways.filter(isVisit).sort((a, b) => b.source.family - a.source.family);
      expect(new Set(visits.map(({ source }) => source.family))).toEqual(new Set([4, 6]));
      const ports = daemonPorts(plan);
      const meant = visits.flatMap((way) =>
        ports
          .filter((port) => isMeant(callBy(way, { protocol: 'tcp', port }), plan, way.source))
          .map((port) => `${way.destination} ${port}`),
      );
      const found = await visited(stage.streets.outside, stage.host(node), visits, ports, plan.spec.firewall.ssh.port);
      expect(found.sort()).toEqual(meant.sort());
      expect(ports.length).toBeGreaterThan(5);
    });

    test('of drawn calls those alone that a flow declares', () => {
      const random = new Random(SEED);
      const all = [...ways.filter(({ to }) => to !== OUTSIDE), ...crooked];
      const drawn = Array.from({ length: DRAWS }, () => drawCall(all, random));
      const found = ask(drawn.map(({ call }) => call));
      verdicts.set(kind, found);
      const meant = drawn.map(({ way, call }) => isMeant(call, stage.plan, way.source));
      const wrong = drawn.flatMap(({ call }, i) =>
        found[i] === meant[i] ? [] : [`${printCall(call)}: ${String(found[i])}`],
      );
      expect(wrong).toEqual([]);
      const refused = found.filter((passed) => !passed).length;
      expect(refused).toBeGreaterThan(300);
      report.add([one.name, stage.nodes.size, kind, ...row, DRAWS - refused, refused]);
    });
  });

  test('both firewalls judged every call alike', () => {
    expect(verdicts.get('ufw')).toEqual(verdicts.get('nftables'));
  });
});

test('docs/reliability.md quotes this table', () => report.check());
