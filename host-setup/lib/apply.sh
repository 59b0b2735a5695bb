# shellcheck shell=bash
# What differs, and the steps that make it agree.

# Everything that can be refused is refused here, before anything is changed.
prepare() {
  load_folder
  must_be_this_machine
  make_wanted
  [ -z "$(fact overlay)" ] || has wg || [ -n "$ROOT" ] || return 0
  check_wireguard
  check_ports
}

find_differences() {
  find_changes >"$WORK/changes"
  [ -n "$ROOT" ] || compare_rules
  list_services >"$WORK/services"
}

# What is loaded or reloaded, a line each.
list_services() {
  local device path now value
  missing_packages | sed 's/^/install the package /'
  missing_modules | sed 's/^/load the kernel module /'
  [ -z "$ROOT" ] || return 0
  while IFS=$'\t' read -r path now value; do
    printf 'set %s from %s to %s\n' "${path#/proc/sys/}" "$now" "$value"
  done < <(changed_sysctls)
  for device in $(wireguard_devices); do
    if [ ! -e "$WANT/etc/wireguard/$device.conf" ]; then
      printf 'stop wg-quick@%s\n' "$device"
    elif ! wireguard_exists "$device"; then
      printf 'start wg-quick@%s\n' "$device"
    elif wireguard_differs "$device" "$WANT/etc/wireguard/$device.conf"; then
      printf 'reload %s with wg syncconf; its tunnels stand\n' "$device"
    fi
  done
  ! rules_differ || printf 'replace the rules of the firewall%s\n' "${CONFIRM_SECONDS:+, to be confirmed within $CONFIRM_SECONDS seconds}"
  ! has_systemd || ! grep -q ' etc/systemd/' "$WORK/changes" || printf 'systemctl daemon-reload\n'
  by_hand
}

# What this script does not restart, since it takes more than this machine to know when.
by_hand() {
  local path unit=k3s
  [ "$(fact k3s)" != agent ] || unit=k3s-agent
  while read -r _ path; do
    case $path in
      etc/rancher/k3s/* | etc/systemd/system/k3s*) [ ! -e /var/lib/rancher/k3s/agent ] || printf 'by hand, one node at a time: systemctl restart %s\n' "$unit" ;;
      etc/modules-load.d/* | etc/sysctl.d/* | etc/wireguard/* | etc/systemd/* | "$MANIFESTS"/*) ;;
      *) is_of firewall "$path" || printf 'by hand: restart what reads /%s\n' "$path" ;;
    esac
  done <"$WORK/changes" | sort -u
}

# 3: something would change.
plan() {
  prepare
  find_differences
  local changed=0
  [ ! -s "$WORK/changes" ] && [ ! -s "$WORK/services" ] || changed=3
  if [ -n "$JSON" ]; then
    print_changes
  else
    show_changes
    sed 's/^/* /' "$WORK/services"
    [ $changed = 3 ] || say "nothing to change: this machine is $CLUSTER/$NODE"
    [ ! -d "$RUN/trial" ] || say 'new firewall rules wait to be confirmed: host-setup.sh confirm'
  fi
  exit $changed
}

print_changes() {
  local changed=true
  [ -s "$WORK/changes" ] || [ -s "$WORK/services" ] || changed=false
  printf '{"node": %s, "changed": %s, "toConfirm": %s, "files": ' "$(json_text "$CLUSTER/$NODE")" "$changed" \
    "$([ -d "$RUN/trial" ] && printf true || printf false)"
  json_list <"$WORK/changes"
  printf ', "services": '
  json_list <"$WORK/services"
  printf '}\n'
}

apply() {
  must_not_be_on_trial
  prepare
  install_packages
  # Packages may have brought files and interfaces.
  check_wireguard
  clear_next
  ! was_stopped || remove_leftovers "$STATE/last"
  rm -rf "$RUN/kept"
  find_differences
  if [ ! -s "$WORK/changes" ] && ! grep -qv '^by hand' "$WORK/services" && ! was_stopped; then
    say "nothing to change: this machine is $CLUSTER/$NODE"
    [ -z "$JSON" ] || print_changes
    return 0
  fi
  [ -n "$JSON" ] || sed 's/^/* /' "$WORK/services"
  PREPARING=yes
  IF_IT_FAILS='there is no room for the new files, or their folders are read-only, as the line above says. Nothing was changed'
  prepare_record
  stage "$WANT" <"$WORK/changes"
  begin
  IF_IT_FAILS=
  keep_originals
  cut -d ' ' -f 2 "$WORK/changes" | cat - <(managed) "$WORK/wanted" | write_managed
  change
  write_managed <"$WORK/wanted"
  touch "$STATE/last/done"
  sync -f "$STATE"
  CHANGING=
  if [ -d "$RUN/trial" ]; then
    say "The new firewall rules are in the kernel and not on disk. Within $CONFIRM_SECONDS seconds, from a new SSH session: host-setup.sh confirm"
  fi
  say "this machine is $CLUSTER/$NODE"
  [ -z "$JSON" ] || print_changes
}

# The steps, in the order in which each finds what it needs.
change() {
  put_step modules
  [ -n "$ROOT" ] || load_modules
  put_step sysctls
  set_sysctls < <(wanted_sysctls)
  change_wireguard
  change_firewall
  put_step k3s
  put_step manifests
  ! has_systemd || systemctl daemon-reload
}

put_step() {
  local list=$WORK/step
  changes_of "$1" >"$list"
  put "$WANT" <"$list"
}

change_wireguard() {
  local device
  if [ -z "$ROOT" ]; then
    for device in $(wireguard_devices); do
      [ -e "$WANT/etc/wireguard/$device.conf" ] || wireguard_down "$device"
    done
  fi
  put_step wireguard
  [ -z "$ROOT" ] || return 0
  ! has_systemd || systemctl daemon-reload
  for device in $(wireguard_devices); do
    [ -e "$KEYS/$device.conf" ] || continue
    if is_next_key "$device" && [ "$(wg pubkey <"$KEYS/$device.key")" != "$(wg pubkey <"$KEYS/$device.key.new")" ]; then
      take_next_key "$device"
    fi
    if ! wireguard_exists "$device"; then
      wireguard_up "$device"
    elif wireguard_differs "$device" "$KEYS/$device.conf"; then
      wireguard_sync "$device" "$KEYS/$device.conf"
    fi
  done
}

# On trial only what is loaded is new; files that load the rules that are there already need no trial.
change_firewall() {
  local path
  changes_of firewall >"$WORK/firewall"
  if [ -n "$ROOT" ]; then
    put "$WANT" <"$WORK/firewall"
  elif [ -n "$CONFIRM_SECONDS" ] && rules_differ; then
    while read -r _ path; do rm -f "$(temporary "$path")"; done <"$WORK/firewall"
    begin_trial
    load_rules "$WORK/rules.want"
  else
    ! rules_differ || load_rules "$WORK/rules.want"
    put_firewall "$WANT" "$WORK/firewall"
  fi
}
