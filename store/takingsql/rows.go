package takingsql

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corner/store"
	"corner/taking"
)

// ErrGone says that a taking ran out and that somebody else has it now.
var ErrGone = errors.New("what was held has been given to somebody else")

// The rows of the table takings: one for each stake and ref.

func insert(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error {
	when := during(s, of.Ref)
	_, err := t.Exec(ctx, `INSERT INTO takings (booking_id, kind, ref, n, start_at, end_at, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		s.ID, string(of.Ref.Kind), of.Ref.ID, of.N, store.Micros(when.Start), store.Micros(when.End), forGood(s.Until))
	if err != nil {
		return fmt.Errorf("store a taking: %w", err)
	}
	return nil
}

// during is the time for which a stake takes something: time with the buffers, a place in a limit for as
// long as the visit itself.
func during(s *taking.Stake, ref taking.Ref) taking.Slot {
	if ref.Kind == taking.PerPerson {
		return s.Slot
	}
	return s.Occupies()
}

// update writes the slot, the number and the time limit of a row that must be there.
func update(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error {
	when := during(s, of.Ref)
	n, err := t.Exec(
		ctx,
		`UPDATE takings SET n = $1, start_at = $2, end_at = $3, until_at = $4 WHERE booking_id = $5 AND kind = $6 AND ref = $7`,
		of.N,
		store.Micros(when.Start),
		store.Micros(when.End),
		forGood(s.Until),
		s.ID,
		string(of.Ref.Kind),
		of.Ref.ID,
	)
	if err != nil || n == 0 {
		return store.OrMissing(err, ErrGone)
	}
	return nil
}

// remove deletes a row, if it is there.
func remove(ctx context.Context, t *store.Tx, s *taking.Stake, ref taking.Ref) error {
	_, err := t.Exec(ctx, `DELETE FROM takings WHERE booking_id = $1 AND kind = $2 AND ref = $3`, s.ID, string(ref.Kind), ref.ID)
	return err
}

// forget deletes what of ref ran out by now. It is what makes a late confirmation fail.
func forget(ctx context.Context, t *store.Tx, ref taking.Ref, now time.Time) error {
	if _, err := t.Exec(
		ctx,
		`DELETE FROM takings WHERE kind = $1 AND ref = $2 AND until_at <= $3`,
		string(ref.Kind),
		ref.ID,
		store.Micros(now),
	); err != nil {
		return fmt.Errorf("forget what ran out: %w", err)
	}
	return nil
}

// swap makes the row of a ref what it is now.
func swap(ctx context.Context, t *store.Tx, s *taking.Stake, was, is taking.Taking) error {
	switch {
	case is.N == 0:
		return remove(ctx, t, s, was.Ref)
	case was.N == 0:
		return insert(ctx, t, s, is)
	}
	return update(ctx, t, s, is)
}

// forGood is an instant, or NULL for the zero time.
func forGood(until time.Time) any {
	if until.IsZero() {
		return nil
	}
	return store.Micros(until)
}
