package bookingsql

import (
	"context"
	"fmt"
	"strings"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/identity"
	"corner/once"
	"corner/store"
)

// Store is booking.Store in the database.
type Store struct{ DB *store.DB }

var _ booking.Store = Store{}

const bookingColumns = `id, user_id, merchant_id, place_id, service_id, state, start_at, end_at, zone, party, price, currency,
	ref, expires_at, visit_id, version, created_at, updated_at`

const selectBooking = `SELECT ` + bookingColumns + ` FROM bookings`

func scanBooking(r store.Scanner) (b booking.Booking, err error) {
	return b, r.Scan(&b.ID, &b.User, &b.Merchant, &b.Place, &b.Service, &b.State, store.Instant(&b.Slot.Start), store.Instant(&b.Slot.End), &b.Zone,
		&b.Party, &b.Price.Minor, &b.Price.Currency, &b.Ref, store.Instant(&b.Expires), &b.Visit, &b.Version, store.Instant(&b.CreatedAt), store.Instant(&b.UpdatedAt))
}

// Hold implements booking.Store.
func (s Store) Hold(ctx context.Context, b booking.Booking, admit func(booking.Standing) error, key once.Key, e event.Event) (booking.Booking, error) {
	held := b
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(b.ID), b.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			held, err = Load(ctx, t, booking.ID(first))
			return err
		}
		st, err := standing(ctx, t, &b)
		if err != nil {
			return err
		}
		if err := admit(st); err != nil {
			return err
		}
		if err := insertBooking(ctx, t, &b); err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return booking.Booking{}, fmt.Errorf("hold: %w", err)
	}
	return held, nil
}

// standing takes the calendars of what b takes, forgets what ran out, and counts.
func standing(ctx context.Context, t *store.Tx, b *booking.Booking) (st booking.Standing, err error) {
	// First the user's own row, so that two holds of one user count each other.
	if err := t.Lock(ctx, string(b.User)); err != nil {
		return st, err
	}
	for _, taking := range b.Takes {
		// The row stays ours until the commit: who comes after us counts after us.
		if err := t.Lock(ctx, taking.Ref); err != nil {
			return st, err
		}
		// Removing what ran out is what makes a late confirmation of it fail.
		if _, err := t.Exec(ctx, `DELETE FROM takings WHERE ref = $1 AND until_at <= $2`, taking.Ref, store.Micros(b.CreatedAt)); err != nil {
			return st, fmt.Errorf("forget what ran out: %w", err)
		}
		rows, err := t.Rows(ctx, selectBusy, taking.Ref, store.Micros(b.Slot.Start.Add(-catalog.MaxDuration)), store.Micros(b.Slot.End), store.Micros(b.Slot.Start), store.Micros(b.CreatedAt))
		busy, err := store.Collect(rows, err, scanBusy)
		if err != nil {
			return st, fmt.Errorf("count what is taken: %w", err)
		}
		st.Busy = append(st.Busy, busy...)
	}
	err = t.Row(ctx, `SELECT count(*) FROM bookings WHERE user_id = $1 AND state = 'held' AND expires_at > $2`, string(b.User), store.Micros(b.CreatedAt)).Scan(&st.Holds)
	return st, err
}

// selectBusy: nothing lasts longer than catalog.MaxDuration, so what began before
// $2 is over at $4, and the index on the start bounds what is read.
const selectBusy = `SELECT start_at, end_at, n FROM takings
	WHERE ref = $1 AND start_at > $2 AND start_at < $3 AND end_at > $4 AND (until_at IS NULL OR until_at > $5)`

func scanBusy(r store.Scanner) (b booking.Busy, err error) {
	return b, r.Scan(store.Instant(&b.Start), store.Instant(&b.End), &b.N)
}

