import { planOf, walkTo } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const CLOUDFLARE_ONE = '104.16.0.0/13';
const CLOUDFLARE_SIX = '2606:4700::/32';

function files(
  firewall: NonNullable<ClusterSpec['firewall']>,
  changes: Partial<ClusterSpec> = {},
): ReadonlyMap<string, string> {
  const { plan, parts } = walkTo(smallSpec({ firewall, ...changes }));
  const part = parts.find(({ name }) => name === 'firewall');
  return new Map((part?.host(plan, 'a').files ?? []).map(({ path, content }) => [path, content]));
}
const nft = (changes?: Partial<ClusterSpec>) =>
  files({ kind: 'nftables' }, changes).get('/etc/wayleave/firewall.nft') ?? '';
const ufw = (file: string, changes?: Partial<ClusterSpec>) =>
  files({ kind: 'ufw' }, changes).get(`/etc/ufw/${file}`) ?? '';
const web: Partial<ClusterSpec> = { ingress: [{ kind: 'traefik', mode: 'host-network', allowFrom: ['cloudflare'] }] };

test('it owns the host firewall, unless there is none', () => {
  const owned = (kind: 'nftables' | 'ufw' | 'none') =>
    planOf(smallSpec({ firewall: { kind } })).provided.some(
      ({ name, owner }) => name === 'host-firewall' && owner === 'firewall',
    );
  expect([owned('nftables'), owned('ufw'), owned('none')]).toEqual([true, true, false]);
  expect(files({ kind: 'none' }).size).toBe(0);
});

test('SSH and what the spec allows listen on every node that is named', () => {
  const allow = [{ from: ['anywhere' as const], port: 9000, nodes: 'agents' as const, reason: 'a probe' }];
  const listeners = planOf(smallSpec({ firewall: { kind: 'ufw', ssh: { port: 2222 }, allow } })).listeners.filter(
    ({ owner }) => owner === 'firewall',
  );
  expect(listeners.map(({ on, ports }) => [on, String(ports.host)])).toEqual([
    [{ nodes: 'all' }, '2222'],
    [{ nodes: 'agents' }, '9000'],
  ]);
});

