import { randomInt } from 'node:crypto';
import { Address } from '../../lib/net/address';
import {
  CASES,
  firewallFiles,
  KINDS,
  nodeAddress4,
  outerNetwork,
  planOfCase,
  PUBLISHED,
  type Case,
  type Kind,
} from './firewall-cases';
import { interfaceOf } from '../../lib/plan/nodes';
import { arrivals } from '../../lib/plan/seen-as';
import { declaredProbes, drawProbe } from './draw';
import { apply, exchange, reload, rulesOfOthers, translate } from './firewall-stage';
import { isDeclared } from './model';
import type { Packet } from './packet';
import { printProbe, send, type Probe, type Verdict } from './probe';
import { Random } from './random';
import { Report } from './report';
import { requireHost } from './requirements';
import { CAST, podAddresses } from './cast';
import { Stage } from './stage';

/** The draws of an earlier run can be had again: `WAYLEAVE_SEED=… npm run test:host`. */
const SEED = Number(process.env['WAYLEAVE_SEED'] ?? randomInt(2 ** 31));
const DRAWS = 1500;
const report = new Report('firewall', [
  'cluster',
  'node',
  'firewall',
  'flows that arrive',
  'packets for them',
  'let in',
  { title: 'drawn and declared', varies: true },
  { title: 'drawn and refused', varies: true },
]);
report.say(`Drawn with seed ${SEED}.`);

