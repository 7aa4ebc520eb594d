package identitysql

import (
	"context"
	"time"

	"corner/identity"
	"corner/store"
)

// SetOperator implements identity.Operators.
func (s Store) SetOperator(ctx context.Context, user identity.UserID, on bool, now time.Time) error {
	return s.DB.Write(ctx, func(t *store.Tx) error {
		if on {
			_, err := t.Exec(
				ctx,
				`INSERT INTO operators (user_id, since) VALUES ($1, $2) ON CONFLICT (user_id) DO NOTHING`,
				string(user),
				store.Micros(now),
			)
			return err
		}
		n, err := t.Exec(ctx, `DELETE FROM operators WHERE user_id = $1`, string(user))
		if err == nil && n == 0 {
			err = identity.ErrOperatorNotFound
		}
		return err
	})
}

// Operators implements identity.Operators.
func (s Store) Operators(ctx context.Context) ([]identity.Operator, error) {
	rows, err := s.DB.Rows(ctx, `SELECT user_id, phone, since FROM operators JOIN users ON users.id = operators.user_id ORDER BY phone`)
	return store.Collect(rows, err, func(r store.Scanner) (v identity.Operator, err error) {
		return v, r.Scan(&v.User, &v.Phone, store.Instant(&v.Since))
	})
}
