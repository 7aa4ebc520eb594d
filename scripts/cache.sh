#!/usr/bin/env bash
# Prints the folder where this machine keeps what the checks need and a clone should not fetch twice: the unpacked
# Elasticsearch, golangci-lint, Spectral. It lies outside the checkout so that several clones share it.
#
# Root gets a folder in /var/cache, not in its home: Elasticsearch refuses to run as root, and the user that runs it
# instead may not enter a home of mode 700. CORNER_TOOLS names another folder.
set -euo pipefail

if [[ -n ${CORNER_TOOLS:-} ]]; then
	dir=$CORNER_TOOLS
elif [[ $(id -u) == 0 ]]; then
	dir=/var/cache/corner
else
	dir=${XDG_CACHE_HOME:-${HOME:?neither CORNER_TOOLS nor HOME is set}/.cache}/corner
fi
mkdir -p "$dir"
echo "$dir"
