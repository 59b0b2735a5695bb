# shellcheck shell=bash
# What is said, to people and to programs.

say() { [ -n "$JSON" ] || printf '%s\n' "$*"; }

# What a command comes to.
finish() { if [ -n "$JSON" ]; then printf '{"done": %s}\n' "$(json_text "$*")"; else printf '%s\n' "$*"; fi; }

# Ends the run with a sentence that says what to do.
die() {
  if [ -n "${JSON-}" ]; then
    printf '{"error": %s}\n' "$(json_text "$*")"
  else
    printf 'host-setup: %s\n' "$*" >&2
  fi
  exit 1
}

refuse_usage() {
  printf 'host-setup: %s. host-setup.sh --help shows how it is called.\n' "$*" >&2
  exit 2
}

json_text() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  printf '"%s"' "${text//[[:cntrl:]]/}"
}

# A JSON list of the lines that are read.
json_list() {
  local line comma='' list=''
  while IFS= read -r line; do
    list+="$comma$(json_text "$line")"
    comma=', '
  done
  printf '[%s]' "$list"
}
