#!/usr/bin/env bash
# openapi-lint.sh FILE_OR_URL: checks an OpenAPI document with Spectral by the rules in .spectral.yaml. A warning fails.
set -euo pipefail

version=6.16.3

[[ $# == 1 ]] || {
	echo "usage: $0 FILE_OR_URL" >&2
	exit 2
}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$("$here/cache.sh")
dir=$cache/spectral-$version

# Kept rather than run by npx, which asks the registry again each time.
install() (
	exec 9>"$cache/spectral.lock"
	flock 9
	if [[ -d $dir ]]; then return; fi
	echo "installing Spectral $version" >&2
	rm -rf "$dir.installing"
	mkdir "$dir.installing"
	npm install --prefix "$dir.installing" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error \
		"@stoplight/spectral-cli@$version" >/dev/null
	mv -T "$dir.installing" "$dir"
)

if [[ ! -d $dir ]]; then install; fi
exec "$dir/node_modules/.bin/spectral" lint --ruleset "$here/../.spectral.yaml" --fail-severity=warn "$1"
