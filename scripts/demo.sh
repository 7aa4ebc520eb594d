# shellcheck shell=bash
# Builds the program and starts a fresh demo in a temporary folder, which becomes the current one; it ends with the shell. Sourced by
# the scripts that ask it things: they have the calls' base in $url, the demo's output in corner.log and its data in corner-data.

start_demo() {
	make -s -C "$root" build
	work=$(mktemp -d)
	demo=
	trap end_demo EXIT
	cd "$work"
	ln -s "$root/bin" bin
	# A free port is the kernel's choice; the log tells which it was.
	CORNER_LISTEN=127.0.0.1:0 bin/corner demo >corner.log 2>&1 &
	demo=$!
	url=
	for _ in $(seq 300); do
		url=$(sed -nE 's|^Corner is running at (http://[0-9.:]+),.*|\1|p' corner.log)
		[[ -z $url ]] || return 0
		if ! kill -0 "$demo" 2>/dev/null; then
			cat corner.log >&2
			echo "the demo ended before it was ready" >&2
			exit 1
		fi
		sleep 0.1
	done
	echo "the demo was not ready in 30 s" >&2
	exit 1
}

end_demo() {
	local status=$?
	if [[ -n $demo ]]; then
		kill "$demo" 2>/dev/null || true
		wait "$demo" 2>/dev/null || true
	fi
	rm -rf "$work"
	exit "$status"
}

# code_for PHONE prints the newest one-time code that the demo has printed for the phone, once there is one.
code_for() {
	for _ in $(seq 100); do
		! grep -a "code for $1" corner.log >/dev/null || break
		sleep 0.1
	done
	grep -a "code for $1" corner.log | tail -n 1 | sed 's/.*: //'
}
