package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"corner/identity"
	"corner/once"
)

// Identity is identity.Store and identity.Roster in the database.
type Identity struct{ DB *DB }

var (
	_ identity.Store  = Identity{}
	_ identity.Roster = Identity{}
)

// Enter implements identity.Store.
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

const selectSession = `SELECT id, user_id, generation, rotated_at, expires_at, ended_at, created_at FROM sessions WHERE id = $1`

func scanSession(r scanner) (s identity.Session, err error) {
	err = r.Scan(&s.ID, &s.User, &s.Generation, instant{&s.RotatedAt}, instant{&s.ExpiresAt}, instant{&s.EndedAt}, instant{&s.CreatedAt})
	return s, err
}

// OpenSession implements identity.Store.
func (s Identity) OpenSession(ctx context.Context, n identity.Session, key once.Key) (identity.Session, error) {
	var stored identity.Session
	err := s.DB.write(ctx, func(t *tx) error {
		first, repeated, err := t.once(ctx, key, string(n.ID), n.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = one(t.row(ctx, selectSession, first), scanSession, identity.ErrTokenInvalid)
			return err
		}
		stored = n
		_, err = t.exec(ctx, `INSERT INTO sessions (id, user_id, generation, rotated_at, expires_at, ended_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			string(n.ID), string(n.User), n.Generation, micros(n.RotatedAt), micros(n.ExpiresAt), micros(n.EndedAt), micros(n.CreatedAt))
		return err
	})
	if err != nil {
		return identity.Session{}, fmt.Errorf("open a session: %w", err)
	}
	return stored, nil
}

// OpenedWith implements identity.Store.
func (s Identity) OpenedWith(ctx context.Context, key once.Key) (identity.Session, error) {
	id, err := findKey(s.DB.row(ctx, selectKey, key.Owner, key.Token), key)
	if errors.Is(err, sql.ErrNoRows) {
		return identity.Session{}, identity.ErrTokenInvalid
	}
	if err != nil {
		return identity.Session{}, told(err)
	}
	return one(s.DB.row(ctx, selectSession, id), scanSession, identity.ErrTokenInvalid)
}

// UpdateSession implements identity.Store.
func (s Identity) UpdateSession(ctx context.Context, id identity.SessionID, change func(*identity.Session) error) (identity.Session, error) {
	var v identity.Session
	err := s.DB.write(ctx, func(t *tx) error {
		was, err := one(t.row(ctx, selectSession, string(id)), scanSession, identity.ErrTokenInvalid)
		if err != nil {
			return err
		}
		v = was
		if err := change(&v); err != nil || v == was {
			return err
		}
		n, err := t.exec(ctx, `UPDATE sessions SET generation = $1, rotated_at = $2, expires_at = $3, ended_at = $4
			WHERE id = $5 AND generation = $6 AND ended_at = $7`,
			v.Generation, micros(v.RotatedAt), micros(v.ExpiresAt), micros(v.EndedAt), string(id), was.Generation, micros(was.EndedAt))
		if err == nil && n == 0 {
			return errAgain
		}
		return err
	})
	return v, err
}

// Roles implements identity.Store.
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

// SetRole implements identity.Roster.
func (s Identity) SetRole(ctx context.Context, m identity.MerchantID, user identity.UserID, role identity.Role, now time.Time, key once.Key) error {
	return s.DB.write(ctx, func(t *tx) error {
		if _, repeated, err := t.once(ctx, key, string(user), now); err != nil || repeated {
			return err
		}
		// The merchant's row is held, so that two owners cannot dismiss each other.
		n, err := t.exec(ctx, `UPDATE merchants SET name = name WHERE id = $1`, string(m))
		if err != nil {
			return err
		}
		if n == 0 {
			return identity.ErrMerchantNotFound
		}
		if role == 0 {
			n, err = t.exec(ctx, `DELETE FROM staff WHERE merchant_id = $1 AND user_id = $2`, string(m), string(user))
			if err == nil && n == 0 {
				return identity.ErrStaffNotFound
			}
		} else {
			_, err = t.exec(ctx, `INSERT INTO staff (merchant_id, user_id, role, since) VALUES ($1, $2, $3, $4)
				ON CONFLICT (merchant_id, user_id) DO UPDATE SET role = excluded.role`, string(m), string(user), int(role), micros(now))
		}
		if err != nil {
			return err
		}
		var owners int
		if err := t.row(ctx, `SELECT count(*) FROM staff WHERE merchant_id = $1 AND role = $2`, string(m), int(identity.Owner)).Scan(&owners); err != nil {
			return err
		}
		if owners == 0 {
			return identity.ErrLastOwner
		}
		return nil
	})
}

// Staff implements identity.Roster.
func (s Identity) Staff(ctx context.Context, m identity.MerchantID, after identity.UserID, limit int) ([]identity.Staff, error) {
	rows, err := s.DB.rows(ctx, `SELECT user_id, phone, role, since FROM staff JOIN users ON users.id = staff.user_id
		WHERE merchant_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3`, string(m), string(after), limit)
	return collect(rows, err, func(r scanner) (v identity.Staff, err error) {
		return v, r.Scan(&v.User, &v.Phone, &v.Role, instant{&v.Since})
	})
}
