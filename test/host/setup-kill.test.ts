import { Report } from './report';
import { requireHost } from './requirements';
import { SetupMachine } from './setup-machine';
import { makeKey, onOverlay, type Firewall } from './setup-specs';

requireHost();

/**
 * Counts the commands that change anything, of the script and of wg-quick, and kills all of them before the one whose
 * number is asked for. Bash reads it ahead of every script; the script itself knows nothing of it.
 */
const KILLER = `
case $0 in */host-setup.sh | */wg-quick) ;; *) return 0 ;; esac
set -o functrace
step() {
  printf '%s\\t%s\\n' "$2" "$1" >>/run/steps
  mapfile -t STEPS </run/steps
  [ "\${#STEPS[@]}" -lt "\${KILL_AT:-1000000}" ] || kill -KILL 0
}
trap '
  case $BASH_COMMAND in
    *\\$WORK* | *\\$NEW* | *\\$WANT/* | *\\$tree* | *\\$out* | *\\$RUN* | *\\$now* | *program.new*) ;;
    mv\\ * | cp\\ * | rm\\ * | rmdir\\ * | mkdir\\ * | touch\\ * | sync\\ * | wg\\ syncconf* | ip\\ link\\ set* | ip\\ *add\\ * | ip\\ *delete* | nft\\ -f* | wg-quick* | printf*\\>* | *-restore\\"* | \\"\\$@\\")
      step "$BASH_COMMAND" "\${FUNCNAME[*]}" ;;
  esac' DEBUG
`;

const PREPARED = ['prepare_record', 'stage', 'begin'];

/** The part of apply that a command belongs to, by the functions that it is called from. */
function partOf(step: string): string {
  const chain = (step.split('\t')[0] ?? '').split(' ').reverse();
  if (step.includes('\t"$@"')) return 'wg-quick';
  const inside = chain[chain.indexOf('apply') + 1] ?? '';
  if (PREPARED.includes(inside)) return 'record and new files beside the old';
  if (inside !== 'change') return 'list of what is managed';
  const part = chain[chain.indexOf('change') + 1] ?? '';
  return { change_wireguard: 'WireGuard', change_firewall: 'firewall', set_sysctls: 'sysctls' }[part] ?? 'other files';
}

const report = new Report('kill-points', [
  'firewall',
  'killed in',
  { title: 'points', varies: true },
  { title: 'nothing changed yet', varies: true },
  { title: 'in between', varies: true },
  { title: 'all done', varies: true },
  'put right by rollback',
  'put right by apply',
]);

/** Waits for the clock of a trial to have done its work. */
const ENDED =
  'while [ -e /run/wayleave/_revert.pid ] || [ -e /run/wayleave/trial ] || [ -e /run/wayleave/returning ]; do :; done';

const keys = { a: makeKey(), b: makeKey() };

let machine: SetupMachine;
beforeAll(async () => {
  machine = await SetupMachine.open('a');
});
afterAll(async () => {
  await machine.close();
  report.check();
});

interface Tally {
  points: number;
  nothing: number;
  between: number;
  all: number;
}

/** One machine, what is to be applied to it, and its states before and after. */
function scene(kind: Firewall, option: readonly string[]) {
  machine.host.run(
    `ip link show eth0 >/dev/null 2>&1 || { ip link add eth0 type bridge; ip address add 192.0.2.1/24 dev eth0; ip link set eth0 up; }`,
  );
  machine.host.run('cat > /run/killer.sh', KILLER);
  const folder = machine.carry(onOverlay({ a: keys.a.publicKey, b: keys.b.publicKey }, kind), 'a');
  const fresh = () => {
    machine.reset();
    machine.host.run('umask 077; cat > /etc/wireguard/wg-test.key', `${keys.a.privateKey}\n`);
  };
  const apply = (killAt?: number) =>
    machine.setup(
      ['apply', folder, ...option],
      `rm -f /run/steps; export BASH_ENV=/run/killer.sh KILL_AT=${killAt ?? ''}`,
    );
  fresh();
  const before = machine.state();
  expect(apply()).toMatchObject({ code: 0, err: '' });
  const after = machine.state();
  const steps = machine.host.run('cat /run/steps').trim().split('\n');
  fresh();
  const tallies = new Map<string, Tally>();
  const tally = (part: string, found: string) => {
    const counted = tallies.get(part) ?? { points: 0, nothing: 0, between: 0, all: 0 };
    counted.points++;
    if (found === before) counted.nothing++;
    else if (found === after) counted.all++;
    else counted.between++;
    tallies.set(part, counted);
  };
  const tell = () => {
    for (const [part, { points, nothing, between, all }] of tallies)
      report.add([kind, part, points, nothing, between, all, 'all', 'all']);
  };
  const points = steps.map((step, i) => ({
    at: i + 1,
    part: partOf(step),
    where: `killed before command ${i + 1} of ${steps.length}: ${step}`,
  }));
  const killed = ({ at, where }: { at: number; where: string }) => {
    expect([where, apply(at)]).toEqual([where, expect.objectContaining({ code: 137 })]);
    return machine.state();
  };
  const rollback = (where: string) => {
    expect([where, machine.setup(['rollback']).err]).toEqual([
      where,
      expect.stringMatching(/^(|.*nothing to go back to.*\n)$/),
    ]);
    expect([where, machine.state()]).toEqual([where, before]);
  };
  return { folder, before, after, points, apply, killed, rollback, tally, tell };
}

test.each([
  ['nftables', 2, 50],
  ['ufw', 8, 20],
] as const)(
  '%s: killed at any point, a run leaves a machine that rollback or apply puts right',
  (kind: Firewall, stride, least) => {
    const { after, points, apply, killed, rollback, tally, tell } = scene(kind, ['--no-confirm']);
    const tried = points.filter(({ at }) => at % stride === 0);
    expect(tried.length).toBeGreaterThanOrEqual(least);
    for (const point of tried) {
      tally(point.part, killed(point));
      rollback(point.where);
      killed(point);
      expect(apply()).toMatchObject({ code: 0, err: '' });
      expect([point.where, machine.state()]).toEqual([point.where, after]);
      // The record is of what was before the run that was killed, where that had begun to change anything.
      rollback(point.where);
    }
    tell();
  },
  1_800_000,
);

test.each(['nftables', 'ufw'] as const)(
  '%s: rules on trial return by themselves, whenever the run that brought them was killed',
  (kind: Firewall) => {
    const { folder, after, points, killed, rollback, tally, tell } = scene(kind, ['--confirm-within', '1']);
    const rules = () => machine.host.run('iptables-save; ip6tables-save; nft list tables inet');
    const tried = points.filter(({ part }) => part === 'firewall').filter((_, i) => kind === 'nftables' || i % 4 === 0);
    expect(tried.length).toBeGreaterThan(2);
    for (const point of tried) {
      tally('firewall, rules on trial', killed(point));
      machine.host.run(ENDED);
      expect([point.where, rules()]).toEqual([point.where, expect.not.stringMatching(/wayleave|-A ufw/)]);
      rollback(point.where);
      killed(point);
      machine.host.run(ENDED);
      expect(machine.setup(['apply', folder, '--no-confirm'])).toMatchObject({ code: 0, err: '' });
      expect([point.where, machine.setup(['plan', folder]).code]).toEqual([point.where, 0]);
      expect(after).toContain('wg-test');
      rollback(point.where);
    }
    tell();
  },
  1_800_000,
);
