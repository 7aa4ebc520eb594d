# shellcheck shell=bash
# Installs what the engines and the checks need, through apt-get and Maven only. Sourced by scripts/engines.sh.

install_engines() {
	local -a missing=()
	postgres_bin >/dev/null || missing+=(postgresql)
	command -v redis-server >/dev/null || missing+=(redis-server)
	command -v curl >/dev/null || missing+=(curl)
	command -v sqlite3 >/dev/null || missing+=(sqlite3) # for the backup that docs/operations.md shows
	command -v npm >/dev/null || missing+=(nodejs npm) # for Spectral, which checks the OpenAPI document
	python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv) # for schemathesis, which asks the API all sorts of things
	java_17 >/dev/null || missing+=(java)
	if ! elasticsearch_installed && ! command -v mvn >/dev/null; then missing+=(maven); fi
	((${#missing[@]} == 0)) || install_packages "${missing[@]}"

	make_engine_user
	elasticsearch_installed || elasticsearch_install
	say "all installed"
}

as_root() {
	if is_root; then
		"$@"
	else
		command -v sudo >/dev/null || die "needs root or sudo to run: $*"
		sudo "$@"
	fi
}

install_packages() (
	say "installing $*"
	as_root apt-get update -qq -o DPkg::Lock::Timeout=300
	local -a names=()
	local name
	for name in "$@"; do
		if [[ $name == java ]]; then
			# Debian 13 no longer has 17.
			if apt-cache show openjdk-17-jre-headless >/dev/null 2>&1; then
				name=openjdk-17-jre-headless
			else
				name=openjdk-21-jre-headless
			fi
		fi
		names+=("$name")
	done
	keep_servers_from_starting
	local log
	log=$(mktemp)
	written+=("$log")
	if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		-o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "${names[@]}" </dev/null >"$log" 2>&1; then
		cat "$log" >&2
		die "apt-get could not install ${names[*]}"
	fi
	# Also not at the next boot. Only a server that this script has brought: one that was there before is somebody's.
	if [[ " ${names[*]} " == *' redis-server '* ]]; then
		as_root update-rc.d redis-server disable >/dev/null
	fi
)

# keep_servers_from_starting makes apt-get only install. Debian starts a server as soon as it is installed, and makes a cluster on port
# 5432; we want the programs alone. Both files exist only until the end of the subshell that calls this, and one that is
# there already is left as it is.
keep_servers_from_starting() {
	local policy=/usr/sbin/policy-rc.d cluster=/etc/postgresql-common/createcluster.d/corner.conf
	trap 'remove_written' EXIT
	written=()
	if [[ ! -e $policy ]]; then
		written+=("$policy")
		printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
		as_root chmod 755 "$policy"
	fi
	if [[ ! -e $cluster ]]; then
		written+=("$cluster")
		as_root mkdir -p "${cluster%/*}"
		echo 'create_main_cluster = false' | as_root tee "$cluster" >/dev/null
	fi
}

remove_written() {
	((${#written[@]} > 0)) || return 0
	as_root rm -f "${written[@]}"
	as_root rmdir --ignore-fail-on-non-empty /etc/postgresql-common/createcluster.d 2>/dev/null || true
}

make_engine_user() {
	if ! is_root || id "$engine_user" >/dev/null 2>&1; then return; fi
	useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$engine_user"
}
