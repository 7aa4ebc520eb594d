package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"corner/event"
)

// DB is an open database.
type DB struct {
	Routes event.Routes // who is told of which events; set before the first write

	dialect dialect
	w, r    *sql.DB
	written chan struct{}
	full    atomic.Bool // the last write found no room
}

// Open opens the database of a URL; see README for the kinds. The tables are made
// by Migrate.
func Open(ctx context.Context, url string) (*DB, error) {
	d, w, r, err := open(ctx, url)
	if err != nil {
		return nil, err
	}
	return &DB{dialect: d, w: w, r: r, written: make(chan struct{}, 1)}, nil
}

// Dialect is "sqlite" or "postgres".
func (db *DB) Dialect() string { return db.dialect.name }

// Ping reports whether the database answers, and had room for what was written last. Something is
// written every second (see Due), so it is well again soon after there is room.
func (db *DB) Ping(ctx context.Context) error {
	if db.full.Load() {
		return ErrFull
	}
	return db.r.PingContext(ctx)
}

// ErrFull says that the database's disk is full.
var ErrFull = errors.New("the disk is full")

// Close lets go of the database.
func (db *DB) Close() error {
	err := db.w.Close()
	if db.r != db.w {
		err = errors.Join(err, db.r.Close())
	}
	return err
}

// Tx is a transaction under way.
type Tx struct {
	*sql.Tx
	db    *DB
	wrote bool   // events
	held  []Lock // in the order in which they were taken
}

// ErrAgain asks Write to run the transaction again: a row changed between its
// reading and its writing.
var ErrAgain = errors.New("the row has changed meanwhile")

const maxAttempts = 30

// Write runs f in a transaction and commits it; f may run again when the database
// or a version guard says so. What f did outside the transaction is not undone.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := db.attempt(ctx, f)
		if err == nil || full(err) {
			db.full.Store(err != nil)
		}
		if err == nil || !errors.Is(err, ErrAgain) && !db.dialect.retryable(err) {
			return Unreachable(err)
		}
		if attempt == maxAttempts {
			return fmt.Errorf("gave up after %d attempts: %w", attempt, err)
		}
		// Rivals that failed together would fail together again.
		longest := 2 * time.Millisecond * time.Duration(min(attempt, 10))
		pause := rand.N(longest) //nolint:gosec // G404: nobody gains by guessing it
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (db *DB) attempt(ctx context.Context, f func(*Tx) error) error {
	t, err := db.w.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	// Deferred for the f that panics: SQLite's one writer must come back. After the
	// commit it does nothing, and the first error tells more than its own.
	defer t.Rollback()
	x := &Tx{Tx: t, db: db}
	if err := f(x); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if x.wrote {
		select {
		case db.written <- struct{}{}:
		default: // the relay has not looked since the last time
		}
	}
	return nil
}

// Exec runs a statement and returns how many rows it wrote.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.ExecContext(ctx, t.db.dialect.query(query), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Row asks for one row, within the transaction.
func (t *Tx) Row(ctx context.Context, query string, args ...any) *sql.Row {
	return t.QueryRowContext(ctx, t.db.dialect.query(query), args...)
}

// Rows asks for rows, within the transaction.
func (t *Tx) Rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.QueryContext(ctx, t.db.dialect.query(query), args...)
}

// Row asks for one row, outside of any transaction.
func (db *DB) Row(ctx context.Context, query string, args ...any) *sql.Row {
	return db.r.QueryRowContext(ctx, db.dialect.query(query), args...)
}

// Rows asks for rows, outside of any transaction.
func (db *DB) Rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return db.r.QueryContext(ctx, db.dialect.query(query), args...)
}

// Duplicate is the name of what a uniqueness error is about: constraint, index or
// columns; "" for any other error.
func (t *Tx) Duplicate(err error) string { return t.db.dialect.duplicate(err) }

// InOrder ends a SELECT … ORDER BY within the transaction, so that it holds the rows it
// reads, one after the other in that order, until the commit.
func (t *Tx) InOrder() string { return t.db.dialect.inOrder }

// Shared ends a SELECT within the transaction, so that the rows it reads stay as they are until the
// commit, whoever else reads them so.
func (t *Tx) Shared() string { return t.db.dialect.shared }

// Scanner is a row of either kind.
type Scanner interface{ Scan(dest ...any) error }

// Collect reads all rows.
func Collect[T any](rows *sql.Rows, err error, scan func(Scanner) (T, error)) ([]T, error) {
	var all []T
	err = Each(rows, err, func(r Scanner) error {
		v, err := scan(r)
		all = append(all, v)
		return err
	})
	return all, err
}

// Each hands every row to f.
func Each(rows *sql.Rows, err error, f func(Scanner) error) error {
	if err != nil {
		return Unreachable(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return Unreachable(err)
		}
	}
	return Unreachable(rows.Err())
}

// One reads a row; missing is what it is when there is none.
func One[T any](row Scanner, scan func(Scanner) (T, error), missing error) (T, error) {
	v, err := scan(row)
	if errors.Is(err, sql.ErrNoRows) {
		return v, missing
	}
	return v, Unreachable(err)
}

// Values is "($1,$2),($3,$4)…" for rows of so many columns, from placeholder first on.
func Values(first, rows, columns int) string {
	var b strings.Builder
	n := first
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for c := range columns {
			if c > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "$%d", n)
			n++
		}
		b.WriteByte(')')
	}
	return b.String()
}

// List is "$first,…" for n placeholders.
func List(first, n int) string { return strings.Trim(Values(first, 1, n), "()") }

// CollectStrings reads all rows of one text column.
func CollectStrings(rows *sql.Rows, err error) ([]string, error) {
	return Collect(rows, err, func(r Scanner) (s string, err error) { return s, r.Scan(&s) })
}

// OrMissing is err, or missing when the statement went well but met no row.
func OrMissing(err, missing error) error {
	if err != nil {
		return err
	}
	return missing
}

// Reader is the database, or a transaction under way.
type Reader interface {
	Rows(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	Row(ctx context.Context, query string, args ...any) *sql.Row
}
