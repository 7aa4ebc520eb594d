package store

import (
	"context"
	"database/sql"

	"corner/event"
)

// Tx and the names below let external tests look at the transaction helper.
type Tx = tx

var (
	ErrAgain = errAgain
	Numbered = numbered
	Values   = values
	List     = list
)

const MaxAttempts = maxAttempts

func (db *DB) Write(ctx context.Context, f func(*Tx) error) error { return db.write(ctx, f) }

func (db *DB) Read(ctx context.Context, query string, args ...any) *sql.Row {
	return db.row(ctx, query, args...)
}

func (t *tx) Do(ctx context.Context, query string, args ...any) error {
	_, err := t.exec(ctx, query, args...)
	return err
}

func (t *tx) Read(ctx context.Context, query string, args ...any) *sql.Row {
	return t.row(ctx, query, args...)
}

func (t *tx) Emit(ctx context.Context, events ...event.Event) error { return t.emit(ctx, events...) }
