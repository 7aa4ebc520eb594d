package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // database/sql driver "pgx"
	sqlite3 "github.com/mattn/go-sqlite3"
)

// dialect is all that differs between the databases.
type dialect struct {
	name string
	// query turns a text with $1 placeholders into the driver's.
	query func(string) string
	// skipLocked ends a SELECT so that it takes the rows it reads, and leaves out those
	// that another transaction has taken; inOrder, so that it takes them one after the
	// other. SQLite has one writer, and needs neither.
	skipLocked, inOrder string
	// shared ends a SELECT so that what it reads stays as it is until the transaction ends, for others
	// who do the same, too.
	shared string
	// ddl is what the {{words}} of a migration stand for.
	ddl *strings.Replacer
	// retryable reports whether the transaction may succeed when it is run again.
	retryable func(error) bool
	// duplicate is the name of what a uniqueness error is about: constraint, index or
	// columns; "" for any other error.
	duplicate func(error) string
}

var postgres = dialect{
	name:  "postgres",
	query: func(s string) string { return s },

	skipLocked: " FOR UPDATE SKIP LOCKED",
	inOrder:    " FOR UPDATE",
	shared:     " FOR SHARE",
	// "C" orders ids by byte, as SQLite does, whatever the database's locale.
	ddl: strings.NewReplacer("{{id}}", `TEXT COLLATE "C"`),
	retryable: func(err error) bool {
		e, ok := errors.AsType[*pgconn.PgError](err)
		// serialization_failure, deadlock_detected
		return ok && (e.Code == "40001" || e.Code == "40P01")
	},
	duplicate: func(err error) string {
		if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "23505" {
			return e.ConstraintName
		}
		return ""
	},
}

var sqlite = dialect{
	name:  "sqlite",
	query: numbered,
	ddl:   strings.NewReplacer("{{id}}", "TEXT"),
	retryable: func(err error) bool {
		e, ok := errors.AsType[sqlite3.Error](err)
		return ok && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked)
	},
	duplicate: func(err error) string {
		e, ok := errors.AsType[sqlite3.Error](err)
		if ok && (e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey) {
			return e.Error() // "UNIQUE constraint failed: bookings.ref"
		}
		return ""
	},
}

var (
	placeholder = regexp.MustCompile(`\$(\d+)`)
	numberedOf  sync.Map // string → string
)

// numbered turns $1 into ?1. SQLite reads $1 as a name and binds names in the order
// they first appear, so "$2 … $1" would be bound the wrong way round, silently.
func numbered(s string) string {
	if q, ok := numberedOf.Load(s); ok {
		return q.(string) //nolint:errcheck,forcetypeassert // nothing else is put in
	}
	q := placeholder.ReplaceAllString(s, "?$1")
	if len(s) < 4096 { // the long ones are made for a number of rows; too many to keep
		numberedOf.Store(s, q)
	}
	return q
}

// open opens writer and reader pools. Kinds of URL: sqlite:///path/to/file.db (with
// ?synchronous=normal where losing the last moment in a power cut is all right) and
// postgres://….
func open(ctx context.Context, raw string) (d dialect, w, r *sql.DB, err error) {
	u, err := url.Parse(raw)
	if err != nil {
		return d, nil, nil, errors.New("the database URL cannot be read") // it may hold a password
	}
	switch u.Scheme {
	case "sqlite":
		w, r, err = openSQLite(u)
		d = sqlite
	case "postgres", "postgresql":
		w, err = sql.Open("pgx", raw)
		if err == nil {
			w.SetMaxOpenConns(postgresConns)
			w.SetMaxIdleConns(postgresConns)
		}
		d, r = postgres, w
	default:
		return d, nil, nil, fmt.Errorf("a database URL begins with sqlite:// or postgres://, not %q", u.Scheme)
	}
	if err != nil {
		return d, nil, nil, err
	}
	if err := w.PingContext(ctx); err != nil {
		_ = w.Close()
		_ = r.Close()
		return d, nil, nil, fmt.Errorf("reach the %s database: %w", d.name, err)
	}
	return d, w, r, nil
}

const (
	postgresConns = 24
	sqliteReaders = 4
)

func openSQLite(u *url.URL) (w, r *sql.DB, err error) {
	path := u.Path
	if u.Host != "" || u.Opaque != "" || path == "" {
		return nil, nil, errors.New("a SQLite URL is sqlite:///absolute/path or sqlite:///./relative/path")
	}
	path = strings.TrimPrefix(path, "/./")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, err
	}
	if err := keepPrivate(path); err != nil {
		return nil, nil, err
	}
	sync := "full"
	if s := u.Query().Get("synchronous"); s != "" {
		sync = s
	}
	// One writer: SQLite has one at a time anyway, and a queue in Go is fair where its
	// busy handler is not. Immediate: a transaction that reads first and writes later
	// would otherwise fail for good when another wrote in between.
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() +
		"?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=on&_txlock=immediate&_stmt_cache_size=200&_synchronous=" + url.QueryEscape(sync)
	if w, err = sql.Open("sqlite3", dsn); err != nil {
		return nil, nil, err
	}
	w.SetMaxOpenConns(1)
	w.SetMaxIdleConns(1)
	if r, err = sql.Open("sqlite3", dsn+"&_query_only=1"); err != nil {
		return nil, nil, err
	}
	r.SetMaxOpenConns(sqliteReaders)
	r.SetMaxIdleConns(sqliteReaders)
	return w, r, nil
}

// keepPrivate makes the database file, or keeps the one that is there, for its owner alone: it
// holds phone numbers. SQLite gives its journal the same mode.
func keepPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}
