package store

import (
	"context"
	"fmt"

	"corner/identity"
)

// Identity is every port of identity in the database.
type Identity struct{ DB *DB }

var (
	_ identity.Store       = Identity{}
	_ identity.Roster      = Identity{}
	_ identity.Invitations = Identity{}
	_ identity.Operators   = Identity{}
)

// Enter implements identity.People.
func (s Identity) Enter(ctx context.Context, fresh identity.User) (identity.User, error) {
	err := s.DB.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO users (id, phone, created_at) VALUES ($1, $2, $3) ON CONFLICT (phone) DO NOTHING`,
			string(fresh.ID), fresh.Phone, micros(fresh.CreatedAt)); err != nil {
			return err
		}
		return t.row(ctx, `SELECT id, created_at FROM users WHERE phone = $1`, fresh.Phone).Scan(&fresh.ID, instant{&fresh.CreatedAt})
	})
	if err != nil {
		return identity.User{}, fmt.Errorf("enter a user: %w", err)
	}
	return fresh, nil
}

// User implements identity.People.
func (s Identity) User(ctx context.Context, id identity.UserID) (identity.User, error) {
	return one(s.DB.row(ctx, `SELECT id, phone, created_at FROM users WHERE id = $1`, string(id)), func(r scanner) (v identity.User, err error) {
		return v, r.Scan(&v.ID, &v.Phone, instant{&v.CreatedAt})
	}, identity.ErrUserNotFound)
}

// Roles implements identity.People.
func (s Identity) Roles(ctx context.Context, id identity.UserID) (map[identity.MerchantID]identity.Role, error) {
	var roles map[identity.MerchantID]identity.Role
	rows, err := s.DB.rows(ctx, `SELECT merchant_id, role FROM staff WHERE user_id = $1`, string(id))
	err = each(rows, err, func(r scanner) error {
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