func insertBooking(ctx context.Context, t *store.Tx, b *booking.Booking) error {
	_, err := t.Exec(ctx, `INSERT INTO bookings (`+bookingColumns+`) VALUES `+store.Values(1, 1, 18),
		string(b.ID), string(b.User), string(b.Merchant), string(b.Place), string(b.Service), string(b.State), store.Micros(b.Slot.Start), store.Micros(b.Slot.End), b.Zone,
		b.Party, b.Price.Minor, string(b.Price.Currency), b.Ref, store.Micros(b.Expires), b.Visit, b.Version, store.Micros(b.CreatedAt), store.Micros(b.UpdatedAt))
	if d := t.Duplicate(err); strings.Contains(d, "by_ref") || strings.Contains(d, "bookings.ref") {
		return booking.ErrRefTaken
	}
	if err != nil {
		return fmt.Errorf("store a booking: %w", err)
	}
	until, _ := b.Keeps()
	for _, taking := range b.Takes {
		_, err := t.Exec(ctx, `INSERT INTO takings (booking_id, kind, ref, n, start_at, end_at, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			string(b.ID), taking.Kind, taking.Ref, taking.N, store.Micros(b.Slot.Start), store.Micros(b.Slot.End), forGood(until))
		if err != nil {
			return fmt.Errorf("store a taking: %w", err)
		}
	}
	return nil
}

// forGood is an instant, or NULL for the zero time.
func forGood(until time.Time) any {
	if until.IsZero() {
		return nil
	}
	return store.Micros(until)
}

// Load loads a booking with what it takes.
func Load(ctx context.Context, t *store.Tx, id booking.ID) (booking.Booking, error) {
	b, err := store.One(t.Row(ctx, selectBooking+` WHERE id = $1`, string(id)), scanBooking, booking.ErrNotFound)
	if err != nil {
		return b, err
	}
	rows, err := t.Rows(ctx, `SELECT kind, ref, n FROM takings WHERE booking_id = $1 ORDER BY kind, ref`, string(id))
	b.Takes, err = store.Collect(rows, err, func(r store.Scanner) (v booking.Taking, err error) { return v, r.Scan(&v.Kind, &v.Ref, &v.N) })
	return b, err
}

// Update loads a booking, changes it and saves it with its takings; guarded
// by its version.
func Update(ctx context.Context, t *store.Tx, id booking.ID, change func(*booking.Booking) ([]event.Event, error)) (booking.Booking, error) {
	b, err := Load(ctx, t, id)
	if err != nil {
		return b, err
	}
	was := b.Version
	events, err := change(&b)
	if err != nil || len(events) == 0 {
		return b, err
	}
	b.Version++
	n, err := t.Exec(ctx, `UPDATE bookings SET state = $1, start_at = $2, end_at = $3, expires_at = $4, visit_id = $5, version = $6, updated_at = $7
		WHERE id = $8 AND version = $9`, string(b.State), store.Micros(b.Slot.Start), store.Micros(b.Slot.End), store.Micros(b.Expires), b.Visit, b.Version, store.Micros(b.UpdatedAt), string(id), was)
	if err != nil {
		return b, fmt.Errorf("update a booking: %w", err)
	}
	if n == 0 {
		return b, store.ErrAgain
	}
	if err := keepTakings(ctx, t, &b); err != nil {
		return b, err
	}
	return b, t.Emit(ctx, events...)
}

// keepTakings makes the takings of b what b.Keeps says. Those of a hold that ran out
// may be gone to somebody else.
func keepTakings(ctx context.Context, t *store.Tx, b *booking.Booking) error {
	until, keeps := b.Keeps()
	if !keeps {
		_, err := t.Exec(ctx, `DELETE FROM takings WHERE booking_id = $1`, string(b.ID))
		return err
	}
	n, err := t.Exec(ctx, `UPDATE takings SET until_at = $1 WHERE booking_id = $2`, forGood(until), string(b.ID))
	if err == nil && (n == 0 || int(n) != len(b.Takes)) {
		return booking.ErrLapsed
	}
	return err
}

// Booking implements booking.Store.
func (s Store) Booking(ctx context.Context, id booking.ID) (booking.Booking, error) {
	return store.One(s.DB.Row(ctx, selectBooking+` WHERE id = $1`, string(id)), scanBooking, booking.ErrNotFound)
}

// ByRef implements booking.Store.
func (s Store) ByRef(ctx context.Context, ref string) (booking.Booking, error) {
	return store.One(s.DB.Row(ctx, selectBooking+` WHERE ref = $1`, ref), scanBooking, booking.ErrNotFound)
}

// Update implements booking.Store.
func (s Store) Update(ctx context.Context, id booking.ID, key once.Key, change func(*booking.Booking) ([]event.Event, error)) (booking.Booking, error) {
	var b booking.Booking
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(id), key.Made)
		if err != nil {
			return err
		}
		if repeated {
			b, err = Load(ctx, t, booking.ID(first))
			return err
		}
		b, err = Update(ctx, t, id, change)
		return err
	})
	return b, err
}

// Busy implements booking.Store.
func (s Store) Busy(ctx context.Context, id catalog.ServiceID, from, to, now time.Time) ([]booking.Busy, error) {
	rows, err := s.DB.Rows(ctx, selectBusy, string(id), store.Micros(from.Add(-catalog.MaxDuration)), store.Micros(to), store.Micros(from), store.Micros(now))
	return store.Collect(rows, err, scanBusy)
}

// BookingsOf implements booking.Store.
func (s Store) BookingsOf(ctx context.Context, user identity.UserID, before booking.ID, limit int) ([]booking.Booking, error) {
	rows, err := s.DB.Rows(ctx, selectBooking+` WHERE user_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`, string(user), string(before), limit)
	return store.Collect(rows, err, scanBooking)
}

// BookingsAt implements booking.Store.
func (s Store) BookingsAt(ctx context.Context, p catalog.PlaceID, from, to time.Time, after booking.ID, limit int) ([]booking.Booking, error) {
	rows, err := s.DB.Rows(ctx, selectBooking+` WHERE place_id = $1 AND start_at >= $2 AND start_at < $3
		AND ($4 = '' OR (start_at, id) > (SELECT b.start_at, b.id FROM bookings b WHERE b.id = $4))
		ORDER BY start_at, id LIMIT $5`, string(p), store.Micros(from), store.Micros(to), string(after), limit)
	return store.Collect(rows, err, scanBooking)
}

// RunOut implements booking.Store.
func (s Store) RunOut(ctx context.Context, now time.Time, n int) ([]booking.ID, error) {
	rows, err := s.DB.Rows(ctx, `SELECT id FROM bookings WHERE state = 'held' AND expires_at <= $1 ORDER BY expires_at LIMIT $2`, store.Micros(now), n)
	return store.Collect(rows, err, func(r store.Scanner) (id booking.ID, err error) { return id, r.Scan(&id) })
}
