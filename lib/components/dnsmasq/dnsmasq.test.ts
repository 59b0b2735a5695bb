import nimbusSwarm from '../../../clusters/nimbus-swarm';
import { documentOf, part } from '../../../test/support/document';
import { planOf } from '../../../test/support/plan';
import { bound } from '../../../test/support/render';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { arrivals } from '../../plan/seen-as';
import type { ClusterSpec } from '../../spec/cluster';
import { dnsmasq } from './index';

const file = (spec: ClusterSpec, node: string, path: string) =>
  bound(dnsmasq, spec)
    .host(planOf(spec), node)
    .files?.find((one) => one.path === path)?.content;

const changed = (changes: object): ClusterSpec => ({
  ...nimbusSwarm,
  swarm: { ...nimbusSwarm.swarm, dnsmasq: { ...nimbusSwarm.swarm.dnsmasq, ...changes } },
});

test('every name of the zone is answered with the public address, and nothing else is answered', () => {
  const { services } = bound(dnsmasq, nimbusSwarm).stack();
  const { command } = services?.['dnsmasq'] as unknown as { command: string[] };
  expect(command).toContain('--address=/nimbus.example.com/10.108.0.3');
  expect(command).toContain('--local=/nimbus.example.com/');
  expect(command).toContain('--no-resolv');
});

test('it is published on its node alone, in both protocols', () => {
  const service = bound(dnsmasq, nimbusSwarm).stack().services?.['dnsmasq'];
  expect(service).toMatchObject({
    ports: ['tcp', 'udp'].map((protocol) => ({ target: 53, published: 5053, protocol, mode: 'host' })),
    deploy: { placement: { constraints: ['node.hostname == a'] } },
  });
});

test('nodes ask it on the overlay, developers by the public address; containers by the bridges of their node', () => {
  const flows = bound(dnsmasq, nimbusSwarm)
    .flows()
    .filter(({ protocol }) => protocol === 'udp');
  expect(flows.map((flow) => `${printEndpoint(flow.from)} ${printPort(flow)} ${flow.over}`)).toEqual([
    'every node 53 → 5053/udp overlay',
    'containers 53 → 5053/udp overlay',
    'anywhere 53 → 5053/udp public',
    'anywhere 5053/udp public',
  ]);
  const seen = arrivals(planOf(nimbusSwarm), 'a').filter(
    ({ flow, protocol }) => flow.declaredBy === 'dnsmasq' && protocol === 'udp',
  );
  expect(seen.map(({ devices, port, translated }) => [devices.join(), String(port), String(translated)])).toEqual([
    ['eth0', '53', '5053'],
    ['eth0', '5053', 'undefined'],
    ['br-*,docker0,docker_gwbridge', '53', '5053'],
    ['wg-nimbus', '53', '5053'],
  ]);
  expect(arrivals(planOf(nimbusSwarm), 'b').filter(({ flow }) => flow.declaredBy === 'dnsmasq')).toEqual([]);
});

test('with nobody let in, the port is closed to all but the nodes and their containers', () => {
  const flows = bound(dnsmasq, changed({ allowFrom: [] })).flows();
  expect(new Set(flows.map(({ over }) => over))).toEqual(new Set(['overlay']));
});

