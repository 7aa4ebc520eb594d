package notifysql

import (
	"context"
	"fmt"
	"time"

	"corner/booking"
	"corner/identity"
	"corner/notify"
	"corner/store"
)

// among is "(…)" for a list of ids, and the ids as arguments after the given ones.
func among(ids []string, args ...any) (string, []any) {
	list := `(` + store.List(len(args)+1, len(ids)) + `)`
	for _, id := range ids {
		args = append(args, id)
	}
	return list, args
}

// SignIns implements notify.Source.
func (s Store) SignIns(ctx context.Context, sessions []string, now time.Time) (map[string]notify.SignIn, error) {
	in, args := among(sessions, store.Micros(now))
	rows, err := s.DB.Rows(ctx, `SELECT s.id, s.user_id, s.device_name,
		(SELECT count(*) FROM sessions o WHERE o.user_id = s.user_id AND o.id <> s.id AND o.created_at <= s.created_at AND o.ended_at = 0
			AND o.expires_at > $1)
		FROM sessions s WHERE s.id IN `+in, args...)
	found := map[string]notify.SignIn{}
	err = store.Each(rows, err, func(r store.Scanner) error {
		var id string
		var v notify.SignIn
		err := r.Scan(&id, &v.User, &v.Device, &v.Others)
		found[id] = v
		return err
	})
	return found, wrapped("sign-ins", err)
}

// Bookings implements notify.Source.
func (s Store) Bookings(ctx context.Context, ids []string) (map[string]notify.Booking, error) {
	in, args := among(ids, string(booking.CancelledByMerchant))
	rows, err := s.DB.Rows(ctx, `SELECT b.id, b.user_id, b.place_id, p.name, b.start_at, b.zone, b.state = $1 FROM bookings b
		JOIN places p ON p.id = b.place_id WHERE b.id IN `+in, args...)
	found := map[string]notify.Booking{}
	err = store.Each(rows, err, func(r store.Scanner) error {
		var id string
		var v notify.Booking
		err := r.Scan(&id, &v.User, &v.Place, &v.PlaceName, store.Instant(&v.Start), &v.Zone, &v.ByMerchant)
		found[id] = v
		return err
	})
	return found, wrapped("bookings", err)
}

// Claims implements notify.Source.
func (s Store) Claims(ctx context.Context, ids []string) (map[string]notify.Claim, error) {
	in, args := among(ids)
	rows, err := s.DB.Rows(ctx, `SELECT c.id, c.user_id, c.place_id, p.name, c.reason FROM claims c JOIN places p ON p.id = c.place_id
		WHERE c.id IN `+in, args...)
	found := map[string]notify.Claim{}
	err = store.Each(rows, err, func(r store.Scanner) error {
		var id string
		var v notify.Claim
		err := r.Scan(&id, &v.By, &v.Place, &v.PlaceName, &v.Reason)
		found[id] = v
		return err
	})
	return found, wrapped("claims", err)
}

// Decisions implements notify.Source. A decision about a merchant concerns its owners, and those who manage the place.
func (s Store) Decisions(ctx context.Context, ids []string) (map[string]notify.Decision, error) {
	in, args := among(ids)
	rows, err := s.DB.Rows(ctx, `SELECT d.id, d.action, d.reason, c.subject_kind, c.subject_id, c.place_id, coalesce(p.name, ''), c.user_id
		FROM decisions d JOIN cases c ON c.id = d.case_id LEFT JOIN places p ON p.id = c.place_id WHERE d.id IN `+in, args...)
	found := map[string]notify.Decision{}
	err = store.Each(rows, err, func(r store.Scanner) error {
		var id string
		var user identity.UserID
		var v notify.Decision
		err := r.Scan(&id, &v.Action, &v.Reason, &v.Subject, &v.SubjectID, &v.Place, &v.PlaceName, &user)
		if user != "" {
			v.Concerned = append(v.Concerned, user)
		}
		found[id] = v
		return err
	})
	if err != nil {
		return nil, wrapped("decisions", err)
	}
	in, args = among(ids, identity.Manager.Kept(false), identity.Owner.Kept(false), identity.Manager.Kept(true))
	rows, err = s.DB.Rows(
		ctx,
		`SELECT d.id, s.user_id, true FROM decisions d JOIN cases c ON c.id = d.case_id JOIN staff s ON s.merchant_id = c.merchant_id
		WHERE c.user_id = '' AND d.id IN `+in+` AND (s.role IN ($1, $2) OR s.role = $3 AND EXISTS (SELECT 1 FROM staff_places l
			WHERE l.merchant_id = s.merchant_id AND l.user_id = s.user_id AND l.place_id = c.place_id))
		UNION SELECT d.id, r.user_id, false FROM decisions d JOIN reports r ON r.case_id = d.case_id
		WHERE r.user_id <> '' AND NOT EXISTS (SELECT 1 FROM decisions o WHERE o.case_id = d.case_id AND o.id < d.id) AND d.id IN `+in,
		args...)
	err = store.Each(rows, err, func(r store.Scanner) error {
		var id string
		var user identity.UserID
		var concerned bool
		err := r.Scan(&id, &user, &concerned)
		v := found[id]
		if concerned {
			v.Concerned = append(v.Concerned, user)
		} else {
			v.Reporters = append(v.Reporters, user)
		}
		found[id] = v
		return err
	})
	return found, wrapped("whom decisions concern", err)
}

func wrapped(what string, err error) error {
	if err != nil {
		return fmt.Errorf("read %s: %w", what, err)
	}
	return nil
}
