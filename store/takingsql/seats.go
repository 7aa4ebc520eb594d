package takingsql

import (
	"context"
	"fmt"
	"slices"
	"time"

	"corner/catalog"
	"corner/store"
	"corner/taking"
)

// Seats is the participant for what can be taken so many times at one moment, during the
// time of a slot. Time that was used stays taken, and so does time that was kept for
// somebody who did not come.
type Seats struct{}

var _ Participant = Seats{}

// selectBusy: nothing takes longer than catalog.Occupied, so what began before
// $1 is over at $3, and the index on ref and start bounds what is read.
const selectBusy = `SELECT kind, ref, start_at, end_at, n FROM takings
	WHERE start_at > $1 AND start_at < $2 AND end_at > $3 AND (until_at IS NULL OR until_at > $4) AND booking_id <> $5 AND ref IN `

// BusyOf reads what is taken of each ref at now, of the time of s.
func BusyOf(ctx context.Context, db store.Reader, refs []taking.Ref, s taking.Slot, now time.Time) (map[taking.Ref][]taking.Busy, error) {
	return busyBesides(ctx, db, "", refs, s, now)
}

// busyBesides is BusyOf without what one stake has taken.
func busyBesides(
	ctx context.Context,
	db store.Reader,
	stake string,
	refs []taking.Ref,
	s taking.Slot,
	now time.Time,
) (map[taking.Ref][]taking.Busy, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	args := []any{store.Micros(s.Start.Add(-catalog.Occupied)), store.Micros(s.End), store.Micros(s.Start), store.Micros(now), stake}
	for _, r := range refs {
		args = append(args, r.ID)
	}
	busy := map[taking.Ref][]taking.Busy{}
	rows, err := db.Rows(ctx, selectBusy+`(`+store.List(6, len(refs))+`)`, args...)
	err = store.Each(rows, err, func(r store.Scanner) error {
		var ref taking.Ref
		var b taking.Busy
		err := r.Scan(&ref.Kind, &ref.ID, store.Instant(&b.Start), store.Instant(&b.End), &b.N)
		if slices.Contains(refs, ref) { // an id may be of another kind
			busy[ref] = append(busy[ref], b)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count what is taken: %w", err)
	}
	return busy, nil
}

// Standing implements Participant.
func (Seats) Standing(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, now time.Time) (taking.Standing, error) {
	if err := forget(ctx, t, of.Ref, now); err != nil {
		return taking.Standing{}, err
	}
	busy, err := busyBesides(ctx, t, s.ID, []taking.Ref{of.Ref}, s.Occupies(), now)
	return taking.Standing{Ref: of.Ref, Busy: busy[of.Ref]}, err
}

// Claim implements Participant.
func (Seats) Claim(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error {
	return insert(ctx, t, s, of)
}

// Firm implements Participant.
func (Seats) Firm(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error {
	return update(ctx, t, s, of)
}

// Swap implements Participant.
func (Seats) Swap(ctx context.Context, t *store.Tx, s *taking.Stake, was, is taking.Taking) error {
	return swap(ctx, t, s, was, is)
}

// End implements Participant.
func (Seats) End(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, o taking.Outcome) error {
	if !o.Frees() {
		return nil
	}
	return remove(ctx, t, s, of.Ref)
}

// Reverse implements Participant.
func (Seats) Reverse(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, o taking.Outcome) error {
	if !o.Frees() {
		return nil
	}
	return insert(ctx, t, s, of)
}
