# shellcheck shell=bash
# The files of a node: which there are to be, which differ, and how they are put in place.

# The tree that the folder asks for: its files with their modes, and the links that start units at boot.
make_wanted() {
  local path
  WANT=$WORK/want
  mkdir "$WANT"
  (cd "$NEW" && find . -type f \( -path './etc/*' -o -path "./$MANIFESTS/*" \) -printf '%P\n' | sort) >"$WORK/files"
  while IFS= read -r path; do
    case $path in
      # K3s has applied these; from now on they are Argo CD's or the operator's.
      "$MANIFESTS"/*) [ ! -e "$ROOT/var/lib/rancher/k3s/server/db" ] || continue ;;
    esac
    install -D -m "$(mode_of "$path")" "$NEW/$path" "$WANT/$path"
    case $path in
      etc/wireguard/*.conf) link_unit /lib/systemd/system/wg-quick@.service "wg-quick@$(basename "$path" .conf).service" ;;
      etc/ufw/ufw.conf) link_unit /lib/systemd/system/ufw.service ufw.service ;;
      etc/systemd/system/*.service) link_unit "/$path" "${path##*/}" ;;
    esac
  done <"$WORK/files"
  (cd "$WANT" && find . ! -type d -printf '%P\n' | sort) >"$WORK/wanted"
}

# What `systemctl enable` would do, so that it can be planned and undone like any other file.
link_unit() {
  local unit=$1 name=$2 target folder
  target=$(sed -n 's/^WantedBy=\([^ ]*\).*/\1/p' "$NEW$unit" "$ROOT$unit" 2>/dev/null | head -n 1) || true
  [ -n "$target" ] || return 0
  folder=$WANT/etc/systemd/system/$target.wants
  mkdir -p "$folder"
  ln -s "$unit" "$folder/$name"
}

# A WireGuard configuration is the operator's business alone.
mode_of() {
  local first=
  read -r -n 2 first <"$NEW/$1" || true
  case $1:$first in
    etc/wireguard/*) printf 600 ;;
    *:'#!') printf 755 ;;
    *) printf 644 ;;
  esac
}

# Whether a file is put in place in this step of apply.
is_of() {
  case $2 in
    etc/ufw/* | etc/default/ufw | */ufw.service | etc/wayleave/*.nft | etc/systemd/system/*wayleave-*.service) [ "$1" = firewall ] ;;
    etc/modules-load.d/*) [ "$1" = modules ] ;;
    etc/sysctl.d/*) [ "$1" = sysctls ] ;;
    etc/wireguard/* | *wg-quick@*) [ "$1" = wireguard ] ;;
    "$MANIFESTS"/*) [ "$1" = manifests ] ;;
    *) [ "$1" = k3s ] ;;
  esac
}

there() { [ -e "$1" ] || [ -L "$1" ]; }

same_file() {
  if [ -L "$1" ] || [ -L "$2" ]; then
    [ "$(readlink "$1")" = "$(readlink "$2")" ]
  else
    [ -f "$2" ] && cmp -s "$1" "$2" && [ "$(stat -c %a "$1")" = "$(stat -c %a "$2")" ]
  fi
}

managed() { tail -n +2 "$STATE/managed" 2>/dev/null || true; }

# "write PATH", "remove PATH": the former is in $WANT. A file that is generated no longer goes, or gives way to the one
# that was there before it.
find_changes() {
  local path
  while IFS= read -r path; do
    [ ! -d "$ROOT/$path" ] || [ -L "$ROOT/$path" ] || die "/$path is a folder where a file is to go: move it away"
    same_file "$WANT/$path" "$ROOT/$path" || printf 'write %s\n' "$path"
  done <"$WORK/wanted"
  managed | comm -23 - "$WORK/wanted" | while IFS= read -r path; do
    case $path in "$MANIFESTS"/*) continue ;; esac
    if there "$STATE/original/$path"; then
      mkdir -p "$WANT/${path%/*}"
      cp -a "$STATE/original/$path" "$WANT/$path"
      same_file "$WANT/$path" "$ROOT/$path" || printf 'write %s\n' "$path"
    elif there "$ROOT/$path"; then
      printf 'remove %s\n' "$path"
    fi
  done
}

# Those of one step.
changes_of() {
  local verb path
  while read -r verb path; do
    ! is_of "$1" "$path" || printf '%s %s\n' "$verb" "$path"
  done <"$WORK/changes"
}

temporary() { printf '%s/%s/.%s.wayleave' "$ROOT" "${1%/*}" "${1##*/}"; }