requireHost();
describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one: Case) => {
  const verdicts = new Map<Kind, Verdict[]>();

  describe.each(KINDS.map((kind) => [kind]))('%s', (kind) => {
    const plan = planOfCase(one, kind);
    const files = firewallFiles(one, kind, plan);
    let stage: Stage;
    let others: string;

    beforeAll(async () => {
      stage = await Stage.open(plan, one.node);
      translate(stage);
      others = rulesOfOthers(stage.node);
      apply(stage, kind, files);
    });
    afterAll(() => stage?.close());

    const ask = (
      device: string,
      source: Address,
      destination: Address,
      protocol: 'tcp' | 'udp',
      port: number,
    ): Verdict | undefined =>
      send(stage, [
        { device, packet: { source, destination, protocol, port, sourcePort: 40000 + randomInt(20000) } },
      ])[0];
    const way = outerNetwork(plan, one.node);
    const uplink = () => interfaceOf(plan.spec, one.node, way);
    const network = plan.spec.networks[way];
    const own = nodeAddress4(plan, one.node);

    test('every arrival of the plan gets through, and of drawn packets those alone that it declares', () => {
      const random = new Random(SEED);
      const declared = declaredProbes(stage, random);
      const drawn: Probe[] = Array.from({ length: DRAWS }, () => drawProbe(stage, random));
      const found = send(stage, [...declared, ...drawn]);
      verdicts.set(kind, found);
      const wrong = [...declared, ...drawn].flatMap((probe, i) => {
        const wanted = isDeclared(probe, stage);
        return (found[i] !== 'refused') === wanted
          ? []
          : [`${printProbe(probe)}: ${String(found[i])}, should be ${wanted ? 'let in' : 'refused'}`];
      });
      expect(wrong).toEqual([]);
      expect(found.slice(0, declared.length)).not.toContain('refused');
      const refused = found.slice(declared.length).filter((verdict) => verdict === 'refused').length;
      expect(refused).toBeGreaterThan(300);
      const flows = new Set(arrivals(plan, one.node).map(({ flow }) => flow)).size;
      report.add([one.name, one.node, kind, flows, declared.length, declared.length, DRAWS - refused, refused]);
    });

    test('ports behind a translation stay closed: a NodePort, a published port, a balanced address', () => {
      expect(ask(uplink(), CAST.internet4, own, 'tcp', 30080)).toBe('refused');
      expect(ask(uplink(), CAST.internet4, own, 'tcp', 8080)).toBe('refused');
      expect(ask(uplink(), CAST.internet4, CAST.virtual, 'tcp', 9999)).toBe(one.more ? 'refused' : 'forwarded');
    });

    test('what is sent to all on the link is heard where a flow asks for it, and nothing else is', () => {
      const all4 = Address.parse('255.255.255.255');
      const nodes6 = Address.parse('ff02::1');
      const router6 = Address.parse('fe80::99');
      const say = (packet: Omit<Packet, 'sourcePort'>) => ({
        device: uplink(),
        packet: { ...packet, sourcePort: 40000 },
      });
      const lease = say({ source: CAST.internet4, destination: all4, protocol: 'udp', port: 68 });
      const neighbour = say({
        source: router6,
        destination: nodes6,
        protocol: 'icmpv6',
        icmpType: 'nd-neighbor-solicit',
      });
      const router = say({ source: router6, destination: nodes6, protocol: 'icmpv6', icmpType: 'nd-router-advert' });
      const groups = say({ source: router6, destination: nodes6, protocol: 'icmpv6', icmpType: 'mld-listener-query' });
      const gossip4 = say({ source: CAST.internet4, destination: all4, protocol: 'udp', port: 137 });
      const gossip6 = say({ source: router6, destination: nodes6, protocol: 'udp', port: 5355 });
      const leased = network !== undefined && 'addressing' in network && network.addressing === 'dhcp';
      expect(send(stage, [lease])).toEqual([leased ? 'delivered' : 'refused']);
      expect(send(stage, [neighbour, router, groups])).toEqual(['delivered', 'delivered', 'delivered']);
      expect(send(stage, [gossip4, gossip6])).toEqual(['refused', 'refused']);
    });

    test('a rule of others that accepts does not open a port', () => {
      expect(ask(uplink(), CAST.internet4, own, 'tcp', 9999)).toBe('refused');
    });

    test('a translation to the node itself opens no more than the plan declares', () => {
      const [pods] = podAddresses(plan);
      if (!pods) return;
      const pod = pods.first;
      const service = Address.parse('10.43.0.1');
      expect(ask('cni0', pod, service, 'tcp', 443)).toBe('delivered');
      expect(ask('cni0', pod, service, 'tcp', 444)).toBe(plan.spec.k3s.proxy.mode === 'ipvs' ? 'delivered' : 'refused');
      if (!one.more) return;
      expect(ask(uplink(), CAST.internet4, own, 'udp', PUBLISHED.dialled)).toBe('delivered');
      expect(ask(uplink(), CAST.internet4, own, 'udp', PUBLISHED.process)).toBe('refused');
      expect(ask(uplink(), CAST.internet4, CAST.virtual, 'tcp', 80)).toBe('delivered');
    });

    test('connections of pods keep flowing: to the outside, to each other, to other nodes', async () => {
      const [pods] = podAddresses(plan);
      const { outside, pod, secondPod, far } = stage.hosts;
      expect(await exchange(stage.node, outside, CAST.internet4)).toBe('hello');
      if (!pods) return;
      expect(await exchange(pod, outside, CAST.internet4)).toBe('hello');
      expect(await exchange(pod, secondPod, pods.second)).toBe('hello');
      if (plan.podNetwork.tunnelDevices.length > 0) {
        expect(await exchange(pod, far, pods.far)).toBe('hello');
        expect(await exchange(far, pod, pods.first)).toBe('hello');
      }
    });

    test('a port that Docker publishes leads to its container where a flow declares it', async () => {
      const { outside, container } = stage.hosts;
      expect(ask(uplink(), CAST.internet4, own, 'tcp', 8080)).toBe('refused');
      if (plan.spec.swarm === undefined) return;
      expect(await exchange(outside, container, CAST.container, own, 443)).toBe('hello');
    });

    test('the node reaches itself by the address of a Service, as host-network pods do', async () => {
      expect(await exchange(stage.node, stage.node, own, CAST.service)).toBe('hello');
    });

    test('applied again and again, it is the same, and the rules of others are as they were', () => {
      const first = reload(stage, kind, files);
      const second = reload(stage, kind, files);
      expect(second).toEqual(first);
      expect(rulesOfOthers(stage.node)).toBe(others);
    });

    if (kind === 'ufw') {
      test('ufw shows the rules with their reasons, and writes every file as it found it', () => {
        // Changing the level, even to what it is, makes UFW write its rules from what it has read.
        stage.node.exec(['ufw', 'logging', 'low']);
        const status = stage.node.exec(['ufw', 'status', 'numbered']);
        expect(status).toMatch(/operators log in by SSH/);
        expect(status).not.toMatch(/Skipping malformed/);
        for (const { path, content } of files) expect(stage.node.exec(['cat', path])).toBe(content);
      });

      test('disabled, it leaves nothing that enforces', () => {
        stage.node.exec(['ufw', 'disable']);
        expect(ask(uplink(), CAST.internet4, own, 'tcp', 30080)).not.toBe('refused');
        expect(stage.node.exec(['iptables', '-t', 'mangle', '-S', 'PREROUTING'])).not.toMatch(/wayleave/);
      });
    }
  });

  test('both firewalls judged every packet alike', () => {
    expect(verdicts.get('ufw')).toEqual(verdicts.get('nftables'));
  });
});

test('docs/reliability.md quotes this table', () => report.check());
