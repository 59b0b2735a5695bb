# shellcheck shell=bash
# The running machine against the folder. A row: area, what, wanted, found, verdict.

verify() {
  local differs
  load_folder
  must_be_this_machine
  make_wanted
  find_changes >"$WORK/changes"
  compare_rules
  { run_rows; file_rows; system_rows; tunnel_rows; mtu_rows; firewall_rows; listener_rows; k3s_rows; } >"$WORK/rows"
  differs=$(grep -c $'\tdiffers$' "$WORK/rows") || true
  if [ -n "$JSON" ]; then
    printf '{"node": %s, "differs": %s, "rows": [' "$(json_text "$CLUSTER/$NODE")" "$differs"
    local comma='' area what wanted found verdict
    while IFS=$'\t' read -r area what wanted found verdict; do
      printf '%s\n{"area": %s, "what": %s, "wanted": %s, "found": %s, "verdict": "%s"}' "$comma" "$(json_text "$area")" \
        "$(json_text "$what")" "$(json_text "$wanted")" "$(json_text "$found")" "$verdict"
      comma=,
    done <"$WORK/rows"
    printf ']}\n'
  else
    { printf 'AREA\tWHAT\tWANTED\tFOUND\tVERDICT\n' && cat "$WORK/rows"; } | awk -F '\t' '
      { for (i = 1; i <= NF; i++) if (length($i) > wide[i]) wide[i] = length($i); line[NR] = $0 }
      END { for (n = 1; n <= NR; n++) { split(line[n], cell); for (i = 1; i < 5; i++) printf "%-*s  ", wide[i], cell[i]; print cell[5] } }'
    say "$differs of $(wc -l <"$WORK/rows") differ"
  fi
  exit "$((differs > 0))"
}

# "later" is what starts with K3s, or with a peer, and has not yet.
row() { printf '%s\t%s\t%s\t%s\t%s\n' "$@"; }

compare() { row "$1" "$2" "$3" "$4" "$([ "$3" = "$4" ] && printf ok || printf differs)"; }

k3s_runs() { pgrep -x 'k3s|k3s-server|k3s-agent' >/dev/null 2>&1; }

run_rows() {
  ! was_stopped || row run 'last apply' complete 'stopped half-way: apply again, or rollback' differs
  [ ! -d "$RUN/trial" ] || row run 'firewall rules' confirmed 'wait for host-setup.sh confirm' differs
}

file_rows() {
  local path found
  while IFS= read -r path; do
    found=$(sed -n "s:^\([a-z]*\) $path\$:\1:p" "$WORK/changes")
    compare file "/$path" 'as generated' "$([ -z "$found" ] && printf 'as generated' || { [ -e "/$path" ] && printf other || printf missing; })"
  done <"$WORK/wanted"
  sed -n 's/^remove //p' "$WORK/changes" | while IFS= read -r path; do row file "/$path" 'no longer' there differs; done
}

system_rows() {
  local name path value
  while read -r name; do row package "$name" installed missing differs; done < <(missing_packages)
  while read -r name; do row module "$name" loaded missing differs; done < <(missing_modules)
  while read -r path value; do compare sysctl "${path#/proc/sys/}" "$value" "$(sysctl_value "$path")"; done < <(wanted_sysctls)
}

