import { execFileSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wireguard } from '../../lib/components/wireguard/index';
import { clusterSchema } from '../../lib/spec/cluster';
import { planOf } from '../support/plan';
import { ask, echo } from './echo';
import { Listener } from './listener';
import { Namespace } from './namespace';
import { makeKeys, makeSharedKey } from './keys';
import { CASES, type Case } from './overlay-cases';
import { OverlayStage } from './overlay-stage';
import { ping } from './ping';
import { requireHost } from './requirements';

requireHost();

/** Travels inside the tunnels in every packet, and nowhere else. */
const MARK = '776179c0ffee';

const machine = () =>
  ['route', '-6 route', 'address', 'rule']
    .map((what) => execFileSync('ip', ['-o', ...what.split(' '), 'show'], { encoding: 'utf8' }))
    .join('')
    .replace(/(valid_lft|preferred_lft|expires) \S+/g, '');

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one: Case) => {
  const keys = makeKeys(one.nodes);
  const spec = one.spec(keys);
  const plan = planOf(spec);
  const cluster = clusterSchema.parse(spec);
  const part = wireguard.bind(cluster);
  const files = (node: string) => part?.host(plan, node).files ?? [];
  const before = machine();
  const pairs = one.nodes.flatMap((from) => one.nodes.filter((to) => to !== from).map((to) => [from, to] as const));
  const hidden = (node: string) => cluster.nodes[node]?.wireguard['overlay']?.behindNat === true;
  let stage: OverlayStage;
  let listener: Listener;
  const servers: ChildProcess[] = [];

  beforeAll(async () => {
    stage = await OverlayStage.open(plan);
    listener = await Listener.open(stage.bridge, 51999, MARK);
    const shared = new Map<string, string>();
    for (const node of one.nodes) {
      const host = stage.host(node);
      const [conf] = files(node).filter(({ path }) => path === '/etc/wireguard/wg-test.conf');
      if (conf === undefined) throw new Error(`no configuration for ${node}`);
      stage.write(node, conf);
      stage.write(node, { path: '/etc/wireguard/wg-test.key', content: `${keys.get(node)?.privateKey ?? ''}\n` });
      for (const [path] of conf.content.matchAll(/\/etc\/wireguard\/\S+\.psk/g)) {
        shared.set(path, shared.get(path) ?? makeSharedKey());
        stage.write(node, { path, content: shared.get(path) ?? '' });
      }
      for (const { key, value } of part?.host(plan, node).sysctls ?? []) host.run(`sysctl -qw ${key}=${value}`);
      stage.up(node);
      stage.addPods(node);
      servers.push(await echo(host, stage.address(node)));
    }
  });
  afterAll(async () => {
    for (const server of servers) server.kill();
    await stage?.close();
  });

  /** A packet from everyone to everyone; what does not come back is told. Those that nobody can dial begin. */
  const lost = (packetBytes = 200) =>
    [...one.nodes]
      .sort((a, b) => Number(hidden(b)) - Number(hidden(a)))
      .flatMap((from) => {
        const others = one.nodes.filter((to) => to !== from).map((to) => stage.address(to));
        return ask(stage.host(from), others, packetBytes, MARK).map((line) => `${from} → ${line}`);
      });

  test('every node reaches every other on the overlay', () => {
    expect(lost()).toEqual([]);
  });

  test('pods without a tunnel of their own reach those of every other node, under their own addresses', () => {
    for (const node of one.nodes) {
      const pods = stage.podsElsewhere(node).flatMap(({ range }) => range.firstHost ?? []);
      expect(ping(stage.host(node), pods, MARK)).toEqual([]);
    }
  });

  test('interfaces have the MTU of the plan; a packet of that size arrives, and none larger leaves', () => {
    const mtu = plan.mtu.find(({ device }) => device === 'wg-test')?.sum.bytes ?? 0;
    for (const node of one.nodes) {
      const [link] = JSON.parse(stage.host(node).exec(['ip', '-j', 'link', 'show', 'wg-test'])) as { mtu: number }[];
      expect(link?.mtu).toBe(mtu);
    }
    expect(lost(mtu)).toEqual([]);
    const refused = lost(mtu + 1);
    expect(refused).toHaveLength(pairs.length);
    for (const line of refused) expect(line).toMatch(/Message too long/);
  });

  test('wg knows the peers of the plan, with their keys and nobody else’s addresses', () => {
    for (const node of one.nodes) {
      const host = stage.host(node);
      expect(host.exec(['wg', 'show', 'wg-test', 'private-key']).trim()).toBe(keys.get(node)?.privateKey);
      const conf = files(node)[0]?.content ?? '';
      const wanted = [...conf.matchAll(/PublicKey = (\S+)[^]*?AllowedIPs = (.*)/g)].map(([, key, ips]) =>
        [key, ...(ips ?? '').split(', ')].join(' '),
      );
      const found = host.exec(['wg', 'show', 'wg-test', 'allowed-ips']).trim().replaceAll('\t', ' ').split('\n');
      expect(found.sort()).toEqual(wanted.sort());
      const shared = host.exec(['wg', 'show', 'wg-test', 'preshared-keys']);
      expect(shared.includes('(none)')).toBe(!conf.includes('.psk'));
    }
  });

  test('a reload takes the files up again, keys included', () => {
    for (const node of one.nodes) {
      const unit = files(node).find(({ path }) => path.includes('wg-quick@wg-test.service.d/'))?.content ?? '';
      const commands = [...unit.matchAll(/^ExecReload=(.+)$/gm)].map(([, command = '']) =>
        command.replaceAll('%i', 'wg-test').replaceAll('$$', '$'),
      );
      expect(commands.length).toBeGreaterThan(0);
      stage.host(node).run(commands.join('\n'));
      expect(stage.host(node).exec(['wg', 'show', 'wg-test', 'private-key']).trim()).toBe(keys.get(node)?.privateKey);
    }
    expect(lost()).toEqual([]);
  });

  test('routes lead to the overlay alone, and none of the machine’s own is touched', () => {
    const { prefix } = stage.network('overlay');
    for (const node of one.nodes) {
      const routes = stage.host(node).run(`ip -${prefix.family} route show dev wg-test`).trim().split('\n');
      const told = routes.map((route) => route.split(' ')[0]).filter((route) => route !== 'fe80::/64');
      const pods = stage.podsElsewhere(node).map(({ range }) => String(range));
      expect(told.sort()).toEqual([String(prefix), ...pods].sort());
    }
    expect(machine()).toBe(before);
  });

  test('on the wire there was nothing but tunnels, in packets that the link carries whole', async () => {
    const heard = await listener.close();
    expect(heard.tunnel).toBeGreaterThan(2 * pairs.length);
    expect(heard.marked).toBe(0);
    expect(heard.others).toEqual([]);
    expect(heard.largest).toBeLessThanOrEqual(stage.network('carrier').mtuBytes ?? 0);
  });
});

