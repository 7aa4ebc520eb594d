package visitsql

import (
	"context"
	"errors"

	"corner/booking"
	"corner/event"
	"corner/once"
	"corner/store"
	"corner/store/bookingsql"
	"corner/visits"
)

// Store is visits.Store in the database.
type Store struct{ DB *store.DB }

var _ visits.Store = Store{}

const selectVisit = `SELECT id, booking_id, user_id, merchant_id, place_id, service_id, party, price, currency, code, staff_id, confirmed_at,
	COALESCE((SELECT id FROM reviews WHERE visit_id = visits.id), '') FROM visits`

func scanVisit(r store.Scanner) (v visits.Visit, err error) {
	return v, r.Scan(&v.ID, &v.Booking, &v.User, &v.Merchant, &v.Place, &v.Service, &v.Party, &v.Price.Minor, &v.Price.Currency,
		&v.Code, &v.Staff, store.Instant(&v.Confirmed), &v.Review)
}

// Confirm implements visits.Store.
func (s Store) Confirm(ctx context.Context, id booking.ID, key once.Key, confirm func(*booking.Booking) (visits.Visit, []event.Event, error)) (visits.Visit, error) {
	var v visits.Visit
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(id), key.Made)
		if err != nil {
			return err
		}
		if repeated {
			id = booking.ID(first)
		}
		// The booking's row is held, so that of two who confirm at once the second sees
		// the visit of the first.
		if n, err := t.Exec(ctx, `UPDATE bookings SET version = version WHERE id = $1`, string(id)); err != nil || n == 0 {
			return store.OrMissing(err, booking.ErrNotFound)
		}
		// A booking has one visit, so its id leads to what the first call made.
		v, err = store.One(t.Row(ctx, selectVisit+` WHERE booking_id = $1`, string(id)), scanVisit, visits.ErrNotFound)
		if err == nil || !errors.Is(err, visits.ErrNotFound) {
			return err
		}
		_, err = bookingsql.Update(ctx, t, id, func(b *booking.Booking) (events []event.Event, err error) {
			v, events, err = confirm(b)
			return events, err
		})
		if err != nil {
			return err
		}
		_, err = t.Exec(ctx, `INSERT INTO visits (id, booking_id, user_id, merchant_id, place_id, service_id, party, price, currency, code, staff_id, confirmed_at)
			VALUES `+store.Values(1, 1, 12), string(v.ID), string(v.Booking), string(v.User), string(v.Merchant), string(v.Place), string(v.Service), v.Party,
			v.Price.Minor, string(v.Price.Currency), v.Code, string(v.Staff), store.Micros(v.Confirmed))
		return err
	})
	return v, err
}

// Visit implements visits.Store.
func (s Store) Visit(ctx context.Context, id visits.ID) (visits.Visit, error) {
	return store.One(s.DB.Row(ctx, selectVisit+` WHERE id = $1`, string(id)), scanVisit, visits.ErrNotFound)
}

// VisitOf implements visits.Store.
func (s Store) VisitOf(ctx context.Context, id booking.ID) (visits.Visit, error) {
	return store.One(s.DB.Row(ctx, selectVisit+` WHERE booking_id = $1`, string(id)), scanVisit, visits.ErrNotFound)
}
