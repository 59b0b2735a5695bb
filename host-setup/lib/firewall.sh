# shellcheck shell=bash
# The host firewall's rules in the kernel. A "rules folder" holds those that are ours: NAME.nft for each table of
# nftables whose name begins with wayleave, and of UFW's own chains iptables.filter, iptables.mangle, ip6tables.….

# Whether UFW's chains are this folder's, or were the former one's.
uses_ufw() { [ -e "$NEW/etc/ufw/user.rules" ] || managed | grep -q '^etc/ufw/'; }

# The rules of the network namespace in which it runs.
rules_now() {
  local out=$1 ufw=$2 name program table
  mkdir -p "$out"
  for name in $(nft list tables inet 2>/dev/null | awk '$3 ~ /^wayleave/ { print $3 }'); do
    # A set of one range is listed with braces, and without them once that list was loaded.
    nft -s list table inet "$name" | sed -E '/comment "wayleave open-ssh"/d; s/\{ ([^,{}"]*) \}/\1/g' >"$out/$name.nft"
  done
  [ -n "$ufw" ] || return 0
  for program in iptables ip6tables; do
    for table in filter mangle; do
      "$program-save" -t "$table" 2>/dev/null | awk -v table="$table" '
        /^:(ufw|wayleave)/ { print $1, "-" }
        /^:(INPUT|FORWARD|OUTPUT) / && table == "filter" { print $1, $2 }
        /^-A (ufw|wayleave)/ || / -[jg] (ufw|wayleave)/ { print }' | sort -s -k 1,1 -k 2,2 >"$out/$program.$table"
    done
  done
}

# What the programs themselves make of the files, found out in a network namespace of its own: a rule that does not
# load is known before anything is touched.
rules_of() {
  local tree=$1 out=$2 ufw=$3
  export -f rules_now
  unshare --net bash -euc '
    tree=$1 out=$2 ufw=$3
    for file in "$tree"/etc/wayleave/*.nft; do [ ! -e "$file" ] || nft -f "$file"; done
    [ -z "$ufw" ] || /lib/ufw/ufw-init --datadir "$tree" start
    rules_now "$out" "$ufw"' rules "$tree" "$out" "$ufw" 9>&- >"$WORK/rules.log" 2>&1
}

# The rules that are to be, and those that are.
compare_rules() {
  local tree=$WORK/tree verb path ufw=
  mkdir -p "$tree/etc/default" "$tree/etc/wayleave"
  ! uses_ufw || ufw=yes
  [ -z "$ufw" ] || [ -e /lib/ufw/ufw-init ] || return 0
  [ -z "$ufw" ] || cp -a /etc/ufw /etc/default "$tree/etc/"
  cp -a /etc/wayleave/*.nft "$tree/etc/wayleave/" 2>/dev/null || true
  while read -r verb path; do
    rm -f "$tree/$path"
    [ "$verb" = remove ] || { mkdir -p "$tree/${path%/*}" && cp -a "$WANT/$path" "$tree/$path"; }
  done < <(changes_of firewall)
  rules_now "$WORK/rules.now" "$ufw"
  rules_of "$tree" "$WORK/rules.want" "$ufw" || die "the firewall's rules do not load: $(tail -n 1 "$WORK/rules.log"). Nothing was changed"
}

rules_differ() { ! diff -r "$WORK/rules.want" "$WORK/rules.now" >/dev/null 2>&1; }

# Makes the kernel's rules those of a folder: nftables in one transaction, iptables in one a table. Nobody else's are
# touched, and there is no moment without rules.
load_rules() {
  local want=$1 now=$WORK/rules.before name program table ufw=
  rm -rf "$now"
  [ ! -e "$want/iptables.filter" ] || ufw=yes
  rules_now "$now" "$ufw"
  if has nft; then
    {
      for name in $( (cd "$now" && ls; cd "$want" && ls) | sed -n 's/\.nft$//p' | sort -u); do
        printf 'table inet %s\ndelete table inet %s\n' "$name" "$name"
      done
      cat "$want"/*.nft 2>/dev/null || true
    } | nft -f -
  fi
  [ -n "$ufw" ] || return 0
  for program in iptables ip6tables; do
    for table in filter mangle; do
      # A kernel without IPv6 has none of these.
      [ -s "$now/$program.$table" ] || [ -s "$want/$program.$table" ] || continue
      rules_swap "$table" "$now/$program.$table" "$want/$program.$table" | "$program-restore" --noflush
    done
  done
}

# One transaction for iptables-restore. With --noflush a chain that is named is emptied, and all others stay.
rules_swap() {
  awk -v table="$1" -v now="$2" '
    BEGIN {
      while ((getline < now) > 0) {
        if (/^:(ufw|wayleave)/) gone[substr($1, 2)] = 1
        else if (/^-A [A-Z]/) jump[$0] = 1
      }
      print "*" table
    }
    /^:/ { print $0 " [0:0]"; delete gone[substr($1, 2)]; next }
    /^-A [A-Z]/ && $0 in jump { delete jump[$0]; next }
    /^-A [A-Z]/ && table == "mangle" { sub(/^-A/, "-I") }
    { line[++lines] = $0 }
    END {
      for (one in jump) { sub(/^-A/, "-D", one); print one }
      for (i = 1; i <= lines; i++) print line[i]
      for (chain in gone) print "-F " chain
      for (chain in gone) print "-X " chain
      print "COMMIT"
    }' "$3"
}