describe('the port of names', () => {
  const rules = file(nimbusSwarm, 'a', '/etc/wayleave/dns.nft') ?? '';

  test('is sent on for the node’s own addresses alone, for what enters and for what it asks itself', () => {
    for (const hook of ['prerouting', 'output'])
      expect(rules).toMatch(new RegExp(`type nat hook ${hook} priority -101`));
    expect(rules).toContain('ip daddr { 10.10.0.1, 10.108.0.3 } udp dport 53 redirect to :5053');
    for (const own of ['10.10.0.1', '10.108.0.3'])
      expect(rules).toContain(`ip daddr ${own} udp dport 53 dnat ip to ${own}:5053`);
  });

  test('in a table that is replaced whole and is nobody else’s', () => {
    expect(rules.indexOf('delete table inet wayleave_dns')).toBeLessThan(rules.indexOf('table inet wayleave_dns {'));
    expect(rules).not.toContain('flush');
    expect(file(nimbusSwarm, 'a', '/etc/systemd/system/wayleave-dns.service')).toContain(
      'nft -f /etc/wayleave/dns.nft',
    );
  });

  test('needs nothing on other nodes, nor where it is published itself', () => {
    expect(file(nimbusSwarm, 'b', '/etc/wayleave/dns.nft')).toBeUndefined();
    const same = changed({ redirectFrom: 5053 });
    expect(file(same, 'a', '/etc/wayleave/dns.nft')).toBeUndefined();
    expect(
      bound(dnsmasq, same)
        .flows()
        .filter(({ over }) => over === 'public'),
    ).toHaveLength(2);
  });
});

describe('the resolver of nodes', () => {
  test('is the manager’s overlay address, as a setting of the link, and for the zone alone', () => {
    const unit = file(nimbusSwarm, 'b', '/etc/systemd/system/wg-quick@wg-nimbus.service.d/20-wayleave-dns.conf');
    expect(unit).toContain('resolvectl dns %i 10.10.0.1');
    expect(unit).toContain('resolvectl domain %i ~nimbus.example.com');
  });

  test('is told to systemd-resolved where the Swarm has no interface of its own', () => {
    const { zone } = nimbusSwarm.swarm.dnsmasq;
    const spec: ClusterSpec = {
      name: 'crowd',
      networks: { lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.10.0/24' } },
      nodes: { a: { addresses: { lan: '192.168.10.1' } }, b: { addresses: { lan: '192.168.10.2' } } },
      swarm: {
        managers: ['a'],
        network: 'lan',
        addressPool: '10.20.0.0/16',
        bridgePool: '172.30.0.0/16',
        dnsmasq: { zone, node: 'a', network: 'lan' },
      },
    };
    expect(file(spec, 'b', '/etc/systemd/resolved.conf.d/wayleave.conf')).toContain(
      `DNS=192.168.10.1\nDomains=~${zone}`,
    );
  });

  test('is not set beside K3s, whose CoreDNS would ask it for all names', () => {
    const both: ClusterSpec = {
      ...nimbusSwarm,
      nodes: {
        a: { ...nimbusSwarm.nodes.a, role: 'server' },
        b: { ...nimbusSwarm.nodes.b, role: 'agent' },
      },
      k3s: { nodeNetwork: 'overlay' },
      cni: { kind: 'flannel' },
      tests: [],
    };
    const unit = '/etc/systemd/system/wg-quick@wg-nimbus.service.d/20-wayleave-dns.conf';
    expect(file(nimbusSwarm, 'b', unit)).toBeDefined();
    expect(file(both, 'b', unit)).toBeUndefined();
    expect(planOf(both).notes.find(({ title }) => title.startsWith('The zone'))?.text).toContain('CoreDNS would ask');
    expect(bound(dnsmasq, both).flows()).toHaveLength(bound(dnsmasq, nimbusSwarm).flows().length);
  });
});

test('the document tells a developer what to type, with the public address', () => {
  const chapter = part(documentOf(nimbusSwarm), 'The zone `nimbus.example.com`');
  expect(chapter).toContain('sudo resolvectl dns LINK 10.108.0.3');
  expect(chapter).toContain("sudo resolvectl domain LINK '~nimbus.example.com'");
  expect(chapter).toContain('`10.108.0.3:5053`');
  expect(chapter).toContain('those who ask are not on `overlay`');
  const inside = documentOf(changed({ network: 'overlay', allowFrom: [{ network: 'overlay' }] }));
  expect(part(inside, 'The zone `nimbus.example.com`')).not.toMatch(/not on `overlay`/);
});
