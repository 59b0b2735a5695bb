# shellcheck shell=bash
# WireGuard keys: made here, kept here, and printed as public keys alone.

keys() {
  local device network
  has wg || die 'wg is missing: apt-get install -y wireguard-tools'
  if [ -z "$DIR" ]; then
    must_be_interface "$DEVICE" ''
    NODE=NODE
    one_key "$DEVICE" NETWORK
    return 0
  fi
  load_folder
  must_be_this_machine
  [ -n "$(fact overlay)" ] || die "$NODE is on no WireGuard network: it needs no key"
  while read -r device network _; do
    must_be_interface "$device" "$network"
    one_key "$device" "$network"
  done < <(fact overlay)
}

one_key() {
  local device=$1 network=$2 key=$KEYS/$1.key
  [ -d "$KEYS" ] || mkdir "$KEYS"
  if [ ! -e "$key" ]; then
    make_key "$key"
  else
    check_key "$key" ''
    if [ -n "$ROTATE" ]; then
      [ -e "$key.new" ] || make_key "$key.new"
      print_key "$device" "$network" "$key.new" 'the key to come; the present one stays in use until apply finds this one in the spec'
      return 0
    fi
    drop_old_key "$device"
  fi
  print_key "$device" "$network" "$key" ''
}

make_key() {
  wg genkey >"$1.part" && sync "$1.part" || die "cannot write $1.part: make room in $KEYS"
  mv "$1.part" "$1"
}

print_key() {
  local public
  public=$(wg pubkey <"$3")
  if [ -n "$JSON" ]; then
    printf '{"device": "%s", "spec": "nodes.%s.wireguard.%s.publicKey", "publicKey": "%s"}\n' "$1" "$NODE" "$2" "$public"
  else
    say "$1${4:+ ($4)}, in the spec:"
    say "  nodes.$NODE.wireguard.$2.publicKey: '$public'"
  fi
}

# The key before goes once a peer has answered to the one that followed it.
drop_old_key() {
  local old=$KEYS/$1.key.old latest
  [ -e "$old" ] || return 0
  latest=$(wg show "$1" latest-handshakes 2>/dev/null | cut -f 2 | sort -n | tail -n 1)
  if [ "${latest:-0}" -gt "$(stat -c %Y "$old")" ]; then
    rm -f "$old"
    say "$1: a peer has answered to the new key; the old one is gone"
  else
    say "$1: no peer has answered to the new key yet; the old one is kept in $old"
  fi
}
