package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"corner/idempotency"
)

// Claim claims key for subject, which the transaction is about to make. When the key
// was used before, it returns what it made then. Two at a time: the second waits
// for the first to commit or fail.
func (t *Tx) Claim(ctx context.Context, key idempotency.Key, subject string, now time.Time) (first string, repeated bool, err error) {
	if !key.Given() {
		return "", false, nil
	}
	if len(t.held) > 0 {
		return "", false, errLockOrder // the key comes first
	}
	input := hex.EncodeToString(key.Input[:])
	n, err := t.Exec(ctx, `INSERT INTO idempotency_keys (owner, token, op, input, subject, created_at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (owner, token) DO NOTHING`,
		key.Owner, key.Token, key.Op, input, subject, Micros(now))
	if err != nil {
		return "", false, fmt.Errorf("claim an idempotency key: %w", err)
	}
	if n == 1 {
		return "", false, nil
	}
	first, err = findKey(t.Row(ctx, selectKey, key.Owner, key.Token), key)
	return first, err == nil, err
}

// Once claims the key under which ctx changes something, subject; idempotency.ErrRepeated if it has been
// changed under that key. It comes first in its transaction, like Claim. Without a key nothing is claimed.
func (t *Tx) Once(ctx context.Context, subject string) error {
	key := idempotency.Of(ctx)
	_, repeated, err := t.Claim(ctx, key, subject, key.Made)
	if err == nil && repeated {
		err = idempotency.ErrRepeated
	}
	return err
}

// Reclaim says that what a key claimed in this transaction made is another subject, which was there.
func (t *Tx) Reclaim(ctx context.Context, key idempotency.Key, subject string) error {
	if !key.Given() {
		return nil
	}
	_, err := t.Exec(ctx, `UPDATE idempotency_keys SET subject = $1 WHERE owner = $2 AND token = $3`, subject, key.Owner, key.Token)
	return err
}

const selectKey = `SELECT op, input, subject FROM idempotency_keys WHERE owner = $1 AND token = $2`

// findKey reads what a key made; sql.ErrNoRows if it is new.
func findKey(row Scanner, key idempotency.Key) (subject string, err error) {
	var op, input string
	if err := row.Scan(&op, &input, &subject); err != nil {
		return "", err
	}
	if op != key.Op || input != hex.EncodeToString(key.Input[:]) {
		return "", idempotency.ErrReused
	}
	return subject, nil
}

// MadeWith is what the first call under key made; sql.ErrNoRows if there was none.
func (db *DB) MadeWith(ctx context.Context, key idempotency.Key) (subject string, err error) {
	return findKey(db.Row(ctx, selectKey, key.Owner, key.Token), key)
}

// Repeated reports whether something was made or changed under key; the error is idempotency.ErrReused
// if that was another call.
func (db *DB) Repeated(ctx context.Context, key idempotency.Key) (bool, error) {
	_, err := db.MadeWith(ctx, key)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, Unreachable(err)
}

// ForgetKeys forgets up to n idempotency keys from before the given time, and
// returns how many.
func (db *DB) ForgetKeys(ctx context.Context, before time.Time, n int) (int, error) {
	var gone int64
	err := db.Write(ctx, func(t *Tx) (err error) {
		gone, err = t.Exec(ctx, `DELETE FROM idempotency_keys WHERE (owner, token) IN
			(SELECT owner, token FROM idempotency_keys WHERE created_at < $1 LIMIT $2)`, Micros(before), n)
		return err
	})
	return int(gone), err
}
