# shellcheck shell=bash
# Tunnels: the configuration of wg-quick against the interface that runs. Keys go from file to file, never onto a
# command line.

wireguard_devices() {
  { find "$WANT/etc/wireguard" -type f -printf '%P\n' 2>/dev/null || true; managed | sed -n 's:^etc/wireguard/::p'; } |
    sed -n 's/\.conf$//p' | sort -u
}

wireguard_exists() { ip link show dev "$1" >/dev/null 2>&1; }

# Nothing where there is no such interface.
mtu_of() { { ip -o link show dev "$1" 2>/dev/null || true; } | sed -n 's/.* mtu \([0-9]*\).*/\1/p'; }

# But for those that the kernel makes by itself.
addresses_of() { ip -o address show dev "$1" | awk '$0 !~ / scope link/ { print $4 }'; }

is_ours() { head -n 1 "$1" 2>/dev/null | grep -q '^# Written by Wayleave for '; }

must_be_interface() {
  [[ $1 =~ ^[A-Za-z0-9_.=+-]{1,15}$ ]] ||
    die "$1 is no name for an interface: it has ${#1} characters, and the kernel takes 15, letters, digits and _.=+-. Shorten networks.${2:-NETWORK}.interface in the spec"
}

# Refuses what would end somebody else's tunnel, or come up without working.
check_wireguard() {
  local device network public key path port file
  while read -r device network public; do
    must_be_interface "$device" "$network"
    file=$KEYS/$device.conf key=$KEYS/$device.key
    [ ! -e "$file" ] || is_ours "$file" ||
      die "$file is not Wayleave's: somebody else runs a tunnel of that name. Move it away (wg-quick down $device; mv $file elsewhere), or name another networks.$network.interface"
    [ -z "$ROOT" ] || continue
    if wireguard_exists "$device"; then
      [ -e "$file" ] || die "an interface $device is up that no file of Wayleave's made: take it down (ip link delete $device), or name another networks.$network.interface"
      has wg && wg show "$device" >/dev/null 2>&1 || die "the interface $device is there and is no WireGuard tunnel: name another networks.$network.interface"
    fi
    check_key "$key" "host-setup.sh keys $DIR"
    if [ "$(wg pubkey <"$key")" != "$public" ] && ! is_next_key "$device"; then
      die "the key in $key is not the one of the spec: write nodes.$NODE.wireguard.$network.publicKey: '$(wg pubkey <"$key")' there, synthesise, and copy every node's folder again"
    fi
    while read -r path; do
      check_key "$path" "on one of the two machines wg genpsk, and its output into this file on both"
    done < <(sed -n 's/.* preshared-key //p' "$NEW/etc/wireguard/$device.conf")
    port=$(sed -n 's/^ListenPort = //p' "$NEW/etc/wireguard/$device.conf")
    wireguard_exists "$device" && [ "$(wg show "$device" listen-port)" = "$port" ] || must_be_free udp "$port" "$port" "networks.$network.port"
  done < <(fact overlay)
}

check_key() {
  [ -e "$1" ] || die "there is no $1: $2"
  [ -f "$1" ] && [ ! -L "$1" ] || die "$1 is no plain file: put the key itself there"
  [[ $(stat -c %u:%a "$1") =~ ^0:[46]00$ ]] ||
    die "$1 can be read by others than root ($(stat -c '%U, mode %a' "$1")): chown root $1; chmod 600 $1. If somebody may have read it, make another: host-setup.sh keys --rotate $DIR"
  wg pubkey <"$1" >/dev/null 2>&1 || die "$1 holds no WireGuard key: move it away, and host-setup.sh keys $DIR"
}

is_next_key() { [ -e "$KEYS/$1.key.new" ] && [ "$(wg pubkey <"$KEYS/$1.key.new")" = "$(fact overlay | awk -v d="$1" '$1 == d { print $3 }')" ]; }

must_be_free() {
  local holder port
  holder=$(ss -Hlnp "--$1" "sport >= :$2 and sport <= :$3")
  [ -n "$holder" ] || return 0
  port=$(awk '{ print $4; exit }' <<<"$holder")
  die "$1 port ${port##*:} is taken by $(sed -n '1s/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1, process \2/p' <<<"$holder" | grep . || printf 'the kernel, perhaps another tunnel'): stop that, or change $4 in the spec"
}

# Before K3s ran here for the first time, its ports must be nobody's.
check_ports() {
  local protocol first last owner
  [ -z "$ROOT" ] && [ ! -e /var/lib/rancher/k3s/agent ] || return 0
  while read -r protocol first last owner; do
    [ "$owner" != k3s ] || must_be_free "$protocol" "$first" "$last" "what K3s needs it for"
  done < <(fact listener)
}

# What the kernel is to be told, keys included: a file without the key would take the running one away (wg(8), syncconf).
wireguard_secret() {
  awk -v key="$KEYS/$1.key" '
    function read_key(file,  line) { getline line < file; close(file); return line }
    FNR == NR { if (/preshared-key/) shared[$(NF - 2)] = $NF; next }
    /^(Address|DNS|MTU|Table|SaveConfig|(Pre|Post)(Up|Down)) *=/ { next }
    { print }
    $1 == "[Interface]" { print "PrivateKey = " read_key(key) }
    $1 == "PublicKey" && $3 in shared { print "PresharedKey = " read_key(shared[$3]) }
  ' "$2" "$2"
}

