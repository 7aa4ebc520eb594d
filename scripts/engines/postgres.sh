# shellcheck shell=bash
# PostgreSQL for tests. Sourced by scripts/engines.sh.
#
# Debian's package keeps the server programs off the PATH; the newest installed version is taken.

postgres_bin() {
	local dir
	dir=$(compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -n 1)
	if [[ -z $dir ]]; then dir=$(command -v postgres || true); fi
	[[ -n $dir ]] || return 1
	dirname "$dir"
}

postgres_version() { "$(postgres_bin || die 'no PostgreSQL: run scripts/engines.sh install')/postgres" --version; }

# postgres_serve PORT becomes the server. The role `corner` is the superuser of this scratch cluster, because every test makes a
# database of its own. The locale is C.UTF-8: present on every Debian, the same everywhere, and the order of its strings is
# that of SQLite. Durability is off, for the data ends with the run.
postgres_serve() {
	local bin data=$run_dir/postgres/data
	bin=$(postgres_bin)
	as_engine INT
	cd "$run_dir/postgres"
	"${as[@]}" "$bin/initdb" --pgdata="$data" --username=corner --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
	exec "${as[@]}" "$bin/postgres" -D "$data" -p "$1" \
		-c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
		-c max_connections=400 -c shared_buffers=256MB -c max_wal_size=4GB \
		-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
		-c timezone=UTC -c log_timezone=UTC
}

# postgres_ready PORT is true once the server takes commands: making the database is the question and the work in one.
postgres_ready() {
	"$(postgres_bin)/createdb" --host=127.0.0.1 --port="$1" --username=corner --no-password corner >/dev/null 2>&1
}

postgres_url() { echo "postgres://corner@127.0.0.1:$1/corner?sslmode=disable"; }
