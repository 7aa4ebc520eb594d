#!/usr/bin/env bash
# lint.sh ARGS...: runs the golangci-lint that this project is pinned to, and builds it first where it is not there yet.
#
# It is built with the Go at hand and kept apart for each version of Go, because a golangci-lint that was built with an older Go refuses newer code.
set -euo pipefail

version=2.15.0

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$("$here/cache.sh")
dir=$cache/golangci-lint-$version-$(go env GOVERSION)

build() (
	exec 9>"$cache/golangci-lint.lock"
	flock 9
	if [[ -x $dir/golangci-lint ]]; then return; fi
	echo "building golangci-lint $version (a few minutes, once a machine)" >&2
	# To a folder that is renamed at the end, so that a broken-off build is not taken for a whole one.
	rm -rf "$dir" "$dir.building"
	local log=$dir.building.log
	if ! env -C / GOBIN="$dir.building" go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$version" 2>"$log"; then
		cat "$log" >&2
		exit 1
	fi
	rm -f "$log"
	mv -T "$dir.building" "$dir"
)

if [[ ! -x $dir/golangci-lint ]]; then build; fi
cd "$here/.."
exec "$dir/golangci-lint" "$@"
