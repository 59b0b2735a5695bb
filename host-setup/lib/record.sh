# shellcheck shell=bash
# What was before the last apply, kept until the next one that changes something.

# Collects it in a folder beside; nothing is undone by it until it is complete and `begin` has moved it in place.
# After a run that was stopped half-way the record of that run is kept on, and only what it lacks is added.
prepare_record() {
  local next=$STATE/next verb path folder
  if was_stopped; then cp -a "$STATE/last" "$next"; else mkdir "$next"; fi
  mkdir -p "$next/files" "$next/wg"
  touch "$next/absent" "$next/folders" "$next/sysctls" "$next/keys"
  # The list of managed files is undone like any other.
  printf 'write %s\n' "${STATE#"$ROOT/"}/managed" | cat - "$WORK/changes" >"$WORK/record"
  while read -r verb path; do
    ! there "$next/files/$path" && ! grep -qFx "$path" "$next/absent" || continue
    if there "$ROOT/$path"; then
      mkdir -p "$next/files/${path%/*}"
      cp -a "$ROOT/$path" "$next/files/$path"
    else
      printf '%s\n' "$path" >>"$next/absent"
    fi
    folder=$ROOT/${path%/*}
    while [ ! -d "$folder" ]; do
      grep -qFx "${folder#"$ROOT"}" "$next/folders" || printf '%s\n' "${folder#"$ROOT"}" >>"$next/folders"
      folder=${folder%/*}
    done
  done <"$WORK/record"
  [ -n "$ROOT" ] || record_running "$next"
}

record_running() {
  local next=$1 path value device
  {
    wanted_sysctls | cut -d ' ' -f 1
    # The kernel sets these anew when forwarding changes.
    printf '%s\n' /proc/sys/net/ipv4/conf/*/{forwarding,accept_redirects} /proc/sys/net/ipv6/conf/*/forwarding
  } | while read -r path; do printf '%s %s\n' "$path" "$(sysctl_value "$path")"; done >"$WORK/sysctls"
  # What is recorded first is what was before.
  cat "$next/sysctls" "$WORK/sysctls" | awk '!seen[$1]++' >"$next/sysctls.all"
  mv "$next/sysctls.all" "$next/sysctls"
  for device in $(wireguard_devices); do
    [ -e "$next/wg/$device" ] || wireguard_now "$device" >"$next/wg/$device"
  done
  [ -d "$next/firewall" ] || cp -r "$WORK/rules.now" "$next/firewall"
}

# From here on the machine changes, and the record says what it was.
begin() {
  sync -f "$STATE"
  rm -rf "$STATE/former"
  [ ! -d "$STATE/last" ] || mv "$STATE/last" "$STATE/former"
  mv "$STATE/next" "$STATE/last"
  sync -f "$STATE"
  rm -rf "$STATE/former"
  CHANGING=yes
}

# What files there were before Wayleave's, for the day on which one is generated no longer.
keep_originals() {
  local path
  managed | comm -13 - "$WORK/wanted" | while IFS= read -r path; do
    there "$ROOT/$path" || continue
    mkdir -p "$STATE/original/${path%/*}"
    cp -a "$ROOT/$path" "$STATE/original/$path"
  done
}

write_managed() {
  { printf '%s\n' "$CLUSTER/$NODE" && sort -u; } >"$STATE/managed.new"
  sync "$STATE/managed.new"
  mv -f "$STATE/managed.new" "$STATE/managed"
}

was_stopped() { [ -d "$STATE/last" ] && [ ! -e "$STATE/last/done" ]; }

# Leftovers of a run that was stopped before it changed anything: in `begin`, or ahead of it.
clear_next() {
  if [ -d "$STATE/last" ]; then rm -rf "$STATE/former"; elif [ -d "$STATE/former" ]; then mv "$STATE/former" "$STATE/last"; fi
  [ -d "$STATE/next" ] || return 0
  remove_leftovers "$STATE/next"
  rm -rf "$STATE/next"
}

remove_leftovers() {
  local path
  { find "$1/files" ! -type d -printf '%P\n' || true; cat "$1/absent" || true; } 2>/dev/null | while IFS= read -r path; do
    rm -f "$(temporary "$path")"
  done
  rm -rf "$ROOT/etc/.ufw.wayleave"
  [ ! -s "$1/folders" ] || sort -r "$1/folders" | while IFS= read -r path; do
    rmdir "$ROOT$path" 2>/dev/null || true
  done
}

rollback() {
  clear_next
  [ -d "$STATE/last" ] || die 'there is nothing to go back to: the last apply changed nothing, or is undone already'
  undo
  finish 'everything is as it was before the last apply'
}

undo() {
  local last=$STATE/last path device
  end_trial
  # What was to come must not pass for what was.
  remove_leftovers "$last"
  {
    (cd "$last/files" && find . ! -type d -printf '%P\n') | sed 's/^/write /'
    sed 's/^/remove /' "$last/absent"
  } | while read -r verb path; do
    case $path in "$MANIFESTS"/*) [ ! -e "$ROOT/var/lib/rancher/k3s/server/db" ] || continue ;; esac
    same_file "$last/files/$path" "$ROOT/$path" 2>/dev/null || printf '%s %s\n' "$verb" "$path"
  done >"$WORK/undo"
  if [ -z "$ROOT" ]; then
    [ ! -d "$last/firewall" ] || load_rules "$last/firewall"
    for path in "$last"/wg/*; do
      [ -e "$path" ] && [ ! -s "$path" ] && wireguard_down "$(basename "$path")"
    done
  fi
  put "$last/files" <"$WORK/undo"
  keys_back
  remove_leftovers "$last"
  if [ -z "$ROOT" ]; then
    ! has_systemd || systemctl daemon-reload
    for path in "$last"/wg/*; do
      device=$(basename "$path")
      [ -s "$path" ] || continue
      wireguard_exists "$device" || wireguard_up "$device"
      wireguard_sync "$device" "$path"
    done
    in_sysctl_order <"$last/sysctls" | while read -r path value; do
      [ ! -e "$path" ] || [ "$(sysctl_value "$path")" = "$value" ] || printf '%s\n' "$value" 2>/dev/null >"$path" || true
    done
  fi
  rm -rf "$STATE/undone"
  mv "$last" "$STATE/undone"
  rm -rf "$STATE/undone"
}

# At the end of a run that failed half-way.
undo_what_failed() {
  if [ -n "${CHANGING-}" ]; then
    CHANGING=
    (undo) && say 'what had been changed is undone' || printf 'host-setup: not all of it could be undone: run host-setup.sh rollback\n' >&2
  elif [ -n "${PREPARING-}" ]; then
    clear_next
  fi
}
