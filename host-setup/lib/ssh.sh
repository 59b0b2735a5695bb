# shellcheck shell=bash
# The way back in, from a console: SSH from anywhere for ten minutes, whatever the rules.

SSH_MARK='wayleave open-ssh'

ssh_ports() { { sshd -T 2>/dev/null | awk '$1 == "port" { print $2 }' | grep . || printf '22\n'; } | sort -u; }

open_ssh() {
  local port
  close_ssh
  never _close-ssh
  # Ahead of the opening, so that nothing that stops it half-way leaves it open.
  later "$SSH_SECONDS" _close-ssh
  for port in $(ssh_ports); do
    # Where iptables has no table, it shuts nobody out.
    each_iptables -I "$port" || true
    nft_chains | while read -r family table chain; do
      nft insert rule "$family" "$table" "$chain" tcp dport "$port" accept comment "\"$SSH_MARK\""
    done
  done
  finish "SSH is open from anywhere for $SSH_SECONDS seconds, port $(ssh_ports | paste -sd ' ')"
}

close_ssh() {
  local family table chain handle port
  for port in $(ssh_ports); do
    while each_iptables -D "$port"; do :; done
  done
  nft_chains | while read -r family table chain; do
    nft -a list chain "$family" "$table" "$chain" | sed -n "s/.*comment \"$SSH_MARK\" # handle //p" | while read -r handle; do
      nft delete rule "$family" "$table" "$chain" handle "$handle"
    done
  done
}

# Ahead of everything in each chain that a packet for a process of this machine meets, of the tables that there are.
# False when nothing was done.
each_iptables() {
  local program tables table chain done=1
  for program in iptables ip6tables; do
    has "$program" || continue
    tables=$("$program-save" 2>/dev/null) || true
    while read -r table chain; do
      [[ $tables != *"*$table"* ]] || ! "$program" -w -t "$table" "$1" "$chain" -p tcp --dport "$2" -m comment --comment "$SSH_MARK" -j ACCEPT 2>/dev/null || done=0
    done <<<$'raw PREROUTING\nmangle PREROUTING\nmangle INPUT\nfilter INPUT'
  done
  return "$done"
}

# Base chains of nftables but for those that iptables made, which must hold nothing that it cannot read.
nft_chains() {
  has nft || return 0
  nft list chains 2>/dev/null | awk '
    $1 == "table" { family = $2; table = $3 }
    $1 == "chain" { chain = $2 }
    $1 == "type" && $2 == "filter" && $4 ~ /^(prerouting|input)$/ && family ~ /^(inet|ip|ip6)$/ &&
      !(family != "inet" && table ~ /^(raw|mangle|nat|filter|security)$/) { print family, table, chain }'
}
