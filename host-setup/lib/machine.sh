# shellcheck shell=bash
# The machine itself: rights, distribution, packages, kernel modules and settings.

must_be_root() { [ "$EUID" -eq 0 ] || die "only root may do this: sudo host-setup.sh $COMMAND $DIR"; }

must_be_debian() {
  local id
  id=$(sed -n 's/^ID\(_LIKE\)\{0,1\}=//p' "$ROOT/etc/os-release" 2>/dev/null | tr -d '"' | tr '\n' ' ') || true
  [[ " $id " =~ \ (debian|ubuntu)\  ]] ||
    die "this is neither Debian nor Ubuntu (${ROOT}/etc/os-release says ${id:-nothing}): packages and paths differ there. Apply the files by hand, as NETWORK.md's first start has it"
}

# Folders for this run and for what outlasts it. Readable by root alone: copies of configurations lie there.
open_work() {
  mkdir -p "$RUN" 2>/dev/null && WORK=$(mktemp -d "$RUN/work.XXXXXX" 2>/dev/null) ||
    die "cannot write to $RUN: it must be a writable file system with some room"
  trap leave EXIT
  set -E
  trap 'unexpected "$BASH_COMMAND"' ERR
}

# A command that fails and that nobody asked about. What it printed stands above.
unexpected() { printf 'host-setup: %s\n' "${IF_IT_FAILS:-stopped, since this failed: $1}" >&2; }

leave() {
  local status=$?
  trap - EXIT
  [ "$status" -eq 0 ] || undo_what_failed
  rm -rf "$WORK"
  exit "$status"
}

lock() {
  mkdir -p "$STATE" 2>/dev/null && exec 9>"$STATE/lock" || die "cannot write to $STATE: it must be writable, with some room"
  flock -n 9 || die "another run of host-setup.sh is at work on this machine: wait until it ends"
  find "$RUN" -maxdepth 1 -name 'work.*' ! -path "$WORK" -exec rm -rf {} +
}

has() { command -v "$1" >/dev/null; }
has_systemd() { [ -z "$ROOT" ] && [ -d /run/systemd/system ]; }

missing_packages() {
  [ -f "$NEW/packages.txt" ] || return 0
  sed 's/ *#.*//; /^$/d' "$NEW/packages.txt" | sort -u >"$WORK/packages"
  # shellcheck disable=SC2016
  { xargs dpkg-query ${ROOT:+--admindir="$ROOT/var/lib/dpkg"} -W -f '${db:Status-Status} ${Package}\n' <"$WORK/packages" 2>/dev/null || true; } |
    sed -n 's/^installed //p' | sort -u | comm -13 - "$WORK/packages"
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0
  [ -z "$ROOT" ] || die "packages are missing in $ROOT: chroot $ROOT apt-get install -y ${missing[*]}"
  [ -n "$INSTALL" ] || die "packages are missing. Install them, or say --install: apt-get update && apt-get install -y ${missing[*]}"
  say "installing ${missing[*]}"
  apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    die "apt-get could not install ${missing[*]}: see above. Nothing else was changed"
}

# Names of modules that the kernel neither has loaded nor built in.
missing_modules() {
  local name file=$NEW/etc/modules-load.d/wayleave.conf
  [ -z "$ROOT" ] && [ -f "$file" ] || return 0
  sed 's/ *#.*//; /^$/d' "$file" | while read -r name; do
    [ -d "/sys/module/${name//-/_}" ] ||
      grep -q "/${name//_/[_-]}\.ko" "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null || printf '%s\n' "$name"
  done
}

load_modules() {
  local name
  while read -r name; do
    modprobe "$name" || die "the kernel has no module $name: install the kernel package that brings it (linux-image-amd64, or linux-modules-extra-\$(uname -r) on Ubuntu) and boot it"
  done < <(missing_modules)
}

# "PATH VALUE" of every setting in order: what resets others stands before them. Source: kernel ip-sysctl.rst, ip_forward.
wanted_sysctls() {
  local optional key value path file=$NEW/etc/sysctl.d/99-wayleave.conf
  [ -z "$ROOT" ] && [ -f "$file" ] || return 0
  # In a key `.` stands for `/`, and `/` for `.`.
  sed -nE 's/^(-?)([^ =#]+) *= *(.*)$/\1|\2|\3/p' "$file" | while IFS='|' read -r optional key value; do
    key=${key//./|} key=${key//\//.}
    for path in /proc/sys/${key//|//}; do
      [ -e "$path" ] || [ -z "$optional" ] || continue
      printf '%s %s\n' "$path" "$value"
    done
  done | in_sysctl_order
}

in_sysctl_order() {
  awk '{ rank = $1 ~ /(ip_forward|all\/forwarding)$/ ? 0 : $1 ~ /\/all\// ? 1 : $1 ~ /\/default\// ? 2 : 3; print rank "\t" $0 }' |
    sort -s -k1,1n | cut -f2-
}

sysctl_value() {
  local value=absent
  [ ! -e "$1" ] || read -r value <"$1" || true
  printf '%s\n' "${value//$'\t'/ }"
}

# "PATH NOW WANTED" of settings that have another value.
changed_sysctls() {
  local path value now
  while read -r path value; do
    now=$(sysctl_value "$path")
    [ "$now" = "$value" ] || printf '%s\t%s\t%s\n' "$path" "$now" "$value"
  done < <(wanted_sysctls)
}

set_sysctls() {
  local path value
  while read -r path value; do
    [ "$(sysctl_value "$path")" = "$value" ] || printf '%s\n' "$value" 2>/dev/null >"$path" ||
      die "the kernel does not take $value for $path: is the module loaded that it belongs to?"
  done
}
