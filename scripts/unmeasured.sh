#!/usr/bin/env bash
# unmeasured.sh FILE: the last line of `make test`: what its tests could not look at here, by what was missing. FILE holds a line a test, "Test: what".
set -euo pipefail

if [[ ! -s $1 ]]; then
	echo 'Nothing went unmeasured.'
	exit
fi
sed 's/^[^:]*: //' "$1" | sort | uniq -c | awk '{ n = $1; sub(/^ *[0-9]+ /, ""); printf "%s%s: %d", (NR > 1 ? "; " : "UNMEASURED, tests by what was missing: "), $0, n } END { print "" }'
