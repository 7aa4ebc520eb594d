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

const (
	sessionColumns = `id, user_id, device, device_name, generation, rotated_at, expires_at, ended_at, created_at`
	selectSession  = `SELECT ` + sessionColumns + ` FROM sessions WHERE id = $1`
)

func scanSession(r scanner) (s identity.Session, err error) {
	err = r.Scan(&s.ID, &s.User, &s.Device.ID, &s.Device.Name, &s.Generation, instant{&s.RotatedAt}, instant{&s.ExpiresAt}, instant{&s.EndedAt}, instant{&s.CreatedAt})
	return s, err
}

// OpenSession implements identity.Sessions.
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
		if n.Device.ID != "" {
			if err := t.leaveDevice(ctx, &n); err != nil {
				return err
			}
		}
		_, err = t.exec(ctx, `INSERT INTO sessions (`+sessionColumns+`) VALUES `+values(1, 1, 9),
			string(n.ID), string(n.User), n.Device.ID, n.Device.Name, n.Generation, micros(n.RotatedAt), micros(n.ExpiresAt), micros(n.EndedAt), micros(n.CreatedAt))
		return err
	})
	if err != nil {
		return identity.Session{}, fmt.Errorf("open a session: %w", err)
	}
	return stored, nil
}

// leaveDevice ends the user's sessions on the device of a new one.
func (t *tx) leaveDevice(ctx context.Context, n *identity.Session) error {
	// The user's row is held, so that of two new ones on a device the second ends the first.
	if _, err := t.exec(ctx, `UPDATE users SET phone = phone WHERE id = $1`, string(n.User)); err != nil {
		return err
	}
	_, err := t.exec(ctx, `UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND device = $3 AND ended_at = 0`,
		micros(n.CreatedAt), string(n.User), n.Device.ID)
	return err
}

// OpenedWith implements identity.Sessions.
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

// UpdateSession implements identity.Sessions.
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

// Speaker implements identity.Sessions. It is asked at every call of somebody who has
// signed in, hence one statement.
func (s Identity) Speaker(ctx context.Context, id identity.SessionID) (identity.Actor, error) {
	rows, err := s.DB.rows(ctx, `SELECT s.user_id, o.user_id IS NOT NULL, COALESCE(f.merchant_id, ''), COALESCE(f.role, 0) FROM sessions s
		LEFT JOIN operators o ON o.user_id = s.user_id
		LEFT JOIN staff f ON f.user_id = s.user_id
		WHERE s.id = $1 AND s.ended_at = 0`, string(id))
	actor := identity.Actor{Session: id}
	err = each(rows, err, func(r scanner) error {
		var m identity.MerchantID
		var role identity.Role
		if err := r.Scan(&actor.User, &actor.Operator, &m, &role); err != nil || m == "" {
			return err
		}
		if actor.Roles == nil {
			actor.Roles = map[identity.MerchantID]identity.Role{}
		}
		actor.Roles[m] = role
		return nil
	})
	if err == nil && actor.User == "" {
		err = identity.ErrTokenInvalid
	}
	if err != nil {
		return identity.Actor{}, fmt.Errorf("who a session speaks for: %w", err)
	}
	return actor, nil
}

// Live implements identity.Sessions.
func (s Identity) Live(ctx context.Context, user identity.UserID, now time.Time, before identity.SessionID, limit int) ([]identity.Session, error) {
	rows, err := s.DB.rows(ctx, `SELECT `+sessionColumns+` FROM sessions
		WHERE user_id = $1 AND ended_at = 0 AND expires_at > $2 AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4`,
		string(user), micros(now), string(before), limit)
	return collect(rows, err, scanSession)
}

// EndSessions implements identity.Sessions.
func (s Identity) EndSessions(ctx context.Context, user identity.UserID, spare identity.SessionID, now time.Time) error {
	return s.DB.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND id <> $3 AND ended_at = 0`,
			micros(now), string(user), string(spare))
		return err
	})
}