const DIST = join(__dirname, '..', '..', 'dist');
const generated = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\/etc\/wireguard\/[^/]+\.conf$/.test(path))
  .sort();

test('every generated tree with an overlay has its configurations', () => {
  expect(generated.filter((path) => path.startsWith('nimbus'))).toHaveLength(4);
});

test.each(generated)('wg takes dist/%s', async (path) => {
  const content = readFileSync(join(DIST, path), 'utf8');
  const host = await Namespace.open('parser');
  try {
    host.run('wireguard-go wg-parser 2>&1');
    host.run(
      'cat > /run/wg-parsed.conf; wg-quick strip /run/wg-parsed.conf | wg setconf wg-parser /dev/stdin',
      content,
    );
    const peers = [...content.matchAll(/^PublicKey = (\S+)$/gm)].map(([, key]) => key);
    expect(host.exec(['wg', 'show', 'wg-parser', 'peers']).trim().split('\n').sort()).toEqual(peers.sort());
    const allowed = host.exec(['wg', 'show', 'wg-parser', 'allowed-ips']);
    for (const [, prefixes = ''] of content.matchAll(/^AllowedIPs = (.+)$/gm))
      for (const prefix of prefixes.split(', ')) expect(allowed).toContain(prefix);
  } finally {
    host.run('ip link delete wg-parser || true');
    await host.close();
  }
});
