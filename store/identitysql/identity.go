package identitysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"corner/event"
	"corner/identity"
	"corner/store"
)

// Store is every port of identity in the database.
type Store struct{ DB *store.DB }

var (
	_ identity.Store       = Store{}
	_ identity.Roster      = Store{}
	_ identity.Invitations = Store{}
	_ identity.Operators   = Store{}
	_ identity.Factors     = Store{}
	_ identity.Looks       = Store{}
)

// Enter implements identity.People.
func (s Store) Enter(ctx context.Context, fresh identity.User) (identity.User, error) {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if _, err := t.Exec(ctx, `INSERT INTO users (id, phone, created_at, seen_at) VALUES ($1, $2, $3, $3) ON CONFLICT (phone) DO NOTHING`,
			string(fresh.ID), fresh.Phone, store.Micros(fresh.CreatedAt)); err != nil {
			return err
		}
		u, err := scanUser(t.Row(ctx, selectUser+` WHERE phone = $1`, fresh.Phone))
		fresh = u
		return err
	})
	if err != nil {
		return identity.User{}, fmt.Errorf("enter a user: %w", err)
	}
	return fresh, nil
}

// EnterAnew implements identity.People.
func (s Store) EnterAnew(ctx context.Context, fresh identity.User, anew func(*identity.User) (bool, error)) (identity.User, error) {
	var u identity.User
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		held, err := holdNumber(ctx, t, fresh.Phone, &u)
		if err != nil {
			return err
		}
		if held {
			apart, err := anew(&u)
			if err != nil || !apart {
				return err
			}
			if err := takeNumber(ctx, t, u.ID, fresh.CreatedAt); err != nil {
				return err
			}
		}
		n, err := t.Exec(ctx, `INSERT INTO users (id, phone, created_at, seen_at) VALUES ($1, $2, $3, $3) ON CONFLICT (phone) DO NOTHING`,
			string(fresh.ID), fresh.Phone, store.Micros(fresh.CreatedAt))
		if err != nil {
			return err
		}
		if n == 0 {
			return store.ErrAgain // a rival was quicker
		}
		u, err = scanUser(t.Row(ctx, selectUser+` WHERE id = $1`, string(fresh.ID)))
		return err
	})
	if err != nil {
		return identity.User{}, fmt.Errorf("enter a user anew: %w", err)
	}
	return u, nil
}

// holdNumber reads into u who has a number, and holds that row first: a refresh that shows that its user is there, and a
// rival for the number, see each other's result.
func holdNumber(ctx context.Context, t *store.Tx, phone string, u *identity.User) (held bool, err error) {
	n, err := t.Exec(ctx, `UPDATE users SET phone = phone WHERE phone = $1`, phone)
	if err != nil || n == 0 {
		return false, err
	}
	*u, err = scanUser(t.Row(ctx, selectUser+` WHERE phone = $1`, phone))
	return true, err
}

// goneNumber begins what stands in the column of who has no number: no number begins so.
const goneNumber = "gone:"

// number is a phone number as the column has it; "" for who has none.
type number string

// Scan implements sql.Scanner.
func (n *number) Scan(v any) error {
	var s sql.NullString
	if err := s.Scan(v); err != nil {
		return err
	}
	if *n = number(s.String); strings.HasPrefix(s.String, goneNumber) {
		*n = ""
	}
	return nil
}

// takeNumber takes a person's number away, and what whoever has it could do with it.
func takeNumber(ctx context.Context, t *store.Tx, user identity.UserID, now time.Time) error {
	for _, query := range []string{
		`UPDATE users SET phone = '` + goneNumber + `' || id WHERE id = $1`,
		`DELETE FROM operators WHERE user_id = $1`,
	} {
		if _, err := t.Exec(ctx, query, string(user)); err != nil {
			return err
		}
	}
	_, err := t.Exec(ctx, `UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND ended_at = 0`, store.Micros(now), string(user))
	return err
}

