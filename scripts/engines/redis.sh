# shellcheck shell=bash
# Redis for tests: nothing is written to disk. Sourced by scripts/engines.sh.

redis_version() {
	command -v redis-server >/dev/null || die 'no Redis: run scripts/engines.sh install'
	redis-server --version
}

# redis_serve PORT becomes the server.
redis_serve() {
	as_engine TERM
	exec "${as[@]}" redis-server --bind 127.0.0.1 --port "$1" --save '' --appendonly no --dir "$run_dir/redis"
}

redis_ready() { [[ $(redis-cli -h 127.0.0.1 -p "$1" ping 2>/dev/null) == PONG ]]; }

redis_url() { echo "redis://127.0.0.1:$1/0"; }
