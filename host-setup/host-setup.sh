#!/usr/bin/env bash
# Makes a machine into the node that Wayleave wrote a folder for. Debian and Ubuntu; run as root.
set -euo pipefail
umask 077
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$HERE/lib/report.sh"
. "$HERE/lib/folder.sh"
. "$HERE/lib/machine.sh"
. "$HERE/lib/files.sh"
. "$HERE/lib/record.sh"
. "$HERE/lib/wireguard.sh"
. "$HERE/lib/firewall.sh"
. "$HERE/lib/trial.sh"
. "$HERE/lib/apply.sh"
. "$HERE/lib/keys.sh"
. "$HERE/lib/verify.sh"
. "$HERE/lib/ssh.sh"

usage() {
  cat <<'END'
host-setup.sh COMMAND [DIR] [OPTIONS], where DIR is dist/CLUSTER/hosts/NODE

  plan DIR        what apply would change; exit code 0: nothing, 3: something
  apply DIR       changes it; new firewall rules return to the former ones unless confirmed
  confirm         keeps the new firewall rules, and writes them to disk
  rollback        back to what was before the last apply that changed something
  verify DIR      the running machine against DIR; exit code 1: they differ
  keys DIR        makes the WireGuard keys that are missing; prints public keys
  open-ssh        lets SSH in from anywhere for ten minutes

  --install            apply: install missing packages
  --no-confirm         apply: write the firewall to disk at once
  --confirm-within N   apply: seconds until unconfirmed rules return (60)
  --rotate             keys: make a second key, to follow the first
  --device NAME        keys: without DIR, for a spec that has no key yet
  --root TREE          plan, apply, rollback: a folder instead of the running machine
  --any-machine        though name or address are not the node's
  --json               for machines
END
}

COMMAND='' DIR='' ROOT='' JSON='' INSTALL='' ANY_MACHINE='' ROTATE='' DEVICE='' CONFIRM_SECONDS=60 SSH_SECONDS=600
words=()
while [ $# -gt 0 ]; do
  case $1 in
    --json) JSON=yes ;;
    --install) INSTALL=yes ;;
    --no-confirm) CONFIRM_SECONDS= ;;
    --any-machine) ANY_MACHINE=yes ;;
    --rotate) ROTATE=yes ;;
    --root | --device | --confirm-within | --for)
      [ $# -gt 1 ] || refuse_usage "$1 wants a value"
      case $1 in
        --root) ROOT=${2%/} ;;
        --device) DEVICE=$2 ;;
        --confirm-within) CONFIRM_SECONDS=$2 ;;
        --for) SSH_SECONDS=$2 ;;
      esac
      shift
      ;;
    -h | --help) usage && exit 0 ;;
    -*) refuse_usage "$1 is not an option" ;;
    *) words+=("$1") ;;
  esac
  shift
done
[ -d "$ROOT/" ] || refuse_usage "there is no folder $ROOT"
[[ $CONFIRM_SECONDS =~ ^[0-9]*$ && $SSH_SECONDS =~ ^[0-9]+$ ]] || refuse_usage 'seconds are a whole number'
COMMAND=${words[0]-} DIR=${words[1]-}
[ ${#words[@]} -le 2 ] || refuse_usage "${words[2]} is one word too many"

# What is kept across boots, what until the next one, and the keys.
STATE=$ROOT/var/lib/wayleave RUN=$ROOT/run/wayleave KEYS=$ROOT/etc/wireguard

case $COMMAND in
  plan | apply | verify | keys)
    [ -n "$DIR" ] || [ "$COMMAND$DEVICE" != "$COMMAND" ] || refuse_usage "name the node's folder: host-setup.sh $COMMAND dist/CLUSTER/hosts/NODE"
    ;;
  confirm | rollback | open-ssh | _revert | _close-ssh)
    [ -z "$DIR" ] || refuse_usage "$COMMAND takes no folder"
    ;;
  '') usage >&2 && exit 2 ;;
  *) refuse_usage "there is no command $COMMAND" ;;
esac
[ -z "$ROOT" ] || [[ $COMMAND =~ ^(plan|apply|rollback)$ ]] || refuse_usage "$COMMAND is about the running machine: leave --root out"
must_be_root
must_be_debian
open_work
[[ ! $COMMAND =~ ^(apply|keys|confirm|rollback)$ ]] || lock

case $COMMAND in
  plan) plan ;;
  apply) apply ;;
  verify) verify ;;
  keys) keys ;;
  confirm) confirm ;;
  rollback) rollback ;;
  open-ssh) open_ssh ;;
  _revert) revert ;;
  _close-ssh) close_ssh ;;
esac
