package bookingsql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corner/booking"
	"corner/event"
	"corner/idempotency"
	"corner/store"
	"corner/store/takingsql"
	"corner/taking"
)

// Change is what is done to a booking in the transaction that saves it.
type Change = func(*booking.Booking) ([]event.Event, error)

// Update implements booking.Store.
func (s Store) Update(
	ctx context.Context,
	id booking.ID,
	key idempotency.Key,
	change func(*booking.Booking) ([]event.Event, error),
) (booking.Booking, error) {
	return s.Move(ctx, id, key, taking.Rules{}, change)
}

// Move implements booking.Store.
func (s Store) Move(
	ctx context.Context, id booking.ID, key idempotency.Key, rules taking.Rules, change func(*booking.Booking) ([]event.Event, error),
) (booking.Booking, error) {
	var b booking.Booking
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(id), key.Made)
		if err != nil {
			return err
		}
		if repeated {
			b, err = load(ctx, t, booking.ID(first))
			return err
		}
		b, err = s.update(ctx, t, id, rules, change)
		return err
	})
	return b, err
}

// UpdateIn is Update within a transaction under way, for the stores of what follows from
// a booking.
func (s Store) UpdateIn(ctx context.Context, t *store.Tx, id booking.ID, change Change) (booking.Booking, error) {
	return s.update(ctx, t, id, taking.Rules{}, change)
}

// LockIn holds a booking until the transaction ends, with all that it takes: first the
// refs, then its row. ErrNotFound if there is none; ErrAgain if it changed before its row
// was held, since the refs were those of the booking before the change.
func (s Store) LockIn(ctx context.Context, t *store.Tx, id booking.ID) error {
	b, err := load(ctx, t, id)
	if err != nil {
		return err
	}
	if err := s.parts().Lock(ctx, t, b.Takes); err != nil {
		return err
	}
	n, err := t.Exec(ctx, `UPDATE bookings SET version = version WHERE id = $1 AND version = $2`, string(id), b.Version)
	switch {
	case err != nil:
		return fmt.Errorf("hold a booking: %w", err)
	case n == 0:
		return store.ErrAgain
	}
	return nil
}

// update loads a booking, changes it, and saves it with what follows for those who have
// a part in it. The locks of the refs come before the booking's row; its version tells
// whether it is still what change was shown.
func (s Store) update(ctx context.Context, t *store.Tx, id booking.ID, rules taking.Rules, change Change) (booking.Booking, error) {
	b, err := load(ctx, t, id)
	if err != nil {
		return b, err
	}
	was := b
	was.Takes = slices.Clone(b.Takes)
	events, err := change(&b)
	if err != nil || len(events) == 0 {
		return b, err
	}
	if rules.Mine != nil {
		if err := t.Lock(ctx, store.UserLock(b.User)); err != nil {
			return b, err
		}
		if err := admitMine(ctx, t, &b, rules, b.UpdatedAt); err != nil {
			return b, err
		}
	}
	if err := s.parts().Lock(ctx, t, was.Takes, b.Takes); err != nil {
		return b, err
	}
	if err := admitOffer(ctx, t, &b, rules); err != nil {
		return b, err
	}
	b.Version++
	if err := save(ctx, t, &b, was.Version); err != nil {
		return b, err
	}
	if err := s.follow(ctx, t, &was, &b, rules); err != nil {
		if errors.Is(err, takingsql.ErrGone) {
			err = booking.ErrLapsed
		}
		return b, err
	}
	return b, t.Emit(ctx, events...)
}

func save(ctx context.Context, t *store.Tx, b *booking.Booking, was int64) error {
	n, err := t.Exec(
		ctx,
		`UPDATE bookings SET state = $1, start_at = $2, end_at = $3, expires_at = $4, visit_id = $5, version = $6, updated_at = $7, takes = $8
		WHERE id = $9 AND version = $10`,
		string(b.State),
		store.Micros(b.Slot.Start),
		store.Micros(b.Slot.End),
		store.Micros(b.Expires),
		b.Visit,
		b.Version,
		store.Micros(b.UpdatedAt),
		takingsText(b.Takes),
		string(b.ID),
		was,
	)
	if err != nil {
		return fmt.Errorf("update a booking: %w", err)
	}
	if n == 0 {
		return store.ErrAgain
	}
	return nil
}

// follow does what the change of a booking means for those who have a part in it.
func (s Store) follow(ctx context.Context, t *store.Tx, was, is *booking.Booking, rules taking.Rules) error {
	parts, stake := s.parts(), is.Stake()
	before, after := was.Outcome(), is.Outcome()
	switch {
	case before == "" && after != "":
		return parts.End(ctx, t, stake, after)
	case before != "" && after == "":
		if err := parts.Admit(ctx, t, stake, rules.Take, is.UpdatedAt); err != nil {
			return err
		}
		return parts.Reverse(ctx, t, stake, before)
	case after != "":
		return nil
	}
	moved := was.Slot != is.Slot || !slices.Equal(taking.Sorted(was.Takes), taking.Sorted(is.Takes))
	if moved {
		if err := parts.Admit(ctx, t, stake, rules.Take, is.UpdatedAt); err != nil {
			return err
		}
	}
	if moved || is.State == booking.Held && !was.Expires.Equal(is.Expires) {
		if err := parts.Swap(ctx, t, was.Takes, stake); err != nil {
			return err
		}
	}
	if was.State == booking.Held && is.State == booking.Confirmed {
		return parts.Firm(ctx, t, stake)
	}
	return nil
}

// ForgetLapsed removes up to n holds that lapsed before the given time, and returns how many: no
// visit and no money hangs on them.
func (s Store) ForgetLapsed(ctx context.Context, before time.Time, n int) (int, error) {
	var gone int64
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		gone, err = t.Exec(ctx, `DELETE FROM bookings WHERE id IN (
			SELECT id FROM bookings WHERE state = 'lapsed' AND updated_at < $1
				AND NOT EXISTS (SELECT 1 FROM takings WHERE takings.booking_id = bookings.id) LIMIT $2)`, store.Micros(before), n)
		return err
	})
	return int(gone), err
}
