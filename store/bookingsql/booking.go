package bookingsql

import (
	"context"
	"fmt"
	"strings"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
	"corner/store/takingsql"
	"corner/taking"
)

// Store is booking.Store in the database.
type Store struct {
	DB *store.DB
	// Parts are those who have a part in what bookings take, besides the built-in ones.
	Parts takingsql.Participants
}

var _ booking.Store = Store{}

const bookingColumns = `id, user_id, merchant_id, place_id, service_id, state, start_at, end_at, zone, party, price, currency,
	ref, expires_at, visit_id, version, created_at, updated_at, payment, deposit, deposit_currency, cancel_free, cancel_fee, takes,
	buffer_before, buffer_after`

var bookingWidth = strings.Count(bookingColumns, ",") + 1

// What the guest is called is read with the booking, by the key of users.
const selectBooking = `SELECT ` + bookingColumns + `, COALESCE((SELECT name FROM users WHERE users.id = bookings.user_id), '') FROM bookings`

func scanBooking(r store.Scanner) (b booking.Booking, err error) {
	return b, r.Scan(
		&b.ID,
		&b.User,
		&b.Merchant,
		&b.Place,
		&b.Service,
		&b.State,
		store.Instant(&b.Slot.Start),
		store.Instant(&b.Slot.End),
		&b.Zone,
		&b.Party,
		&b.Price.Minor,
		&b.Price.Currency,
		&b.Ref,
		store.Instant(&b.Expires),
		&b.Visit,
		&b.Version,
		store.Instant(&b.CreatedAt),
		store.Instant(&b.UpdatedAt),
		&b.Payment.Kind,
		&b.Payment.Deposit.Minor,
		&b.Payment.Deposit.Currency,
		store.Span(&b.Cancellation.Free),
		&b.Cancellation.Fee,
		takings{&b.Takes},
		store.Span(&b.Buffers.Before),
		store.Span(&b.Buffers.After),
		&b.Guest,
	)
}

func bookingValues(b *booking.Booking) []any {
	return []any{
		string(b.ID),
		string(b.User),
		string(b.Merchant),
		string(b.Place),
		string(b.Service),
		string(b.State),
		store.Micros(b.Slot.Start),
		store.Micros(b.Slot.End),
		b.Zone,
		b.Party,
		b.Price.Minor,
		string(b.Price.Currency),
		b.Ref,
		store.Micros(b.Expires),
		b.Visit,
		b.Version,
		store.Micros(b.CreatedAt),
		store.Micros(b.UpdatedAt),
		string(
			b.Payment.Kind,
		),
		b.Payment.Deposit.Minor,
		string(b.Payment.Deposit.Currency),
		b.Cancellation.Free.Microseconds(),
		int64(b.Cancellation.Fee),
		takingsText(b.Takes),
		b.Buffers.Before.Microseconds(),
		b.Buffers.After.Microseconds(),
	}
}

// Hold implements booking.Store.
func (s Store) Hold(
	ctx context.Context,
	b booking.Booking,
	rules taking.Rules,
	key idempotency.Key,
	e event.Event,
) (booking.Booking, error) {
	held := b
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(b.ID), b.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			held, err = load(ctx, t, booking.ID(first))
			return err
		}
		return s.hold(ctx, t, &b, rules, e)
	})
	if err != nil {
		return booking.Booking{}, fmt.Errorf("hold: %w", err)
	}
	return held, nil
}

func (s Store) hold(ctx context.Context, t *store.Tx, b *booking.Booking, rules taking.Rules, e event.Event) error {
	// First the user's own lock, so that two holds of one user count each other.
	if err := t.Lock(ctx, store.UserLock(b.User)); err != nil {
		return err
	}
	if err := admitMine(ctx, t, b, rules, b.CreatedAt); err != nil {
		return err
	}
	stake, parts := b.Stake(), s.parts()
	if err := parts.Admit(ctx, t, stake, rules.Take, b.CreatedAt); err != nil {
		return err
	}
	if err := admitOffer(ctx, t, b, rules); err != nil {
		return err
	}
	if err := insertBooking(ctx, t, b); err != nil {
		return err
	}
	if err := parts.Claim(ctx, t, stake); err != nil {
		return err
	}
	return t.Emit(ctx, e)
}

// parts is everybody who has a part in what a booking takes.
func (s Store) parts() takingsql.Participants { return takingsql.Builtin().With(s.Parts) }

func insertBooking(ctx context.Context, t *store.Tx, b *booking.Booking) error {
	_, err := t.Exec(ctx, `INSERT INTO bookings (`+bookingColumns+`) VALUES `+store.Values(1, 1, bookingWidth), bookingValues(b)...)
	if d := t.Duplicate(err); strings.Contains(d, "by_ref") || strings.Contains(d, "bookings.ref") {
		return booking.ErrRefTaken
	}
	if err != nil {
		return fmt.Errorf("store a booking: %w", err)
	}
	return nil
}

// Booking implements booking.Store.
func (s Store) Booking(ctx context.Context, id booking.ID) (booking.Booking, error) {
	return store.One(s.DB.Row(ctx, selectBooking+` WHERE id = $1`, string(id)), scanBooking, booking.ErrNotFound)
}

// ByRef implements booking.Store.
func (s Store) ByRef(ctx context.Context, ref string) (booking.Booking, error) {
	return store.One(s.DB.Row(ctx, selectBooking+` WHERE ref = $1`, ref), scanBooking, booking.ErrNotFound)
}

// Busy implements booking.Store.
func (s Store) Busy(ctx context.Context, refs []taking.Ref, from, to, now time.Time) (map[taking.Ref][]taking.Busy, error) {
	return takingsql.BusyOf(ctx, s.DB, refs, taking.Slot{Start: from, End: to}, now)
}