# The interface as it runs, written as a configuration and without keys: what `wireguard_sync` takes.
wireguard_now() {
  wireguard_exists "$1" || return 0
  printf '[Interface]\n'
  addresses_of "$1" | sed 's/^/Address = /'
  printf 'MTU = %s\n' "$(mtu_of "$1")"
  grep '^PostUp = wg set' "$KEYS/$1.conf" 2>/dev/null || true
  wg showconf "$1" | grep -v -e '^\[Interface\]' -e '^PrivateKey' -e '^PresharedKey'
}

# What of it has to agree, in one order: endpoints move by themselves, and are not compared.
wireguard_shape() {
  awk '
    function value() { sub(/^[^=]*= */, ""); return $0 }
    function sorted(list,  n, i, j, t, a) {
      n = split(list, a, /, */)
      for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j] < a[j - 1]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
      list = a[1]; for (i = 2; i <= n; i++) list = list "," a[i]
      return list
    }
    /preshared-key/ { shared[$(NF - 2)] = 1; next }
    /^Address/ { print "address " value() }
    /^MTU/ { print "mtu " value() }
    /^ListenPort/ { print "port " value() }
    /^PublicKey/ { peer = value(); order[++peers] = peer; allowed[peer] = ""; alive[peer] = "off" }
    /^AllowedIPs/ { allowed[peer] = allowed[peer] (allowed[peer] == "" ? "" : ",") value() }
    /^PersistentKeepalive/ { alive[peer] = value() }
    END { for (i = 1; i <= peers; i++) { peer = order[i]; print "peer " peer " allowed " sorted(allowed[peer]) " keepalive " alive[peer] } }
  ' | sort
}

wireguard_differs() {
  wireguard_exists "$1" && ! is_next_key "$1" && [ "$(wg show "$1" public-key)" = "$(wg pubkey <"$KEYS/$1.key")" ] || return 0
  [ "$(wireguard_now "$1" | wireguard_shape)" != "$(wireguard_shape <"$2")" ]
}

wireguard_up() {
  local failed
  if has_systemd; then
    systemctl start "wg-quick@$1" || die "wg-quick@$1 does not start: journalctl -u wg-quick@$1 says why"
  else
    failed=$(wg-quick up "$1" 9>&- 2>&1) || die "wg-quick up $1 fails: $(tail -n 1 <<<"$failed")"
  fi
}

wireguard_down() {
  wireguard_exists "$1" || return 0
  if has_systemd; then systemctl stop "wg-quick@$1"; else wg-quick down "$1" >/dev/null 2>&1 || true; fi
  ! wireguard_exists "$1" || ip link delete dev "$1"
}

# Brings a running interface to what a configuration says. Tunnels that are the same in both stand all the while.
wireguard_sync() {
  local device=$1 conf=$2 secret=$WORK/secret have want item
  wireguard_secret "$device" "$conf" >"$secret"
  wg syncconf "$device" "$secret"
  rm "$secret"
  item=$(sed -n 's/^MTU = //p' "$conf")
  [ -z "$item" ] || [ "$(mtu_of "$device")" = "$item" ] || ip link set dev "$device" mtu "$item"
  have=$(addresses_of "$device")
  want=$(sed -n 's/^Address = //p' "$conf")
  ip link set dev "$device" up
  # An address that goes takes those along that were added to its prefix later.
  for item in $have; do grep -qFx "$item" <<<"$want" || ip address delete "$item" dev "$device"; done
  have=$(addresses_of "$device")
  for item in $want; do grep -qFx "$item" <<<"$have" || ip address add "$item" dev "$device"; done
  wireguard_routes "$device"
}

# As wg-quick does: a route for what is allowed and not reached already. Those of addresses are the kernel's.
wireguard_routes() {
  local family allowed item
  allowed=$(wg show "$1" allowed-ips | cut -f 2- | tr ' ' '\n')
  for family in 4 6; do
    while read -r item; do
      case $family:$item in */*) ;; 4:*) item+=/32 ;; *) item+=/128 ;; esac
      grep -qFx "$item" <<<"$allowed" || ip "-$family" route delete "$item" dev "$1"
    done < <(ip "-$family" -o route show dev "$1" 2>/dev/null | awk '!/proto kernel/ && $1 !~ /^(fe80|ff00)/ { print $1 }')
    while read -r item; do
      [ -n "$(ip "-$family" route show dev "$1" match "$item" 2>/dev/null)" ] || ip "-$family" route add "$item" dev "$1"
    done < <(awk -v family="$family" '/\// && (index($0, ":") > 0) == (family == 6)' <<<"$allowed")
  done
}

# The second key becomes the first, and the first is kept until somebody has answered to the second.
take_next_key() {
  local key=$KEYS/$1.key
  printf '%s\n' "$1" >>"$STATE/last/keys"
  cp -p "$key" "$key.old"
  touch "$key.old"
  sync "$key.old"
  mv -f "$key.new" "$key"
}

keys_back() {
  local device key
  while read -r device; do
    key=$KEYS/$device.key
    [ -e "$key.old" ] || continue
    [ -e "$key.new" ] || mv -f "$key" "$key.new"
    mv -f "$key.old" "$key"
  done <"$STATE/last/keys"
}
