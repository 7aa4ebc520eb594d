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
)

// Enter implements identity.People.
func (s Store) Enter(ctx context.Context, fresh identity.User) (identity.User, error) {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if _, err := t.Exec(ctx, `INSERT INTO users (id, phone, created_at) VALUES ($1, $2, $3) ON CONFLICT (phone) DO NOTHING`,
			string(fresh.ID), fresh.Phone, store.Micros(fresh.CreatedAt)); err != nil {
			return err
		}
		return t.Row(ctx, `SELECT id, created_at FROM users WHERE phone = $1`, fresh.Phone).Scan(&fresh.ID, store.Instant(&fresh.CreatedAt))
	})
	if err != nil {
		return identity.User{}, fmt.Errorf("enter a user: %w", err)
	}
	return fresh, nil
}

// User implements identity.People.
func (s Store) User(ctx context.Context, id identity.UserID) (identity.User, error) {
	return store.One(
		s.DB.Row(ctx, `SELECT id, phone, created_at FROM users WHERE id = $1`, string(id)),
		func(r store.Scanner) (v identity.User, err error) {
			return v, r.Scan(&v.ID, &v.Phone, store.Instant(&v.CreatedAt))
		},
		identity.ErrUserNotFound,
	)
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
