# shellcheck shell=bash
# New firewall rules on trial: in the kernel alone, until somebody says that they let him in.

# Runs a command of this script later, whatever becomes of the session that asked for it.
later() {
  local seconds=$1 command=$2 program=$RUN/program
  rm -rf "$program.new"
  cp -R "$HERE" "$program.new"
  rm -rf "$program"
  mv "$program.new" "$program"
  if has_systemd; then
    systemd-run --quiet --collect --unit="wayleave$command" --on-active="$seconds" --timer-property=AccuracySec=100ms \
      bash "$program/host-setup.sh" "$command" || die "systemd-run cannot set a timer: say --no-confirm to do without one"
  else
    # It says when it is in a session of its own, and outlives whoever is killed from then on.
    # shellcheck disable=SC2016
    setsid --fork bash -c 'echo $$ | tee "$1"; exec >/dev/null; sleep "$2"; rm -f "$1"; exec bash "$3" "$4"' later \
      "$RUN/$command.pid" "$seconds" "$program/host-setup.sh" "$command" </dev/null 2>/dev/null 9>&- | read -r _ ||
      die "cannot write to $RUN: it must be a writable file system with some room"
  fi
}

never() {
  if has_systemd; then
    systemctl stop "wayleave$1.timer" 2>/dev/null || true
  elif [ -e "$RUN/$1.pid" ]; then
    # It leads a group of its own, in which it sleeps.
    kill -- "-$(<"$RUN/$1.pid")" 2>/dev/null || true
    rm -f "$RUN/$1.pid"
  fi
}

# The way back is set before the first new rule is. A clock that finds no trial does nothing.
begin_trial() {
  local trial=$RUN/trial
  rm -rf "$trial.new"
  mkdir "$trial.new"
  cp -r "$WORK/rules.now" "$trial.new/rules"
  cp -a "$WANT" "$trial.new/want"
  changes_of firewall >"$trial.new/changes"
  later "$CONFIRM_SECONDS" _revert
  mv "$trial.new" "$trial"
}

# Whether the clock has just begun to take rules back.
wait_for_return() { [ ! -d "$RUN/returning" ] || { flock -w 30 "$RUN/returning" true && rm -rf "$RUN/returning"; }; }

must_not_be_on_trial() {
  wait_for_return
  [ ! -d "$RUN/trial" ] || die 'new firewall rules wait to be confirmed: host-setup.sh confirm, or wait until they have returned to the former ones'
}

# Whoever renames the folder first decides: the operator or the clock.
confirm() {
  mv -T "$RUN/trial" "$RUN/kept" 2>/dev/null || [ -d "$RUN/kept" ] ||
    die 'nothing waits to be confirmed: no new firewall rules were applied, or they have returned to the former ones. Find out why you did not get in, and apply again'
  never _revert
  put_firewall "$RUN/kept/want" "$RUN/kept/changes"
  rm -rf "$RUN/kept"
  finish 'the firewall rules are on disk, and stay'
}

put_firewall() {
  local verb path units=()
  stage "$1" <"$2" || die 'the firewall cannot be written to disk: make room or make /etc writable, and confirm again'
  # The units last: what they load is there before they are.
  { grep -v /systemd/ "$2" || true; grep /systemd/ "$2" || true; } >"$WORK/ordered"
  put "$1" <"$WORK/ordered"
  has_systemd || return 0
  systemctl daemon-reload
  while read -r verb path; do
    case $verb:$path in write:etc/systemd/system/wayleave-*.service) units+=("${path##*/}") ;; esac
  done <"$2"
  [ ${#units[@]} -eq 0 ] || systemctl start "${units[@]}"
}

revert() {
  mv -T "$RUN/trial" "$RUN/returning" 2>/dev/null || [ -d "$RUN/returning" ] || return 0
  exec 7<"$RUN/returning" && flock 7
  load_rules "$RUN/returning/rules"
  rm -rf "$RUN/returning"
  ! has logger || logger -t host-setup 'nobody confirmed the new firewall rules: the former ones are back' || true
}

end_trial() {
  rm -rf "$RUN/trial.new"
  ! mv -T "$RUN/trial" "$RUN/ended" 2>/dev/null || never _revert
  rm -rf "$RUN/ended" "$RUN/kept"
  wait_for_return
}
