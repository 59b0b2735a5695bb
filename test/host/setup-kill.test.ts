import { makeKey } from './keys';
import { Random } from './random';
import { Report } from './report';
import { requireHost } from './requirements';
import { KILLER, killPoints, spread, type KillPoint } from './setup-killer';
import { SetupMachine } from './setup-machine';
import { onOverlay, type Firewall } from './setup-specs';

requireHost();

const KINDS = ['nftables', 'ufw'] as const;
/** Points of each firewall: 50 at the least of both. */
const POINTS = { nftables: 28, ufw: 28 };
/** Points at which new rules are on their way into the kernel. */
const ON_TRIAL = 4;

const seed = Number(process.env['WAYLEAVE_SEED'] ?? Date.now() % 2 ** 31);
const varies = (title: string) => ({ title, varies: true }) as const;
const report = new Report('kill-points', [
  'firewall',
  'killed in',
  varies('of its commands'),
  varies('killed before'),
  varies('and once more'),
  varies('nothing changed yet'),
  varies('in between'),
  varies('all done'),
  varies('put right by rollback'),
  varies('put right by apply, undone by rollback'),
]);
report.say(`Drawn with seed ${seed}.`);

const keys = { a: makeKey(), b: makeKey() };
const ORDER = [
  'record and new files beside the old',
  'list of what is managed',
  'other files',
  'sysctls',
  'WireGuard',
  'wg-quick',
  'firewall',
];

let machine: SetupMachine;
beforeAll(async () => {
  machine = await SetupMachine.open('a');
  machine.host.run('ip link add eth0 type bridge; ip address add 192.0.2.1/24 dev eth0; ip link set eth0 up');
  machine.host.run('cat > /run/killer.sh', KILLER);
});
afterAll(async () => {
  await machine.close();
  report.check();
});

interface Tally {
  commands: number;
  points: number;
  twice: number;
  nothing: number;
  between: number;
  all: number;
  byRollback: number;
  byApply: number;
}

/** One machine, what is to be applied to it, and its states before and after. */
function scene(kind: Firewall, option: readonly string[]) {
  const folder = machine.carry(onOverlay({ a: keys.a.publicKey, b: keys.b.publicKey }, kind), 'a');
  machine.reset();
  machine.host.run('umask 077; cat > /etc/wireguard/wg-test.key', `${keys.a.privateKey}\n`);
  const before = machine.state();
  const traced = (killAt: number | '' = '') =>
    machine.setup(['apply', folder, ...option], `rm -f /run/steps; export BASH_ENV=/run/killer.sh KILL_AT=${killAt}`);
  const rollback = () => machine.setup(['rollback']);

  expect(traced()).toMatchObject({ code: 0, err: '' });
  const points = killPoints(machine.host.run('cat /run/steps'));
  if (option.includes('--no-confirm')) expect(machine.setup(['plan', folder]).code).toBe(0);
  const after = machine.state();
  expect(rollback()).toMatchObject({ code: 0, err: '' });
  expect(machine.state()).toBe(before);

  const kill = ({ at, step }: KillPoint) => {
    const { code } = traced(at);
    expect({ at, code, step: machine.host.run('tail -n 1 /run/steps') }).toEqual({ at, code: 137, step: `${step}\n` });
  };
  return { folder, before, after, points, traced, kill, rollback };
}

test.each(KINDS)(
  '%s: killed at any point, a run leaves a machine that rollback or apply puts right',
  (kind: Firewall) => {
    const { folder, before, after, points, traced, kill, rollback } = scene(kind, ['--no-confirm']);
    const random = new Random(seed);
    const drawn = spread(points, POINTS[kind], random);
    expect(drawn).toHaveLength(POINTS[kind]);
    const tallies = new Map<string, Tally>();
    for (const { part } of points) {
      const tally = tallies.get(part);
      if (tally !== undefined) tally.commands++;
      else
        tallies.set(part, {
          commands: 1,
          points: 0,
          twice: 0,
          nothing: 0,
          between: 0,
          all: 0,
          byRollback: 0,
          byApply: 0,
        });
    }
    for (const point of drawn) {
      const where = `killed before command ${point.at} of ${points.length}: ${point.step}`;
      const tally = tallies.get(point.part);
      if (tally === undefined) throw new Error(`no part ${point.part}`);
      kill(point);
      const found = machine.state();
      tally[found === before ? 'nothing' : found === after ? 'all' : 'between']++;
      // Of one part in turn, so that either has seen each.
      const how = tally.points++ % 2 === 0 ? 'byRollback' : 'byApply';
      // The run that was to complete it is killed, too.
      if ([3, 4].includes(tally.points)) {
        traced(1 + random.number(points.length));
        tally.twice++;
      }
      if (how === 'byApply') {
        expect([where, machine.setup(['apply', folder, '--no-confirm'])]).toEqual([
          where,
          expect.objectContaining({ code: 0, err: '' }),
        ]);
        expect([where, machine.state()]).toEqual([where, after]);
      }
      // What is recorded is what was before the run that was killed.
      const { err } = rollback();
      expect([where, err]).toEqual([
        where,
        expect.stringMatching(how === 'byApply' ? /^$/ : /^(|.*nothing to go back to.*\n)$/),
      ]);
      expect([where, machine.state()]).toEqual([where, before]);
      // Nothing is left that a later run could take for its own record.
      expect([where, machine.host.run('ls /var/lib/wayleave')]).toEqual([
        where,
        expect.not.stringMatching(/last|former|next|undone/),
      ]);
      tally[how]++;
    }
    expect([...tallies.keys()].sort()).toEqual([...ORDER].sort());
    for (const part of ORDER) {
      const tally = tallies.get(part);
      if (tally === undefined) continue;
      const { commands, twice, nothing, between, all, byRollback, byApply } = tally;
      report.add([kind, part, commands, tally.points, twice, nothing, between, all, byRollback, byApply]);
    }
  },
  600_000,
);

test.each(KINDS)(
  '%s: rules on trial return by themselves, whenever the run that brought them was killed',
  (kind: Firewall) => {
    const { folder, before, points, kill, rollback } = scene(kind, ['--confirm-within', '1']);
    const loading = points.filter(({ part }) => part === 'firewall');
    const drawn = spread(loading, ON_TRIAL, new Random(seed));
    expect(drawn.length).toBeGreaterThan(1);
    for (const [i, point] of drawn.entries()) {
      kill(point);
      machine.clockStands('_revert');
      const rules = machine.host.run('iptables-save; ip6tables-save; nft list tables inet');
      expect([point.step, rules]).toEqual([point.step, expect.not.stringMatching(/wayleave|-A ufw/)]);
      if (i % 2 === 1) {
        expect(machine.setup(['apply', folder, '--no-confirm'])).toMatchObject({ code: 0, err: '' });
        expect([point.step, machine.setup(['plan', folder]).code]).toEqual([point.step, 0]);
      }
      expect([point.step, rollback()]).toEqual([point.step, expect.objectContaining({ code: 0, err: '' })]);
      expect([point.step, machine.state()]).toEqual([point.step, before]);
    }
  },
  300_000,
);
