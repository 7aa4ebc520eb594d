#!/usr/bin/env bash
# The real servers for tests and benchmarks: PostgreSQL, Redis and Elasticsearch, on a Debian machine, without Docker.
#
#   scripts/engines.sh install         install what is missing (apt-get and Maven; root, or a user with sudo)
#   scripts/engines.sh run -- CMD...   start the engines, run CMD with CORNER_TEST_* set, stop the engines
#   scripts/engines.sh versions        print the version of each
#
# `run` listens on loopback only, on free ports, keeps all data in a temporary folder, and exits with CMD's status. An engine
# whose variable (CORNER_TEST_POSTGRES, CORNER_TEST_REDIS, CORNER_TEST_ELASTICSEARCH) already holds a URL is not started:
# that server is used as it is. `scripts/engines.sh run -- bash` gives a shell with all three.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$("$here/cache.sh")
# shellcheck source=scripts/engines/process.sh
source "$here/engines/process.sh"
# shellcheck source=scripts/engines/postgres.sh
source "$here/engines/postgres.sh"
# shellcheck source=scripts/engines/redis.sh
source "$here/engines/redis.sh"
# shellcheck source=scripts/engines/elasticsearch.sh
source "$here/engines/elasticsearch.sh"
# shellcheck source=scripts/engines/install.sh
source "$here/engines/install.sh"
# shellcheck source=scripts/engines/run.sh
source "$here/engines/run.sh"

usage() {
	sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
	exit 2
}

case ${1:-} in
install)
	[[ $# == 1 ]] || usage
	install_engines
	;;
run)
	[[ ${2:-} == -- && $# -ge 3 ]] || usage
	shift 2
	run_with_engines "$@"
	;;
versions)
	[[ $# == 1 ]] || usage
	postgres_version
	redis_version
	elasticsearch_version
	;;
*) usage ;;
esac
