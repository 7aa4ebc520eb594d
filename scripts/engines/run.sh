# shellcheck shell=bash
# Starts the engines side by side, waits for each, runs a command, stops everything. Sourced by scripts/engines.sh.

declare -A engine_pid=() engine_port=() engine_patience=([postgres]=60 [redis]=30 [elasticsearch]=240)
command_pid=

run_with_engines() {
	local name variable
	local -a wanted=()
	for name in postgres redis elasticsearch; do
		variable=CORNER_TEST_${name^^}
		if [[ -n ${!variable:-} ]]; then
			say "$name: using the one that $variable names"
		else
			"${name}_version" >/dev/null # says what to do if it is not installed
			wanted+=("$name")
		fi
	done

	trap stop_engines EXIT
	trap 'interrupted INT 130' INT
	trap 'interrupted TERM 143' TERM
	trap 'interrupted HUP 129' HUP
	make_run_dir
	for name in "${wanted[@]}"; do launch "$name"; done
	await_engines "${wanted[@]}"
	for name in "${wanted[@]}"; do
		export "CORNER_TEST_${name^^}=$("${name}_url" "${engine_port[$name]}")"
	done
	run_command "$@"
}

# make_run_dir makes the folder for data and logs. The engine user must be able to pass through it, which mktemp's 700 forbids
# (as a TMPDIR in somebody's home would: then /tmp is taken).
make_run_dir() {
	run_dir=$(mktemp -d "${TMPDIR:-/tmp}/corner-engines.XXXXXXXX")
	chmod 711 "$run_dir"
	is_root || return 0
	id "$engine_user" >/dev/null 2>&1 || die "no user $engine_user: run scripts/engines.sh install"
	as_engine TERM
	if ! "${as[@]}" test -x "$run_dir/." 2>/dev/null; then
		rmdir "$run_dir"
		run_dir=$(mktemp -d /tmp/corner-engines.XXXXXXXX)
		chmod 711 "$run_dir"
	fi
}

# launch NAME starts one engine in the background. Job control is on for that one line, so that the engine and its children form
# a process group of their own: it can be stopped as a whole, and a Ctrl-C at the keyboard reaches the command but not the engine,
# which is stopped after the command.
launch() {
	local name=$1
	engine_dir "$run_dir/$name"
	free_port
	engine_port[$name]=$port
	set -m
	(
		trap - EXIT INT TERM HUP
		"${name}_serve" "$port"
	) </dev/null >"$run_dir/$name.log" 2>&1 &
	engine_pid[$name]=$!
	set +m
}

# await_engines NAME... returns when each of them answers.
await_engines() {
	local name waited began=$EPOCHREALTIME
	local -A pending=()
	for name in "$@"; do pending[$name]=1; done
	while ((${#pending[@]} > 0)); do
		for name in "${!pending[@]}"; do
			waited=$(milliseconds_since "$began")
			if "${name}_ready" "${engine_port[$name]}"; then
				say "$(printf '%s ready on 127.0.0.1:%s in %d.%d s' "$name" "${engine_port[$name]}" $((waited / 1000)) $((waited % 1000 / 100)))"
				unset "pending[$name]"
			elif ! kill -0 "${engine_pid[$name]}" 2>/dev/null; then
				show_log "$name" "ended before it was ready"
			elif ((waited > engine_patience[$name] * 1000)); then
				show_log "$name" "was not ready after ${engine_patience[$name]} s"
			fi
		done
		sleep 0.1
	done
}

milliseconds_since() { echo $(((${EPOCHREALTIME/[^0-9]/} - ${1/[^0-9]/}) / 1000)); }

show_log() {
	say "$1 $2; its log ends with:"
	tail -n 60 "$run_dir/$1.log" >&2
	exit 1
}

# run_command runs the command in the background and waits, because bash would put off a signal's trap until a command in the
# foreground is done. It stays in our process group and keeps the terminal and stdin; `env` gives back the two
# signals that bash turns off in background commands.
run_command() {
	[[ -e /dev/fd/0 ]] || exec </dev/null
	env --default-signal=INT,QUIT "$@" <&0 &
	command_pid=$!
	local status=0
	wait "$command_pid" || status=$?
	command_pid=
	exit "$status"
}

# interrupted SIGNAL STATUS ends the command before the engines. A Ctrl-C has reached the command too, and it gets a
# moment to end in its own way; the other signals came to us alone and are passed on.
interrupted() {
	trap '' INT TERM HUP
	local -a family
	if [[ -n $command_pid ]]; then
		mapfile -t family < <(echo "$command_pid" && descendants "$command_pid")
		if [[ $1 != INT ]] || ! ended 3 "${family[@]}"; then
			kill -TERM "${family[@]}" 2>/dev/null || true
			ended 10 "${family[@]}" || kill -KILL "${family[@]}" 2>/dev/null || true
		fi
	fi
	exit "$2"
}

# stop_engines ends every engine, all at once, and removes their data. PostgreSQL takes TERM as "when the clients have left" and INT as "now", and
# so gets both: before it is PostgreSQL it is a shell that waits for initdb, and that one hears TERM only. Its backends
# have process groups of their own and end with it.
stop_engines() {
	trap '' INT TERM HUP
	local name pid
	for name in "${!engine_pid[@]}"; do
		kill -TERM -- "-${engine_pid[$name]}" 2>/dev/null || true
	done
	if [[ -n ${engine_pid[postgres]:-} ]]; then kill -INT "${engine_pid[postgres]}" 2>/dev/null || true; fi
	for name in "${!engine_pid[@]}"; do
		pid=${engine_pid[$name]}
		if ! ended 15 "-$pid"; then
			say "$name did not stop in time and was killed"
			kill -KILL -- "-$pid" 2>/dev/null || true
			ended 5 "-$pid" || true
		fi
	done
	if [[ -n ${run_dir:-} ]]; then rm -rf "$run_dir"; fi
}
