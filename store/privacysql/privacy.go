package privacysql

import (
	"context"
	"fmt"
	"strings"
	"time"

	"corner/event"
	"corner/identity"
	"corner/privacy"
	"corner/reviews"
	"corner/store"
	"corner/uid"
)

// Store is privacy.Store in the database.
type Store struct{ DB *store.DB }

var _ privacy.Store = Store{}

// where is the condition of an entry's rows, and its arguments.
func where(r *privacy.Rows, user identity.UserID, phone string) (string, []any) {
	if strings.Contains(r.Owner, "$2") {
		return r.Owner, []any{string(user), phone}
	}
	return r.Owner, []any{string(user)}
}

// Export implements privacy.Store.
func (s Store) Export(ctx context.Context, user identity.UserID) ([]privacy.Part, error) {
	phone, err := phoneOf(ctx, s.DB, user)
	if err != nil {
		return nil, err
	}
	var all []privacy.Part
	for i := range privacy.Register { // one query a table
		r := &privacy.Register[i]
		data, err := s.read(ctx, r, user, phone)
		if err != nil {
			return nil, fmt.Errorf("export %s: %w", r.Table, err)
		}
		all = append(all, privacy.Part{Rows: r, Data: data})
	}
	return all, nil
}

func phoneOf(ctx context.Context, db store.Reader, user identity.UserID) (phone string, err error) {
	rows, err := db.Rows(ctx, `SELECT phone FROM users WHERE id = $1`, string(user))
	found, err := store.CollectStrings(rows, err)
	if err == nil && len(found) == 0 {
		err = identity.ErrUserNotFound
	}
	if err != nil {
		return "", err
	}
	return found[0], nil
}

func (s Store) read(ctx context.Context, r *privacy.Rows, user identity.UserID, phone string) ([]map[string]any, error) {
	var shown []privacy.Column
	var names []string
	for _, c := range r.Columns {
		if c.As != privacy.Inside {
			shown, names = append(shown, c), append(names, c.Name)
		}
	}
	if len(shown) == 0 {
		return []map[string]any{}, nil
	}
	condition, args := where(r, user, phone)
	rows, err := s.DB.Rows(ctx, `SELECT `+strings.Join(names, ", ")+` FROM `+r.Table+` WHERE `+condition+` ORDER BY `+names[0], args...)
	data := []map[string]any{}
	err = store.Each(rows, err, func(row store.Scanner) error {
		cells, targets := make([]any, len(shown)), make([]any, len(shown))
		for i := range cells {
			targets[i] = &cells[i]
		}
		if err := row.Scan(targets...); err != nil {
			return err
		}
		line := make(map[string]any, len(shown))
		for i, c := range shown {
			line[c.Name] = show(c.As, cells[i])
		}
		data = append(data, line)
		return nil
	})
	return data, err
}

// show is a cell as a person reads it.
func show(as privacy.As, cell any) any {
	if b, ok := cell.([]byte); ok {
		cell = string(b)
	}
	if micros, ok := cell.(int64); ok && as == privacy.Instant {
		if micros == 0 {
			return nil
		}
		return time.UnixMicro(micros).UTC()
	}
	return cell
}