describe('nftables', () => {
  test('one table, replaced in one transaction; nobody else’s rules are flushed', () => {
    const statements = nft()
      .split('\n')
      .filter((line) => /^\S/.test(line) && !line.startsWith('#'));
    expect(statements).toEqual(['table inet wayleave', 'delete table inet wayleave', 'table inet wayleave {', '}']);
    for (const content of files({ kind: 'nftables' }).values()) expect(content).not.toMatch(/flush/);
  });

  test('it judges before destinations are translated, and keeps out of the forward path', () => {
    expect(nft()).toMatch(/type filter hook prerouting priority mangle/);
    expect(nft()).not.toMatch(/hook forward/);
  });

  test('errors about connections that the kernel does not know are let in before it refuses what is invalid', () => {
    const [before = '', after] = (nft().split('chain flows {')[1] ?? '').split('ct state invalid goto refused');
    expect(before).toMatch(/icmp type .*destination-unreachable/);
    expect(after).not.toMatch(/icmp(v6)? type/);
  });

  test('every rule says why', () => {
    const rules = nft()
      .split('\n')
      .filter((line) => / accept/.test(line) && /dport|type \{|saddr/.test(line) && !/fib|hook/.test(line));
    expect(rules.length).toBeGreaterThan(8);
    for (const rule of rules) expect(rule).toMatch(/accept comment "[^"]+"$/);
  });

  test('both families of a source are matched, each by its own', () => {
    const text = nft(web);
    expect(text).toMatch(new RegExp(`ip saddr \\{[^}]*${CLOUDFLARE_ONE}[^}]*\\} tcp dport 443 accept`));
    expect(text).toMatch(new RegExp(`ip6 saddr \\{[^}]*${CLOUDFLARE_SIX}[^}]*\\} tcp dport 443 accept`));
  });

  test('its unit comes back behind whoever flushes, and before the network is up', () => {
    const unit = files({ kind: 'nftables' }).get('/etc/systemd/system/wayleave-firewall.service') ?? '';
    expect(unit).toMatch(/^PartOf=nftables.service$/m);
    expect(unit).toMatch(/^Before=network-pre.target/m);
  });
});

describe('UFW', () => {
  test('closed inbound for both families, out of the forward path, others’ chains left alone', () => {
    const defaults = files({ kind: 'ufw' }).get('/etc/default/ufw');
    for (const line of [
      'IPV6=yes',
      'DEFAULT_INPUT_POLICY="DROP"',
      'DEFAULT_FORWARD_POLICY="ACCEPT"',
      'MANAGE_BUILTINS=no',
    ]) {
      expect(defaults?.split('\n')).toContain(line);
    }
  });

  test('a rule and its tuple say the same, and the tuple holds the reason', () => {
    const lines = ufw('user.rules').split('\n');
    const tuple = lines.findIndex((line) => line.startsWith('### tuple ### allow tcp 2379:2380'));
    expect(lines[tuple]).toMatch(
      /^### tuple ### allow tcp 2379:2380 0\.0\.0\.0\/0 any 192\.168\.50\.12 in_eth0 comment=/,
    );
    expect(Buffer.from(lines[tuple]?.split('comment=')[1] ?? '', 'hex').toString()).toBe(
      'etcd members agree on the state of the cluster',
    );
    expect(lines[tuple + 1]).toBe(
      '-A ufw-user-input -i eth0 -p tcp -m multiport --dports 2379:2380 -s 192.168.50.12 -j ACCEPT',
    );
  });

  test('Cloudflare is one rule a prefix, in the file of its family', () => {
    expect(ufw('user.rules', web)).toContain(
      `-A ufw-user-input -i eth0 -p tcp --dport 443 -s ${CLOUDFLARE_ONE} -j ACCEPT`,
    );
    expect(ufw('user6.rules', web)).toContain(
      `-A ufw6-user-input -i eth0 -p tcp --dport 443 -s ${CLOUDFLARE_SIX} -j ACCEPT`,
    );
    expect(ufw('user6.rules', web)).not.toContain(CLOUDFLARE_ONE);
  });

  test('each rule stands at prerouting too, where nothing is translated yet', () => {
    expect(ufw('before.rules')).toMatch(
      /^-A wayleave-flows -i eth0 -s 192\.168\.50\.12 -p tcp --dport 2379:2380 .*-j RETURN$/m,
    );
    expect(ufw('before6.rules')).not.toMatch(/192\.168\./);
  });

  test('of a list of destinations IPv6 wants all to hold, so each stands alone', () => {
    expect(ufw('before6.rules')).toMatch(/--dst-type LOCAL -g wayleave-flows/);
    expect(ufw('before6.rules')).not.toMatch(/--dst-type \S*,/);
  });

  test('what UFW cannot say stands in before.rules', () => {
    const allow = [{ from: ['anywhere' as const], port: 3868, protocol: 'sctp' as const, reason: 'Diameter' }];
    const found = files({ kind: 'ufw', allow });
    expect(found.get('/etc/ufw/before.rules')).toMatch(
      /^-A ufw-before-input -i eth0 -p sctp --dport 3868 .*-j ACCEPT$/m,
    );
    expect(found.get('/etc/ufw/user.rules')).not.toMatch(/sctp/);
  });

  test('no chain but its own is declared, so none other is emptied', () => {
    for (const file of ['before.rules', 'before6.rules', 'user.rules', 'user6.rules']) {
      const chains = ufw(file)
        .split('\n')
        .filter((line) => line.startsWith(':'));
      for (const chain of chains) expect(chain).toMatch(/^:(ufw6?|wayleave)-/);
    }
  });

  test('before.init is a program, which is what makes it executable', () => {
    const { plan, parts } = walkTo(smallSpec({ firewall: { kind: 'ufw' } }));
    const found = parts.find(({ name }) => name === 'firewall')?.host(plan, 'a').files ?? [];
    expect(found.find(({ path }) => path.endsWith('before.init'))?.content).toMatch(/^#!\/bin\/sh\n/);
  });
});

test('no rule that iptables holds names what k3s-killall.sh takes rules away for', () => {
  const { plan, parts } = walkTo(smallSpec({ firewall: { kind: 'ufw' }, cni: { kind: 'flannel', migrating: true } }));
  const files = parts.find(({ name }) => name === 'firewall')?.host(plan, 'a').files ?? [];
  const loaded = files.flatMap(({ content }) => content.split('\n')).filter((line) => /^-[AI] /.test(line));
  expect(loaded.some((line) => line.includes('-i flann+'))).toBe(true);
  expect(loaded.filter((line) => /flannel|KUBE-|CNI-/i.test(line))).toEqual([]);
});

test('UFW reads no kernel settings of its own, so its hardening is among the machine’s', () => {
  const settings = (kind: 'ufw' | 'nftables') => {
    const { plan, parts } = walkTo(smallSpec({ firewall: { kind } }));
    return parts.find(({ name }) => name === 'firewall')?.host(plan, 'a').sysctls ?? [];
  };
  expect(settings('ufw').map(({ key, value }) => [key, value])).toEqual([
    ['net.ipv4.conf.*.accept_redirects', '0'],
    ['-net.ipv6.conf.*.accept_redirects', '0'],
    ['net.ipv4.icmp_echo_ignore_broadcasts', '1'],
    ['net.ipv4.icmp_ignore_bogus_error_responses', '1'],
  ]);
  expect(settings('nftables')).toEqual([]);
});

test('after k3s-killall.sh UFW loses the rules that name Flannel’s device, and no other firewall does', () => {
  const titles = (spec: Parameters<typeof smallSpec>[0]) =>
    walkTo(smallSpec(spec)).plan.notes.map(({ title }) => title);
  expect(titles({ firewall: { kind: 'ufw' } })).toContain('After k3s-killall.sh');
  expect(titles({ firewall: { kind: 'nftables' } })).not.toContain('After k3s-killall.sh');
});
