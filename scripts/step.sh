#!/usr/bin/env bash
# step.sh TITLE CMD...: runs one step of a longer check under a heading, says how long it took, and keeps its exit status.
set -uo pipefail

title=$1
shift
printf '\n==> %s\n' "$title"
began=$EPOCHREALTIME
"$@"
status=$?
took=$(((${EPOCHREALTIME/[^0-9]/} - ${began/[^0-9]/}) / 100000))
if ((status == 0)); then word='done'; else word="FAILED (status $status)"; fi
printf '<== %s: %s in %d.%d s\n' "$title" "$word" $((took / 10)) $((took % 10))
exit "$status"
