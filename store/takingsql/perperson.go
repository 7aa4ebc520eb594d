package takingsql

import (
	"context"
	"time"

	"corner/store"
	"corner/taking"
)

// PerPerson is the participant for the limit on open bookings of one service by one person.
// A booking is open until it ends or its time is over.
type PerPerson struct{}

var _ Participant = PerPerson{}

// Standing implements Participant.
func (PerPerson) Standing(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, now time.Time) (taking.Standing, error) {
	st := taking.Standing{Ref: of.Ref}
	if err := forget(ctx, t, of.Ref, now); err != nil {
		return st, err
	}
	err := t.Row(ctx, `SELECT COALESCE(SUM(n), 0) FROM takings WHERE ref = $1 AND kind = $2 AND end_at > $3 AND booking_id <> $4`,
		of.Ref.ID, string(of.Ref.Kind), store.Micros(now), s.ID).Scan(&st.Open)
	return st, err
}

// Claim implements Participant.
func (PerPerson) Claim(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error {
	return insert(ctx, t, s, of)
}

// Firm implements Participant.
func (PerPerson) Firm(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error {
	return update(ctx, t, s, of)
}

// Swap implements Participant.
func (PerPerson) Swap(ctx context.Context, t *store.Tx, s *taking.Stake, was, is taking.Taking) error {
	return swap(ctx, t, s, was, is)
}

// End implements Participant.
func (PerPerson) End(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, _ taking.Outcome) error {
	return remove(ctx, t, s, of.Ref)
}

// Reverse implements Participant.
func (PerPerson) Reverse(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, _ taking.Outcome) error {
	return insert(ctx, t, s, of)
}