tunnel_rows() {
  local device public shape line key allowed alive age
  while read -r device _ public; do
    if ! wireguard_exists "$device" || ! has wg; then
      row interface "$device" up missing differs
      continue
    fi
    compare interface "$device key" "$public" "$(wg show "$device" public-key)"
    shape=$(wireguard_now "$device" | wireguard_shape)
    while read -r line; do
      case $line in
        peer*)
          read -r _ key _ allowed _ alive <<<"$line"
          compare peer "$device $key" "$allowed, keepalive $alive" \
            "$(awk -v key="$key" '$2 == key { print $4 ", keepalive " $6; found = 1 } END { if (!found) print "missing" }' <<<"$shape")"
          age=$(wg show "$device" latest-handshakes | awk -v key="$key" -v now="$(date +%s)" '$1 == key && $2 > 0 { print now - $2 " s ago" }')
          row handshake "$device $key" any "${age:-never}" "$([ -n "$age" ] && printf ok || printf later)"
          ;;
        *) compare interface "$device ${line%% *}" "${line#* }" "$(grep -xF "$line" <<<"$shape" | cut -d ' ' -f 2 | grep . || grep "^${line%% *} " <<<"$shape" | cut -d ' ' -f 2 | paste -sd, | grep . || printf none)" ;;
      esac
    done < <(wireguard_shape <"$NEW/etc/wireguard/$device.conf" | grep -v ^mtu)
    awk 'NR == FNR { known[$2] = 1; next } $1 == "peer" && !($2 in known) { print $2 }' <(wireguard_shape <"$NEW/etc/wireguard/$device.conf") - <<<"$shape" |
      while read -r key; do row peer "$device $key" none there differs; done
  done < <(fact overlay)
}

mtu_rows() {
  local device bytes found
  while read -r device bytes; do
    found=$(mtu_of "$device")
    if [ -n "$found" ]; then
      compare mtu "$device" "$bytes" "$found"
    else
      row mtu "$device" "$bytes" 'no such interface' "$(k3s_runs || fact address | grep -q "^$device " && printf differs || printf later)"
    fi
  done < <(fact mtu)
}

firewall_rows() {
  local name
  for name in $(cd "$WORK/rules.want" 2>/dev/null && ls; cd "$WORK/rules.now" 2>/dev/null && ls); do printf '%s\n' "$name"; done | sort -u | while read -r name; do
    compare firewall "${name%.nft}" 'as generated' "$(cmp -s "$WORK/rules.want/$name" "$WORK/rules.now/$name" && printf 'as generated' || printf other)"
  done
}

listener_rows() {
  local protocol first last owner found verdict
  while read -r protocol first last owner; do
    found=$(ss -Hln "--$protocol" "sport >= :$first and sport <= :$last" 2>/dev/null | sed -n 1p)
    verdict=ok
    [ -n "$found" ] || verdict=later
    # Of what runs in pods, only the cluster knows whether it is to be here yet.
    if [ -z "$found" ]; then case $owner:$first in wireguard:* | firewall:"$(fact ssh)") verdict=differs ;; k3s:*) ! k3s_runs || verdict=differs ;; esac; fi
    row listener "$protocol $first$([ "$first" = "$last" ] || printf -- '-%s' "$last") ($owner)" bound "$([ -n "$found" ] && printf bound || printf free)" "$verdict"
  done < <(fact listener)
}

# What K3s was started with, as it writes it onto its node: a list of "--flag","value" (k3s pkg/nodeconfig).
k3s_rows() {
  local arguments flag value config=$NEW/etc/rancher/k3s/config.yaml kubeconfig=/var/lib/rancher/k3s/agent/kubelet.kubeconfig
  [ -e "$config" ] || return 0
  if ! k3s_runs; then
    row k3s flags "config.yaml's" 'K3s does not run' later
    return 0
  fi
  arguments=$(k3s kubectl --kubeconfig "$kubeconfig" get node "$(fact hostname)" -o 'jsonpath={.metadata.annotations.k3s\.io/node-args}' 2>/dev/null) || true
  if [ -z "$arguments" ]; then
    row k3s flags "config.yaml's" 'the API does not answer' differs
    return 0
  fi
  awk '/^#/ { next } /^  - / { print flag " " substr($0, 5); next } { flag = $1; sub(/:$/, "", flag); sub(/^[^:]*: */, ""); if ($0 != "") print flag " " $0 }' "$config" |
    tr -d '"' | while read -r flag value; do
      case $flag in token* | agent-token*) value='********' ;; esac
      compare k3s "$flag" "$value" "$([[ $arguments == *"\"--$flag\",\"$value\""* ]] && printf '%s' "$value" || printf 'started with another')"
    done
}
