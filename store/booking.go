package store

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
)

// Bookings is booking.Store in the database.
type Bookings struct{ DB *DB }

var _ booking.Store = Bookings{}

const bookingColumns = `id, user_id, merchant_id, place_id, service_id, state, start_at, end_at, zone, party, price, currency,
	ref, expires_at, visit_id, version, created_at, updated_at`

const selectBooking = `SELECT ` + bookingColumns + ` FROM bookings`

func scanBooking(r scanner) (b booking.Booking, err error) {
	return b, r.Scan(&b.ID, &b.User, &b.Merchant, &b.Place, &b.Service, &b.State, instant{&b.Slot.Start}, instant{&b.Slot.End}, &b.Zone,
		&b.Party, &b.Price.Minor, &b.Price.Currency, &b.Ref, instant{&b.Expires}, &b.Visit, &b.Version, instant{&b.CreatedAt}, instant{&b.UpdatedAt})
}

// Hold implements booking.Store.
func (s Bookings) Hold(ctx context.Context, b booking.Booking, admit func(booking.Standing) error, key once.Key, e event.Event) (booking.Booking, error) {
	held := b
	err := s.DB.write(ctx, func(t *tx) error {
		first, repeated, err := t.once(ctx, key, string(b.ID), b.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			held, err = t.booking(ctx, booking.ID(first))
			return err
		}
		st, err := t.standing(ctx, &b)
		if err != nil {
			return err
		}
		if err := admit(st); err != nil {
			return err
		}
		if err := t.insertBooking(ctx, &b); err != nil {
			return err
		}
		return t.emit(ctx, e)
	})
	if err != nil {
		return booking.Booking{}, fmt.Errorf("hold: %w", err)
	}
	return held, nil
}

// standing takes the calendars of what b takes, forgets what ran out, and counts.
func (t *tx) standing(ctx context.Context, b *booking.Booking) (st booking.Standing, err error) {
	// First the user's own row, so that two holds of one user count each other.
	if err := t.calendar(ctx, string(b.User)); err != nil {
		return st, err
	}
	for _, taking := range b.Takes {
		// The row stays ours until the commit: who comes after us counts after us.
		if err := t.calendar(ctx, taking.Ref); err != nil {
			return st, err
		}
		// Removing what ran out is what makes a late confirmation of it fail.
		if _, err := t.exec(ctx, `DELETE FROM takings WHERE ref = $1 AND until_at <= $2`, taking.Ref, micros(b.CreatedAt)); err != nil {
			return st, fmt.Errorf("forget what ran out: %w", err)
		}
		rows, err := t.rows(ctx, selectBusy, taking.Ref, micros(b.Slot.Start.Add(-catalog.MaxDuration)), micros(b.Slot.End), micros(b.Slot.Start), micros(b.CreatedAt))
		busy, err := collect(rows, err, scanBusy)
		if err != nil {
			return st, fmt.Errorf("count what is taken: %w", err)
		}
		st.Busy = append(st.Busy, busy...)
	}
	err = t.row(ctx, `SELECT count(*) FROM bookings WHERE user_id = $1 AND state = 'held' AND expires_at > $2`, string(b.User), micros(b.CreatedAt)).Scan(&st.Holds)
	return st, err
}

// calendar takes the row that whoever counts and takes something of ref holds.
func (t *tx) calendar(ctx context.Context, ref string) error {
	_, err := t.exec(ctx, `INSERT INTO calendars (ref, version) VALUES ($1, 1) ON CONFLICT (ref) DO UPDATE SET version = calendars.version + 1`, ref)
	if err != nil {
		return fmt.Errorf("take the calendar: %w", err)
	}
	return nil
}

// selectBusy: nothing lasts longer than catalog.MaxDuration, so what began before
// $2 is over at $4, and the index on the start bounds what is read.
const selectBusy = `SELECT start_at, end_at, n FROM takings
	WHERE ref = $1 AND start_at > $2 AND start_at < $3 AND end_at > $4 AND (until_at IS NULL OR until_at > $5)`

func scanBusy(r scanner) (b booking.Busy, err error) {
	return b, r.Scan(instant{&b.Start}, instant{&b.End}, &b.N)
}

