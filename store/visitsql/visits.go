package visitsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"corner/booking"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/takingsql"
	"corner/visits"
)

// Store is visits.Store in the database.
type Store struct {
	DB *store.DB
	// Parts are those who have a part in what bookings take, besides the built-in ones:
	// those of the store of bookings.
	Parts takingsql.Participants
}

var _ visits.Store = Store{}

const (
	visitColumns = `id, source, booking_id, user_id, merchant_id, place_id, service_id, party, price, currency, code, staff_id, confirmed_at`
	visitWidth   = 13
	selectVisit  = `SELECT ` + visitColumns + `, COALESCE((SELECT id FROM reviews WHERE visit_id = visits.id), ''),
		COALESCE((SELECT name FROM users WHERE users.id = visits.user_id), '') FROM visits`
)

func scanVisit(r store.Scanner) (v visits.Visit, err error) {
	var from sql.NullString
	err = r.Scan(&v.ID, &v.Source.Kind, &from, &v.User, &v.Merchant, &v.Place, &v.Service, &v.Party, &v.Price.Minor, &v.Price.Currency,
		&v.Code, &v.Staff, store.Instant(&v.Confirmed), &v.Review, &v.Guest)
	v.Source.ID = from.String
	return v, err
}

// Confirm implements visits.Store.
func (s Store) Confirm(
	ctx context.Context, from visits.Source, key idempotency.Key, confirm func(*booking.Booking) (visits.Visit, []event.Event, error),
) (visits.Visit, error) {
	var v visits.Visit
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		switch from.Kind {
		case visits.Booking:
			v, err = s.confirmBooking(ctx, t, booking.ID(from.ID), key, confirm)
		case visits.AtCounter:
			v, err = confirmWalkIn(ctx, t, key, confirm)
		default:
			err = fmt.Errorf("nobody keeps what a visit of source %q comes from", from.Kind)
		}
		return err
	})
	return v, err
}

func (s Store) confirmBooking(
	ctx context.Context, t *store.Tx, id booking.ID, key idempotency.Key, confirm func(*booking.Booking) (visits.Visit, []event.Event, error),
) (v visits.Visit, err error) {
	first, repeated, err := t.Claim(ctx, key, string(id), key.Made)
	if err != nil {
		return v, err
	}
	if repeated {
		id = booking.ID(first)
	}
	// The booking is held, so that of two who confirm at once the second sees the visit
	// of the first.
	bookings := bookingsql.Store{DB: s.DB, Parts: s.Parts}
	if err := bookings.LockIn(ctx, t, id); err != nil {
		return v, err
	}
	// A booking has one visit, so its id leads to what the first call made.
	v, err = store.One(t.Row(ctx, selectVisit+` WHERE booking_id = $1`, string(id)), scanVisit, visits.ErrNotFound)
	if err == nil || !errors.Is(err, visits.ErrNotFound) {
		return v, err
	}
	_, err = bookings.UpdateIn(ctx, t, id, func(b *booking.Booking) (events []event.Event, err error) {
		v, events, err = confirm(b)
		return events, err
	})
	if err != nil {
		return v, err
	}
	return v, insertVisit(ctx, t, &v)
}

// confirmWalkIn stores a visit that nothing was taken for.
func confirmWalkIn(
	ctx context.Context, t *store.Tx, key idempotency.Key, confirm func(*booking.Booking) (visits.Visit, []event.Event, error),
) (visits.Visit, error) {
	v, events, err := confirm(nil)
	if err != nil {
		return v, err
	}
	first, repeated, err := t.Claim(ctx, key, string(v.ID), key.Made)
	if err != nil {
		return v, err
	}
	if repeated {
		return store.One(t.Row(ctx, selectVisit+` WHERE id = $1`, first), scanVisit, visits.ErrNotFound)
	}
	if err := insertVisit(ctx, t, &v); err != nil {
		return v, err
	}
	return v, t.Emit(ctx, events...)
}

func insertVisit(ctx context.Context, t *store.Tx, v *visits.Visit) error {
	from := sql.NullString{String: v.Source.ID, Valid: v.Source.Kind == visits.Booking}
	_, err := t.Exec(ctx, `INSERT INTO visits (`+visitColumns+`) VALUES `+store.Values(1, 1, visitWidth),
		string(v.ID), string(v.Source.Kind), from, string(v.User), string(v.Merchant), string(v.Place), string(v.Service), v.Party,
		v.Price.Minor, string(v.Price.Currency), v.Code, string(v.Staff), store.Micros(v.Confirmed))
	if err != nil {
		return fmt.Errorf("store a visit: %w", err)
	}
	return nil
}

// Visit implements visits.Store.
func (s Store) Visit(ctx context.Context, id visits.ID) (visits.Visit, error) {
	return store.One(s.DB.Row(ctx, selectVisit+` WHERE id = $1`, string(id)), scanVisit, visits.ErrNotFound)
}

// VisitsOf implements visits.Store.
func (s Store) VisitsOf(ctx context.Context, user identity.UserID, before visits.ID, limit int) ([]visits.Visit, error) {
	rows, err := s.DB.Rows(ctx, selectVisit+` WHERE user_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`,
		string(user), string(before), limit)
	return store.Collect(rows, err, scanVisit)
}

// VisitOf implements visits.Store.
func (s Store) VisitOf(ctx context.Context, id booking.ID) (visits.Visit, error) {
	return store.One(s.DB.Row(ctx, selectVisit+` WHERE booking_id = $1`, string(id)), scanVisit, visits.ErrNotFound)
}