// Who was made by a program that does not know seen_at was seen then.
const selectUser = `SELECT id, phone, name, language, version, created_at, CASE WHEN seen_at > created_at THEN seen_at ELSE created_at END, next_phone, next_phone_at,
	EXISTS (SELECT 1 FROM factors WHERE factors.user_id = users.id AND confirmed_at > 0) FROM users`

func scanUser(r store.Scanner) (u identity.User, err error) {
	return u, r.Scan(
		&u.ID,
		(*number)(&u.Phone),
		&u.Name,
		&u.Language,
		&u.Version,
		store.Instant(&u.CreatedAt),
		store.Instant(&u.SeenAt),
		&u.Move.Phone, store.Instant(&u.Move.At), &u.Factor,
	)
}

// User implements identity.People.
func (s Store) User(ctx context.Context, id identity.UserID) (identity.User, error) {
	return store.One(s.DB.Row(ctx, selectUser+` WHERE id = $1`, string(id)), scanUser, identity.ErrUserNotFound)
}

// UserWith implements identity.People.
func (s Store) UserWith(ctx context.Context, phone string) (identity.User, error) {
	return store.One(s.DB.Row(ctx, selectUser+` WHERE phone = $1`, phone), scanUser, identity.ErrUserNotFound)
}

// UpdateUser implements identity.People.
func (s Store) UpdateUser(ctx context.Context, id identity.UserID, change func(*identity.User) error) (identity.User, error) {
	var u identity.User
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if err := t.Once(ctx, string(id)); err != nil {
			return err
		}
		was, err := store.One(t.Row(ctx, selectUser+` WHERE id = $1`, string(id)), scanUser, identity.ErrUserNotFound)
		if err != nil {
			return err
		}
		u = was
		if err := change(&u); err != nil || u.Profile == was.Profile {
			return err
		}
		u.Version++
		n, err := t.Exec(ctx, `UPDATE users SET name = $1, language = $2, version = $3 WHERE id = $4 AND version = $5`,
			u.Name, string(u.Language), u.Version, string(id), was.Version)
		if err == nil && n == 0 {
			return store.ErrAgain
		}
		return err
	})
	return u, err
}

// SuspendUser implements identity.People.
func (s Store) SuspendUser(ctx context.Context, id identity.UserID, on bool, e event.Event) error {
	return s.DB.Write(ctx, func(t *store.Tx) error {
		var suspended, operator bool
		// Held, so that nobody is made an operator meanwhile.
		if _, err := t.Exec(ctx, `UPDATE users SET phone = phone WHERE id = $1`, string(id)); err != nil {
			return err
		}
		err := t.Row(ctx, `SELECT suspended_at > 0, EXISTS (SELECT 1 FROM operators WHERE user_id = $1) FROM users WHERE id = $1`, string(id)).
			Scan(&suspended, &operator)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return identity.ErrUserNotFound
		case err != nil || suspended == on:
			return err
		case on && operator:
			return identity.ErrSuspendsOperator
		}
		at := int64(0)
		if on {
			at = store.Micros(e.At)
		}
		if _, err := t.Exec(ctx, `UPDATE users SET suspended_at = $1 WHERE id = $2`, at, string(id)); err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
}

// Roles implements identity.People.
func (s Store) Roles(ctx context.Context, id identity.UserID) (map[identity.MerchantID]identity.Role, error) {
	var roles map[identity.MerchantID]identity.Role
	rows, err := s.DB.Rows(ctx, `SELECT merchant_id, role FROM staff WHERE user_id = $1`, string(id))
	err = store.Each(rows, err, func(r store.Scanner) error {
		var m identity.MerchantID
		var kept int
		err := r.Scan(&m, &kept)
		if roles == nil {
			roles = map[identity.MerchantID]identity.Role{}
		}
		roles[m], _ = identity.RoleKept(kept, "")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("roles of a user: %w", err)
	}
	return roles, nil
}
