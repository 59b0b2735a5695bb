import type { Random } from './random';

/**
 * Counts the commands that change anything, of the script and of wg-quick, and kills all of them before the one whose
 * number is asked for. Bash reads it ahead of every script; the script itself knows nothing of it. The clock that takes
 * rules back is left alone: it is what outlives a run that is killed.
 */
export const KILLER = `
case $0:$* in *:_revert) return 0 ;; */host-setup.sh:* | */wg-quick:*) ;; *) return 0 ;; esac
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

/** A command before which a run is killed. */
export interface KillPoint {
  readonly at: number;
  readonly part: string;
  /** The functions that it is called from, and the command. */
  readonly step: string;
}

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

/** What `/run/steps` of a run that was not killed lists. */
export const killPoints = (steps: string): KillPoint[] =>
  steps
    .trim()
    .split('\n')
    .map((step, i) => ({ at: i + 1, part: partOf(step), step }));

/** So many points, as many of each part as of any other while it has them. */
export function spread(points: readonly KillPoint[], count: number, random: Random): KillPoint[] {
  const parts = [...new Set(points.map(({ part }) => part))].map((part) =>
    points.filter((point) => point.part === part),
  );
  const drawn: KillPoint[] = [];
  while (drawn.length < count && parts.some((left) => left.length > 0))
    for (const left of parts)
      if (left.length > 0 && drawn.length < count) drawn.push(...left.splice(random.number(left.length), 1));
  return drawn.sort((a, b) => a.at - b.at);
}