// Erase implements privacy.Store.
func (s Store) Erase(ctx context.Context, user identity.UserID, now time.Time, admit func(privacy.Hanging) error) error {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if err := t.Lock(ctx, store.UserLock(user)); err != nil {
			return err
		}
		n, err := t.Exec(ctx, `UPDATE users SET erased_at = $1 WHERE id = $2 AND erased_at = 0`, store.Micros(now), string(user))
		if err != nil || n == 0 {
			return err
		}
		if admit != nil {
			if err := ask(ctx, t, user, now, admit); err != nil {
				return err
			}
		}
		phone, err := phoneOf(ctx, t, user)
		if err != nil {
			return err
		}
		if err := unrate(ctx, t, user, now); err != nil {
			return err
		}
		for i := range privacy.Register { // one statement a table
			if err := erase(ctx, t, &privacy.Register[i], user, phone); err != nil {
				return fmt.Errorf("%s: %w", privacy.Register[i].Table, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("erase an account: %w", err)
	}
	return nil
}

// erase does what an entry says.
func erase(ctx context.Context, t *store.Tx, r *privacy.Rows, user identity.UserID, phone string) error {
	var set []string
	for _, c := range r.Columns {
		if c.To != "" {
			set = append(set, c.Name+" = "+c.To)
		}
	}
	condition, args := where(r, user, phone)
	switch {
	case r.Delete:
		_, err := t.Exec(ctx, `DELETE FROM `+r.Table+` WHERE `+condition, args...)
		return err
	case len(set) > 0:
		_, err := t.Exec(ctx, `UPDATE `+r.Table+` SET `+strings.Join(set, ", ")+` WHERE `+condition, args...)
		return err
	}
	return nil
}

// ask asks about what hangs on an account, holding the merchants that it owns, so that no other owner leaves
// meanwhile.
func ask(ctx context.Context, t *store.Tx, user identity.UserID, now time.Time, admit func(privacy.Hanging) error) error {
	var h privacy.Hanging
	if err := t.Row(ctx, `SELECT count(*) FROM bookings WHERE user_id = $1 AND (state = 'held' AND expires_at > $2 OR state = 'confirmed')
		AND end_at > $2`, string(user), store.Micros(now)).Scan(&h.Bookings); err != nil {
		return err
	}
	if _, err := t.Exec(ctx, `UPDATE merchants SET name = name WHERE id IN (SELECT merchant_id FROM staff WHERE user_id = $1 AND role = $2)`,
		string(user), identity.Owner.Kept(false)); err != nil {
		return err
	}
	if err := t.Row(ctx, `SELECT count(*) FROM staff s WHERE s.user_id = $1 AND s.role = $2
		AND NOT EXISTS (SELECT 1 FROM staff o WHERE o.merchant_id = s.merchant_id AND o.role = s.role AND o.user_id <> s.user_id)
		AND EXISTS (SELECT 1 FROM places p WHERE p.merchant_id = s.merchant_id AND p.merchant_id <> '' AND p.state <> 'draft')
		AND EXISTS (SELECT 1 FROM merchants m WHERE m.id = s.merchant_id AND m.closed_at = 0)`,
		string(user), identity.Owner.Kept(false)).Scan(&h.Alone); err != nil {
		return err
	}
	return admit(h)
}

// unrate takes the person's reviews out of the ratings of their places, and tells of each place.
func unrate(ctx context.Context, t *store.Tx, user identity.UserID, now time.Time) error {
	rows, err := t.Rows(ctx, `SELECT DISTINCT place_id FROM reviews WHERE author_id = $1 ORDER BY place_id`, string(user))
	places, err := store.CollectStrings(rows, err)
	if err != nil || len(places) == 0 {
		return err
	}
	const others = `FROM reviews r WHERE r.place_id = ratings.place_id AND r.hidden_at = 0 AND r.author_id <> $1`
	if _, err := t.Exec(ctx, `UPDATE ratings SET sum = coalesce((SELECT sum(r.stars) `+others+`), 0), n = (SELECT count(*) `+others+`)
		WHERE place_id IN (SELECT place_id FROM reviews WHERE author_id = $1)`, string(user)); err != nil {
		return err
	}
	var events []event.Event
	for _, p := range places {
		events = append(events, event.Event{ID: event.ID(uid.New("evt", now)), Kind: reviews.HiddenEvent, Subject: p, Place: p, At: now})
	}
	return t.Emit(ctx, events...)
}

// Unlisted implements privacy.Store.
func (s Store) Unlisted(ctx context.Context, limit int) ([]identity.UserID, error) {
	rows, err := s.DB.Rows(ctx, `SELECT id FROM users WHERE erased_at > 0 AND NOT listed ORDER BY id LIMIT $1`, limit)
	return store.Collect(rows, err, scanUser)
}

// Listed implements privacy.Store.
func (s Store) Listed(ctx context.Context, users []identity.UserID) error {
	if len(users) == 0 {
		return nil
	}
	args := make([]any, len(users))
	for i, u := range users {
		args[i] = string(u)
	}
	return s.DB.Write(ctx, func(t *store.Tx) error {
		_, err := t.Exec(ctx, `UPDATE users SET listed = TRUE WHERE id IN (`+store.List(1, len(args))+`)`, args...)
		return err
	})
}

// NotErased implements privacy.Store.
func (s Store) NotErased(ctx context.Context, users []identity.UserID) ([]identity.UserID, error) {
	if len(users) == 0 {
		return nil, nil
	}
	args := make([]any, len(users))
	for i, u := range users {
		args[i] = string(u)
	}
	rows, err := s.DB.Rows(ctx, `SELECT id FROM users WHERE erased_at = 0 AND id IN (`+store.List(1, len(args))+`) ORDER BY id`, args...)
	return store.Collect(rows, err, scanUser)
}

func scanUser(r store.Scanner) (id identity.UserID, err error) { return id, r.Scan(&id) }