// BookingsOf implements booking.Store.
func (s Store) BookingsOf(ctx context.Context, user identity.UserID, before booking.ID, limit int) ([]booking.Booking, error) {
	rows, err := s.DB.Rows(
		ctx,
		selectBooking+` WHERE user_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`,
		string(user),
		string(before),
		limit,
	)
	return store.Collect(rows, err, scanBooking)
}

// open is what is open at $1.
const open = ` AND (state = 'held' AND expires_at > $1 OR state = 'confirmed') AND end_at > $1`

// ahead is what of some places is open at $1.
func ahead(places []catalog.PlaceID, now time.Time) (query string, args []any) {
	args = []any{store.Micros(now)}
	for _, p := range places {
		args = append(args, string(p))
	}
	return ` FROM bookings WHERE place_id IN (` + store.List(2, len(places)) + `)` + open, args
}

// CountAhead implements booking.Store.
func (s Store) CountAhead(ctx context.Context, places []catalog.PlaceID, now time.Time) (n int, err error) {
	if len(places) == 0 {
		return 0, nil
	}
	query, args := ahead(places, now)
	return n, store.Unreachable(s.DB.Row(ctx, `SELECT count(*)`+query, args...).Scan(&n))
}

// Ahead implements booking.Store.
func (s Store) Ahead(ctx context.Context, places []catalog.PlaceID, now time.Time, limit int) ([]booking.ID, error) {
	if len(places) == 0 {
		return nil, nil
	}
	query, args := ahead(places, now)
	args = append(args, limit)
	rows, err := s.DB.Rows(ctx, fmt.Sprintf(`SELECT id%s ORDER BY id LIMIT $%d`, query, len(args)), args...)
	return store.Collect(rows, err, func(r store.Scanner) (id booking.ID, err error) { return id, r.Scan(&id) })
}

// AheadOf implements booking.Store.
func (s Store) AheadOf(ctx context.Context, user identity.UserID, now time.Time, limit int) ([]booking.ID, error) {
	rows, err := s.DB.Rows(
		ctx,
		`SELECT id FROM bookings WHERE user_id = $2`+open+` ORDER BY id LIMIT $3`,
		store.Micros(now),
		string(user),
		limit,
	)
	return store.Collect(rows, err, func(r store.Scanner) (id booking.ID, err error) { return id, r.Scan(&id) })
}

// BookingsAt implements booking.Store.
func (s Store) BookingsAt(
	ctx context.Context,
	p catalog.PlaceID,
	from, to time.Time,
	after booking.ID,
	limit int,
) ([]booking.Booking, error) {
	rows, err := s.DB.Rows(ctx, selectBooking+` WHERE place_id = $1 AND start_at >= $2 AND start_at < $3
		AND ($4 = '' OR (start_at, id) > (SELECT b.start_at, b.id FROM bookings b WHERE b.id = $4))
		ORDER BY start_at, id LIMIT $5`, string(p), store.Micros(from), store.Micros(to), string(after), limit)
	return store.Collect(rows, err, scanBooking)
}

// RunOut implements booking.Store.
func (s Store) RunOut(ctx context.Context, now time.Time, n int) ([]booking.ID, error) {
	rows, err := s.DB.Rows(
		ctx,
		`SELECT id FROM bookings WHERE state = 'held' AND expires_at <= $1 ORDER BY expires_at LIMIT $2`,
		store.Micros(now),
		n,
	)
	return store.Collect(rows, err, func(r store.Scanner) (id booking.ID, err error) { return id, r.Scan(&id) })
}

// admitOffer asks the rules about the place and the service of a booking, which stay as they are until
// the transaction ends: the place before the service, as whoever changes them takes them.
func admitOffer(ctx context.Context, t *store.Tx, b *booking.Booking, rules taking.Rules) error {
	if rules.Offer == nil {
		return nil
	}
	var place, service int64
	if err := t.Row(ctx, `SELECT version FROM places WHERE id = $1`+t.Shared(), string(b.Place)).Scan(&place); err != nil {
		return fmt.Errorf("look at the place of a booking: %w", err)
	}
	if err := t.Row(ctx, `SELECT version FROM services WHERE id = $1`+t.Shared(), string(b.Service)).Scan(&service); err != nil {
		return fmt.Errorf("look at the service of a booking: %w", err)
	}
	return rules.AdmitOffer(place, service)
}

// admitMine asks the rules about what the booking's user has at now besides it.
func admitMine(ctx context.Context, t *store.Tx, b *booking.Booking, rules taking.Rules, now time.Time) error {
	if rules.Mine == nil {
		return nil
	}
	const open = `(state = 'held' AND expires_at > $2 OR state = 'confirmed')`
	var m taking.Mine
	err := t.Row(ctx, `SELECT COALESCE(SUM(CASE WHEN state = 'held' AND expires_at > $2 THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN `+open+` THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN `+open+` AND start_at < $4 AND end_at > $3 THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN NOT `+open+` AND state <> 'consumed' AND service_id = $5 AND start_at = $3 THEN 1 ELSE 0 END), 0)
		FROM bookings WHERE user_id = $1 AND end_at > $2 AND id <> $6`,
		string(b.User), store.Micros(now), store.Micros(b.Slot.Start), store.Micros(b.Slot.End), string(b.Service), string(b.ID),
	).Scan(&m.Holds, &m.Open, &m.Overlapping, &m.Again)
	if err != nil {
		return fmt.Errorf("what a user has: %w", err)
	}
	return rules.AdmitMine(m)
}
