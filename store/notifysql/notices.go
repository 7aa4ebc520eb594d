package notifysql

import (
	"context"
	"fmt"
	"slices"
	"time"

	"corner/identity"
	"corner/notify"
	"corner/store"
)

// Store is every port of notify in the database.
type Store struct{ DB *store.DB }

var (
	_ notify.Store  = Store{}
	_ notify.Source = Store{}
)

const (
	columns = `id, user_id, event_id, kind, subject, place_id, place_name, detail, read_at, created_at`
	width   = 10
	chunk   = 500 // rows a statement
)

// Add implements notify.Store.
func (s Store) Add(ctx context.Context, list []notify.Notice) error {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		for part := range slices.Chunk(list, chunk) {
			var args []any
			for i := range part {
				n := &part[i]
				args = append(args, string(n.ID), string(n.User), string(n.Event), string(n.Kind), n.Subject, string(n.Place), n.PlaceName, n.Detail,
					store.Micros(n.ReadAt), store.Micros(n.CreatedAt))
			}
			if _, err := t.Exec(ctx, `INSERT INTO notices (`+columns+`) VALUES `+store.Values(1, len(part), width)+
				` ON CONFLICT (user_id, event_id) DO NOTHING`, args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store %d notices: %w", len(list), err)
	}
	return nil
}

// Notices implements notify.Store.
func (s Store) Notices(ctx context.Context, user identity.UserID, before notify.ID, limit int) ([]notify.Notice, error) {
	rows, err := s.DB.Rows(ctx, `SELECT `+columns+` FROM notices WHERE user_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`,
		string(user), string(before), limit)
	return store.Collect(rows, err, func(r store.Scanner) (n notify.Notice, err error) {
		return n, r.Scan(&n.ID, &n.User, &n.Event, &n.Kind, &n.Subject, &n.Place, &n.PlaceName, &n.Detail,
			store.Instant(&n.ReadAt), store.Instant(&n.CreatedAt))
	})
}

// Unread implements notify.Store.
func (s Store) Unread(ctx context.Context, user identity.UserID) (n int, err error) {
	err = s.DB.Row(ctx, `SELECT count(*) FROM notices WHERE user_id = $1 AND read_at = 0`, string(user)).Scan(&n)
	return n, store.Unreachable(err)
}

// Read implements notify.Store.
func (s Store) Read(ctx context.Context, user identity.UserID, upTo notify.ID, now time.Time) error {
	return s.DB.Write(ctx, func(t *store.Tx) error {
		_, err := t.Exec(ctx, `UPDATE notices SET read_at = $1 WHERE user_id = $2 AND id <= $3 AND read_at = 0`,
			store.Micros(now), string(user), string(upTo))
		return err
	})
}

// Forget removes up to n notices of before the given time, and returns how many.
func (s Store) Forget(ctx context.Context, before time.Time, n int) (int, error) {
	var gone int64
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		gone, err = t.Exec(
			ctx,
			`DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE created_at < $1 LIMIT $2)`,
			store.Micros(before),
			n,
		)
		return err
	})
	return int(gone), err
}
