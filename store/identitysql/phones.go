package identitysql

import (
	"context"
	"fmt"
	"time"

	"corner/identity"
	"corner/store"
)

// ChangePhone implements identity.People.
func (s Store) ChangePhone(
	ctx context.Context,
	id identity.UserID,
	phone string,
	now time.Time,
	own func(*identity.User) error,
	free func(*identity.User) bool,
) (identity.User, error) {
	var u identity.User
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if n, err := t.Exec(ctx, `UPDATE users SET phone = phone WHERE id = $1`, string(id)); err != nil || n == 0 {
			return store.OrMissing(err, identity.ErrUserNotFound)
		}
		var err error
		if u, err = scanUser(t.Row(ctx, selectUser+` WHERE id = $1`, string(id))); err != nil {
			return err
		}
		if err := own(&u); err != nil {
			return err
		}
		var had identity.User
		held, err := holdNumber(ctx, t, phone, &had)
		if err != nil {
			return err
		}
		if held && had.ID != id {
			if !free(&had) {
				return identity.ErrPhoneTaken
			}
			if err := takeNumber(ctx, t, had.ID, now); err != nil {
				return err
			}
		}
		_, err = t.Exec(
			ctx,
			`UPDATE users SET phone = $1, next_phone = '', next_phone_at = 0, version = version + 1 WHERE id = $2`,
			phone,
			string(id),
		)
		if err != nil {
			if t.Duplicate(err) != "" {
				return store.ErrAgain // a rival was quicker
			}
			return err
		}
		u, err = scanUser(t.Row(ctx, selectUser+` WHERE id = $1`, string(id)))
		return err
	})
	if err != nil {
		return identity.User{}, fmt.Errorf("change a phone number: %w", err)
	}
	return u, nil
}

// PlanPhone implements identity.People.
func (s Store) PlanPhone(ctx context.Context, id identity.UserID, m identity.Move) (identity.User, error) {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		_, err := t.Exec(ctx, `UPDATE users SET next_phone = $1, next_phone_at = $2, version = version + 1
			WHERE id = $3 AND (next_phone <> $1 OR next_phone_at <> $2)`, m.Phone, store.Micros(m.At), string(id))
		return err
	})
	if err != nil {
		return identity.User{}, fmt.Errorf("plan a phone number: %w", err)
	}
	return s.User(ctx, id)
}

// DuePhones implements identity.People.
func (s Store) DuePhones(ctx context.Context, now time.Time, limit int) ([]identity.User, error) {
	rows, err := s.DB.Rows(ctx, selectUser+` WHERE next_phone_at > 0 AND next_phone_at <= $1 ORDER BY next_phone_at LIMIT $2`,
		store.Micros(now), limit)
	return store.Collect(rows, err, scanUser)
}