func (t *tx) insertBooking(ctx context.Context, b *booking.Booking) error {
	_, err := t.exec(ctx, `INSERT INTO bookings (`+bookingColumns+`) VALUES `+values(1, 1, 18),
		string(b.ID), string(b.User), string(b.Merchant), string(b.Place), string(b.Service), string(b.State), micros(b.Slot.Start), micros(b.Slot.End), b.Zone,
		b.Party, b.Price.Minor, string(b.Price.Currency), b.Ref, micros(b.Expires), b.Visit, b.Version, micros(b.CreatedAt), micros(b.UpdatedAt))
	if d := t.db.dialect.duplicate(err); strings.Contains(d, "by_ref") || strings.Contains(d, "bookings.ref") {
		return booking.ErrRefTaken
	}
	if err != nil {
		return fmt.Errorf("store a booking: %w", err)
	}
	until, _ := b.Keeps()
	for _, taking := range b.Takes {
		_, err := t.exec(ctx, `INSERT INTO takings (booking_id, kind, ref, n, start_at, end_at, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			string(b.ID), taking.Kind, taking.Ref, taking.N, micros(b.Slot.Start), micros(b.Slot.End), forGood(until))
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
	return micros(until)
}

// booking loads a booking with what it takes.
func (t *tx) booking(ctx context.Context, id booking.ID) (booking.Booking, error) {
	b, err := one(t.row(ctx, selectBooking+` WHERE id = $1`, string(id)), scanBooking, booking.ErrNotFound)
	if err != nil {
		return b, err
	}
	rows, err := t.rows(ctx, `SELECT kind, ref, n FROM takings WHERE booking_id = $1 ORDER BY kind, ref`, string(id))
	b.Takes, err = collect(rows, err, func(r scanner) (v booking.Taking, err error) { return v, r.Scan(&v.Kind, &v.Ref, &v.N) })
	return b, err
}

// updateBooking loads a booking, changes it and saves it with its takings; guarded
// by its version.
func (t *tx) updateBooking(ctx context.Context, id booking.ID, change func(*booking.Booking) ([]event.Event, error)) (booking.Booking, error) {
	b, err := t.booking(ctx, id)
	if err != nil {
		return b, err
	}
	was := b.Version
	events, err := change(&b)
	if err != nil || len(events) == 0 {
		return b, err
	}
	b.Version++
	n, err := t.exec(ctx, `UPDATE bookings SET state = $1, start_at = $2, end_at = $3, expires_at = $4, visit_id = $5, version = $6, updated_at = $7
		WHERE id = $8 AND version = $9`, string(b.State), micros(b.Slot.Start), micros(b.Slot.End), micros(b.Expires), b.Visit, b.Version, micros(b.UpdatedAt), string(id), was)
	if err != nil {
		return b, fmt.Errorf("update a booking: %w", err)
	}
	if n == 0 {
		return b, errAgain
	}
	if err := t.keepTakings(ctx, &b); err != nil {
		return b, err
	}
	return b, t.emit(ctx, events...)
}

// keepTakings makes the takings of b what b.Keeps says. Those of a hold that ran out
// may be gone to somebody else.
func (t *tx) keepTakings(ctx context.Context, b *booking.Booking) error {
	until, keeps := b.Keeps()
	if !keeps {
		_, err := t.exec(ctx, `DELETE FROM takings WHERE booking_id = $1`, string(b.ID))
		return err
	}
	n, err := t.exec(ctx, `UPDATE takings SET until_at = $1 WHERE booking_id = $2`, forGood(until), string(b.ID))
	if err == nil && (n == 0 || int(n) != len(b.Takes)) {
		return booking.ErrLapsed
	}
	return err
}

// Booking implements booking.Store.
func (s Bookings) Booking(ctx context.Context, id booking.ID) (booking.Booking, error) {
	return one(s.DB.row(ctx, selectBooking+` WHERE id = $1`, string(id)), scanBooking, booking.ErrNotFound)
}

// ByRef implements booking.Store.
func (s Bookings) ByRef(ctx context.Context, ref string) (booking.Booking, error) {
	return one(s.DB.row(ctx, selectBooking+` WHERE ref = $1`, ref), scanBooking, booking.ErrNotFound)
}

// Update implements booking.Store.
func (s Bookings) Update(ctx context.Context, id booking.ID, key once.Key, change func(*booking.Booking) ([]event.Event, error)) (booking.Booking, error) {
	var b booking.Booking
	err := s.DB.write(ctx, func(t *tx) error {
		first, repeated, err := t.once(ctx, key, string(id), key.Made)
		if err != nil {
			return err
		}
		if repeated {
			b, err = t.booking(ctx, booking.ID(first))
			return err
		}
		b, err = t.updateBooking(ctx, id, change)
		return err
	})
	return b, err
}

// Busy implements booking.Store.
func (s Bookings) Busy(ctx context.Context, id catalog.ServiceID, from, to, now time.Time) ([]booking.Busy, error) {
	rows, err := s.DB.rows(ctx, selectBusy, string(id), micros(from.Add(-catalog.MaxDuration)), micros(to), micros(from), micros(now))
	return collect(rows, err, scanBusy)
}

// BookingsOf implements booking.Store.
func (s Bookings) BookingsOf(ctx context.Context, user identity.UserID, before booking.ID, limit int) ([]booking.Booking, error) {
	rows, err := s.DB.rows(ctx, selectBooking+` WHERE user_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`, string(user), string(before), limit)
	return collect(rows, err, scanBooking)
}

// BookingsAt implements booking.Store.
func (s Bookings) BookingsAt(ctx context.Context, p catalog.PlaceID, from, to time.Time, after booking.ID, limit int) ([]booking.Booking, error) {
	rows, err := s.DB.rows(ctx, selectBooking+` WHERE place_id = $1 AND start_at >= $2 AND start_at < $3
		AND ($4 = '' OR (start_at, id) > (SELECT b.start_at, b.id FROM bookings b WHERE b.id = $4))
		ORDER BY start_at, id LIMIT $5`, string(p), micros(from), micros(to), string(after), limit)
	return collect(rows, err, scanBooking)
}

// RunOut implements booking.Store.
func (s Bookings) RunOut(ctx context.Context, now time.Time, n int) ([]booking.ID, error) {
	rows, err := s.DB.rows(ctx, `SELECT id FROM bookings WHERE state = 'held' AND expires_at <= $1 ORDER BY expires_at LIMIT $2`, micros(now), n)
	return collect(rows, err, func(r scanner) (id booking.ID, err error) { return id, r.Scan(&id) })
}
