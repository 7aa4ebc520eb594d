package store

import (
	"context"
	"errors"

	"corner/booking"
	"corner/event"
	"corner/once"
	"corner/visits"
)

// Visits is visits.Store in the database.
type Visits struct{ DB *DB }

var _ visits.Store = Visits{}

const selectVisit = `SELECT id, booking_id, user_id, merchant_id, place_id, service_id, party, price, currency, code, staff_id, confirmed_at,
	COALESCE((SELECT id FROM reviews WHERE visit_id = visits.id), '') FROM visits`

func scanVisit(r scanner) (v visits.Visit, err error) {
	return v, r.Scan(&v.ID, &v.Booking, &v.User, &v.Merchant, &v.Place, &v.Service, &v.Party, &v.Price.Minor, &v.Price.Currency,
		&v.Code, &v.Staff, instant{&v.Confirmed}, &v.Review)
}

// Confirm implements visits.Store.
func (s Visits) Confirm(ctx context.Context, id booking.ID, key once.Key, confirm func(*booking.Booking) (visits.Visit, []event.Event, error)) (visits.Visit, error) {
	var v visits.Visit
	err := s.DB.write(ctx, func(t *tx) error {
		first, repeated, err := t.once(ctx, key, string(id), key.Made)
		if err != nil {
			return err
		}
		if repeated {
			id = booking.ID(first)
		}
		// The booking's row is held, so that of two who confirm at once the second sees
		// the visit of the first.
		if n, err := t.exec(ctx, `UPDATE bookings SET version = version WHERE id = $1`, string(id)); err != nil || n == 0 {
			return orMissing(err, booking.ErrNotFound)
		}
		// A booking has one visit, so its id leads to what the first call made.
		v, err = one(t.row(ctx, selectVisit+` WHERE booking_id = $1`, string(id)), scanVisit, visits.ErrNotFound)
		if err == nil || !errors.Is(err, visits.ErrNotFound) {
			return err
		}
		_, err = t.updateBooking(ctx, id, func(b *booking.Booking) (events []event.Event, err error) {
			v, events, err = confirm(b)
			return events, err
		})
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, `INSERT INTO visits (id, booking_id, user_id, merchant_id, place_id, service_id, party, price, currency, code, staff_id, confirmed_at)
			VALUES `+values(1, 1, 12), string(v.ID), string(v.Booking), string(v.User), string(v.Merchant), string(v.Place), string(v.Service), v.Party,
			v.Price.Minor, string(v.Price.Currency), v.Code, string(v.Staff), micros(v.Confirmed))
		return err
	})
	return v, err
}

// Visit implements visits.Store.
func (s Visits) Visit(ctx context.Context, id visits.ID) (visits.Visit, error) {
	return one(s.DB.row(ctx, selectVisit+` WHERE id = $1`, string(id)), scanVisit, visits.ErrNotFound)
}

// VisitOf implements visits.Store.
func (s Visits) VisitOf(ctx context.Context, id booking.ID) (visits.Visit, error) {
	return one(s.DB.row(ctx, selectVisit+` WHERE booking_id = $1`, string(id)), scanVisit, visits.ErrNotFound)
}
