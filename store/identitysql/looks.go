package identitysql

import (
	"context"
	"fmt"
	"time"

	"corner/identity"
	"corner/store"
)

// AddLooks implements identity.Looks. A screen that refreshes writes nothing, and does not queue for the database's one writer:
// what is there already is only read.
func (s Store) AddLooks(ctx context.Context, looks []identity.Look) error {
	missing, err := s.unseen(ctx, looks)
	if err != nil || len(missing) == 0 {
		return err
	}
	const width = 8
	var args []any
	for i := range missing {
		l := &missing[i]
		args = append(
			args,
			string(l.ID),
			string(l.At),
			string(l.By),
			string(l.Merchant),
			string(l.What),
			l.Subject,
			l.Hour(),
			store.Micros(l.When),
		)
	}
	err = s.DB.Write(ctx, func(t *store.Tx) error {
		_, err := t.Exec(ctx, `INSERT INTO looks (id, user_id, by_id, merchant_id, what, subject_id, hour, at) VALUES `+
			store.Values(1, len(missing), width)+` ON CONFLICT DO NOTHING`, args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("store looks: %w", err)
	}
	return nil
}

// unseen is those of the looks, which are one person's at one thing, that are not stored for their hour.
func (s Store) unseen(ctx context.Context, looks []identity.Look) ([]identity.Look, error) {
	if len(looks) == 0 {
		return nil, nil
	}
	l := &looks[0]
	rows, err := s.DB.Rows(
		ctx,
		`SELECT user_id FROM looks WHERE by_id = $1 AND subject_id = $2 AND what = $3 AND merchant_id = $4 AND hour = $5`,
		string(l.By),
		l.Subject,
		string(l.What),
		string(l.Merchant),
		l.Hour(),
	)
	there, err := store.CollectStrings(rows, err)
	if err != nil {
		return nil, fmt.Errorf("read looks: %w", err)
	}
	seen := make(map[identity.UserID]bool, len(there))
	for _, u := range there {
		seen[identity.UserID(u)] = true
	}
	var missing []identity.Look
	for i := range looks {
		if !seen[looks[i].At] {
			missing = append(missing, looks[i])
		}
	}
	return missing, nil
}

// LooksAt implements identity.Looks.
func (s Store) LooksAt(ctx context.Context, user identity.UserID, before identity.LookID, limit int) ([]identity.Look, error) {
	rows, err := s.DB.Rows(ctx, `SELECT l.id, l.user_id, l.by_id, l.merchant_id, COALESCE(m.name, ''), l.what, l.subject_id, l.at
		FROM looks l LEFT JOIN merchants m ON m.id = l.merchant_id
		WHERE l.user_id = $1 AND ($2 = '' OR l.id < $2) ORDER BY l.id DESC LIMIT $3`, string(user), string(before), limit)
	return store.Collect(rows, err, func(r store.Scanner) (l identity.Look, err error) {
		return l, r.Scan(&l.ID, &l.At, &l.By, &l.Merchant, &l.MerchantName, &l.What, &l.Subject, store.Instant(&l.When))
	})
}

// ForgetLooks removes up to n looks from before the given time, and returns how many.
func (s Store) ForgetLooks(ctx context.Context, before time.Time, n int) (int, error) {
	var gone int64
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		gone, err = t.Exec(ctx, `DELETE FROM looks WHERE id IN (SELECT id FROM looks WHERE at < $1 LIMIT $2)`, store.Micros(before), n)
		return err
	})
	return int(gone), err
}
