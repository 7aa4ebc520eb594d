package store

import (
	"context"
	"time"

	"corner/identity"
)

// SetOperator implements identity.Operators.
func (s Identity) SetOperator(ctx context.Context, user identity.UserID, on bool, now time.Time) error {
	return s.DB.write(ctx, func(t *tx) error {
		if on {
			_, err := t.exec(ctx, `INSERT INTO operators (user_id, since) VALUES ($1, $2) ON CONFLICT (user_id) DO NOTHING`, string(user), micros(now))
			return err
		}
		n, err := t.exec(ctx, `DELETE FROM operators WHERE user_id = $1`, string(user))
		if err == nil && n == 0 {
			err = identity.ErrOperatorNotFound
		}
		return err
	})
}

// Operators implements identity.Operators.
func (s Identity) Operators(ctx context.Context) ([]identity.Operator, error) {
	rows, err := s.DB.rows(ctx, `SELECT user_id, phone, since FROM operators JOIN users ON users.id = operators.user_id ORDER BY phone`)
	return collect(rows, err, func(r scanner) (v identity.Operator, err error) {
		return v, r.Scan(&v.User, &v.Phone, instant{&v.Since})
	})
}
