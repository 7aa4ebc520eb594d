# shellcheck shell=bash
# How an engine's process is run and found again: which user, which port, which words on the screen.
# Sourced by scripts/engines.sh.

# The user that runs the engines when we are root, since initdb and Elasticsearch refuse root. One of our own, and not
# `postgres`, which is there only where the package is. When we are not root the engines run as ourselves.
engine_user=corner-engines

say() { printf 'engines: %s\n' "$*" >&2; }

die() {
	say "$*"
	exit 1
}

is_root() { [[ $(id -u) == 0 ]]; }

# as_engine SIGNAL sets the array `as` to the words that make a command run as the engine user, with a clean environment (PGHOST,
# JAVA_TOOL_OPTIONS and their like stay outside) and with SIGNAL sent to it should this script be killed with -9, so that
# nothing is left behind even then. setpriv replaces itself by the command, so that the pid that we know is the server's.
as_engine() {
	as=(env -i "PATH=$PATH" "HOME=$run_dir" "TMPDIR=$run_dir" LANG=C.UTF-8 LC_ALL=C.UTF-8 setpriv --pdeathsig "$1")
	if is_root; then
		as+=(--reuid "$engine_user" --regid "$engine_user" --clear-groups)
	fi
	as+=(--)
}

# engine_dir makes a folder that the engine user owns.
engine_dir() {
	mkdir -p "$1"
	chmod 700 "$1"
	if is_root; then chown "$engine_user:" "$1"; fi
}

# free_port sets `port` to a port of the loopback that nobody listens on and that no earlier call has given. It looks below
# 32768, where the kernel does not pick ports for outgoing connections, so that the port is still free when the server binds.
declare -A given_ports=()
free_port() {
	local try
	for ((try = 0; try < 100; try++)); do
		port=$((20000 + RANDOM % 12000))
		[[ -z ${given_ports[$port]:-} ]] || continue
		if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			given_ports[$port]=1
			return
		fi
	done
	die "no free port found between 20000 and 32000"
}

# descendants PID... prints the pids below these, by way of /proc: `ps` and `pkill` are not on every Debian.
descendants() {
	local pid child
	for pid in "$@"; do
		for child in $(cat "/proc/$pid/task/"*/children 2>/dev/null); do
			echo "$child"
			descendants "$child"
		done
	done
}

# ended SECONDS PID... waits until none of the processes is left; false if one still is when the time is over.
ended() {
	local until=$((SECONDS + $1)) pid alive
	shift
	while :; do
		alive=
		for pid in "$@"; do
			if kill -0 "$pid" 2>/dev/null; then alive=$pid; fi
		done
		[[ -n $alive ]] || return 0
		((SECONDS < until)) || return 1
		sleep 0.05
	done
}