# Writes the files of a list beside their places, so that a disk that is full or cannot be written says so beforehand.
stage() {
  local source=$1 verb path new files=()
  while read -r verb path; do
    new=$(temporary "$path")
    [ -d "${new%/*}" ] || make_folder "${new%/*}" || return 1
    [ "$verb" = write ] || continue
    cp -a "$source/$path" "$new" || return 1
    [ -L "$new" ] || files+=("$new")
  done
  [ ${#files[@]} -eq 0 ] || sync "${files[@]}"
}

# K3s's data and WireGuard's files are root's alone.
make_folder() {
  case $1 in
    */etc/wireguard | */var/lib/rancher/*) mkdir -p "$1" ;;
    *) (umask 022 && mkdir -p "$1") ;;
  esac
}

# Puts the files of a list in place, each by one rename. Of /etc/ufw all or none: half of it is another firewall.
put() {
  local source=$1 verb path new folders=("$ROOT/etc")
  : >"$WORK/ufw"
  while read -r verb path; do
    case $path in etc/ufw/*)
      printf '%s %s\n' "$verb" "$path" >>"$WORK/ufw"
      continue
      ;;
    esac
    new=$(temporary "$path")
    if [ "$verb" = write ]; then
      there "$new" || stage "$source" <<<"$verb $path"
      mv -fT "$new" "$ROOT/$path"
    else
      rm -f "$ROOT/$path"
      [ "${path%/*}" != etc/wayleave ] || rmdir "$ROOT/etc/wayleave" 2>/dev/null || true
    fi
    [ ! -d "${new%/*}" ] || folders+=("${new%/*}")
  done
  sync "${folders[@]}"
  [ ! -s "$WORK/ufw" ] || put_ufw "$source"
}

put_ufw() {
  local source=$1 verb path folder=$ROOT/etc/ufw new=$ROOT/etc/.ufw.wayleave
  rm -rf "$new"
  cp -a "$folder" "$new"
  while read -r verb path; do
    rm -f "$new/${path#etc/ufw/}" "$(temporary "$path")" "$new/.${path##*/}.wayleave"
    [ "$verb" = remove ] || cp -a "$source/$path" "$new/${path#etc/ufw/}"
  done <"$WORK/ufw"
  sync -f "$new"
  exchange "$new" "$folder" || while read -r verb path; do
    # A file system that cannot exchange: what enables all the others goes last.
    if [ "$verb" = write ]; then mv -fT "$new/${path#etc/ufw/}" "$ROOT/$path"; else rm -f "$ROOT/$path"; fi
  done < <(grep -v 'ufw\.conf$' "$WORK/ufw"; grep 'ufw\.conf$' "$WORK/ufw")
  sync "$ROOT/etc"
  rm -rf "$new"
}

# renameat2(2) with RENAME_EXCHANGE; mv knows it since coreutils 9.5, and UFW brings Python.
exchange() {
  mv --exchange -T "$1" "$2" 2>/dev/null || python3 - "$1" "$2" 2>/dev/null <<'END'
import ctypes, os, sys
a, b = map(os.fsencode, sys.argv[1:])
sys.exit(ctypes.CDLL(None).renameat2(-100, a, -100, b, 2) != 0)
END
}

# What changed, for systemd and by a person's eyes. Secrets that a former file may hold are not shown.
show_changes() {
  local verb path old new
  while read -r verb path; do
    old=$ROOT/$path new=$WANT/$path
    there "$old" || old=/dev/null
    [ "$verb" = write ] || new=/dev/null
    if [ -L "$new" ]; then
      printf 'link /%s -> %s\n' "$path" "$(readlink "$new")"
    elif [ -L "$old" ]; then
      printf 'unlink /%s\n' "$path"
    else
      diff -u --label "/$path (now)" --label "/$path ($verb)" "$old" "$new" && printf 'mode /%s: %s\n' "$path" "$(stat -c %a "$new")" || true
    fi
  done <"$WORK/changes" |
    sed -E 's/^([-+ ](agent-)?token:).*/\1 (not shown)/; s/((Private|Preshared)Key *=).*/\1 (not shown)/I'
}
