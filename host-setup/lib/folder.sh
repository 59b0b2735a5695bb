# shellcheck shell=bash
# The node's folder: copied, proven by its index, and for this machine.

MANIFESTS=var/lib/rancher/k3s/server/manifests

# Works from a copy that nobody else can write, so that what was checked is what is used.
load_folder() {
  local index=$DIR/index.json strange
  [ -d "$DIR" ] || die "there is no folder $DIR"
  [ ! -d "$DIR/hosts" ] || die "$DIR is a whole cluster: name the folder of one of its nodes, below $DIR/hosts"
  [ -f "$index" ] || die "$DIR has no index.json: name a folder dist/CLUSTER/hosts/NODE, as \`wayleave synth\` writes it"
  strange=$(find "$DIR" ! -type f ! -type d -print -quit)
  [ -z "$strange" ] || die "$strange is no plain file: copy the folder again"
  NEW=$WORK/new
  cp -R "$DIR" "$NEW" || die "cannot copy $DIR to $WORK: make room there"
  read_index >"$WORK/index" || die "$index is not what Wayleave writes: copy the folder again, or synthesise it anew"
  (cd "$NEW" && find . -type f ! -path ./index.json -printf '%P\n') | sort >"$WORK/there"
  sed 's/^[0-9a-f]*  //' "$WORK/index" | sort >"$WORK/listed"
  strange=$(diff "$WORK/listed" "$WORK/there" | sed -n 's/^[<>] //p' | head -n 1) || true
  [ -z "$strange" ] || die "$strange is in $DIR but not in its index.json, or the other way round: copy the whole folder again"
  strange=$(cd "$NEW" && sha256sum --check --quiet "$WORK/index" 2>/dev/null | head -n 1) || true
  [ -z "$strange" ] || die "$DIR/${strange%%: *} is not the file that index.json lists: it was changed after synth. Synthesise and copy the folder again"
  [ -f "$NEW/node.txt" ] || die "$DIR/node.txt is missing: synthesise with this version of Wayleave"
  CLUSTER=$(fact cluster) NODE=$(fact node)
  rm "$NEW/index.json"
  strange=$(cd "$NEW" && find . -type f ! -path './etc/*' ! -path "./$MANIFESTS/*" ! -path ./node.txt ! -path ./packages.txt -print -quit)
  [ -z "$strange" ] || die "$strange has no place on a machine that this script knows: use the host-setup/ of the same version"
}

# Lines for sha256sum. Reads one line a file, as lib/emit/index-file.ts writes it, and nothing else.
read_index() {
  local line state=0
  local entry='^    "([A-Za-z0-9@%+=:,._/-]+)": \{ "sha256": "([0-9a-f]{64})", "bytes": [0-9]+ \},?$'
  while IFS= read -r line; do
    case $state:$line in
      0:'{') state=1 ;;
      1:'  "wayleave": 1,') state=2 ;;
      2:'  "files": {') state=3 ;;
      3:'  }') state=4 ;;
      4:'}') state=5 ;;
      3:*)
        [[ $line =~ $entry ]] || return 1
        case /${BASH_REMATCH[1]}/ in *//* | */./* | */../*) return 1 ;; esac
        printf '%s  %s\n' "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
        ;;
      *) return 1 ;;
    esac
  done <"$NEW/index.json"
  [ "$state" = 5 ]
}

# The values of one kind of fact, a line each. lib/emit/node-facts.ts says which there are.
fact() { sed -n "s/^$1 //p" "$NEW/node.txt"; }

# Neither a machine by chance, nor one that belongs to another cluster.
must_be_this_machine() {
  local host owner address
  [ -z "$ANY_MACHINE" ] || return 0
  owner=$(head -n 1 "$STATE/managed" 2>/dev/null || true)
  [ -z "$owner" ] || [ "$owner" = "$CLUSTER/$NODE" ] ||
    die "this machine is $owner, and $DIR is for $CLUSTER/$NODE: take the folder of $owner, or say --any-machine to make this machine another node"
  [ -z "$ROOT" ] || return 0
  host=$(uname -n)
  [ "${host%%.*}" = "$(fact hostname)" ] || [ "$host" = "$(fact hostname)" ] ||
    die "this machine is called $host, and $DIR is for $(fact hostname): go to that machine, or say --any-machine"
  [ -n "$(fact address)" ] || return 0
  while read -r _ address; do
    [ -z "$(ip -o address show to "$address" 2>/dev/null)" ] || return 0
  done < <(fact address)
  die "this machine has none of the addresses of $NODE ($(fact address | tr '\n' ';' | sed 's/;$//; s/;/, /g')): go to that machine, correct the spec, or say --any-machine"
}
