package identitysql

import (
	"context"
	"fmt"

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
)

// Enter implements identity.People.
func (s Store) Enter(ctx context.Context, fresh identity.User) (identity.User, error) {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if _, err := t.Exec(ctx, `INSERT INTO users (id, phone, created_at) VALUES ($1, $2, $3) ON CONFLICT (phone) DO NOTHING`,
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

const selectUser = `SELECT id, phone, name, language, version, created_at,
	EXISTS (SELECT 1 FROM factors WHERE factors.user_id = users.id AND confirmed_at > 0) FROM users`

func scanUser(r store.Scanner) (u identity.User, err error) {
	return u, r.Scan(&u.ID, &u.Phone, &u.Name, &u.Language, &u.Version, store.Instant(&u.CreatedAt), &u.Factor)
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

// Roles implements identity.People.
func (s Store) Roles(ctx context.Context, id identity.UserID) (map[identity.MerchantID]identity.Role, error) {
	var roles map[identity.MerchantID]identity.Role
	rows, err := s.DB.Rows(ctx, `SELECT merchant_id, role FROM staff WHERE user_id = $1`, string(id))
	err = store.Each(rows, err, func(r store.Scanner) error {
		var m identity.MerchantID
		var role identity.Role
		err := r.Scan(&m, &role)
		if roles == nil {
			roles = map[identity.MerchantID]identity.Role{}
		}
		roles[m] = role
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("roles of a user: %w", err)
	}
	return roles, nil
}
