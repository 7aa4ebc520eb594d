package identitysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
)

const (
	sessionColumns = `id, user_id, device, device_name, generation, rotated_at, expires_at, ended_at, factor_at, created_at`
	selectSession  = `SELECT ` + sessionColumns + ` FROM sessions WHERE id = $1`
)

func scanSession(r store.Scanner) (s identity.Session, err error) {
	err = r.Scan(
		&s.ID,
		&s.User,
		&s.Device.ID,
		&s.Device.Name,
		&s.Generation,
		store.Instant(&s.RotatedAt),
		store.Instant(&s.ExpiresAt),
		store.Instant(&s.EndedAt),
		store.Instant(&s.FactorAt),
		store.Instant(&s.CreatedAt),
	)
	return s, err
}

// OpenSession implements identity.Sessions.
func (s Store) OpenSession(
	ctx context.Context, n identity.Session, phone string, key idempotency.Key, e event.Event,
) (identity.Session, error) {
	var stored identity.Session
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(n.ID), n.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = store.One(t.Row(ctx, selectSession, first), scanSession, identity.ErrTokenInvalid)
			return err
		}
		stored = n
		// The user's row is held: the number stays whose it is, and of two new ones on a device the second ends the first.
		held, err := t.Exec(ctx, `UPDATE users SET seen_at = CASE WHEN seen_at <= $1 THEN $2 ELSE seen_at END WHERE id = $3 AND phone = $4`,
			store.Micros(n.CreatedAt.Add(-identity.Day)), store.Micros(n.CreatedAt), string(n.User), phone)
		if err != nil {
			return err
		}
		if held == 0 {
			return identity.ErrCodeInvalid
		}
		if n.Device.ID != "" {
			if err := leaveDevice(ctx, t, &n); err != nil {
				return err
			}
		}
		_, err = t.Exec(
			ctx,
			`INSERT INTO sessions (`+sessionColumns+`) VALUES `+store.Values(1, 1, 10),
			string(
				n.ID,
			),
			string(n.User),
			n.Device.ID,
			n.Device.Name,
			n.Generation,
			store.Micros(n.RotatedAt),
			store.Micros(n.ExpiresAt),
			store.Micros(n.EndedAt),
			store.Micros(n.FactorAt),
			store.Micros(n.CreatedAt),
		)
		if err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return identity.Session{}, fmt.Errorf("open a session: %w", err)
	}
	return stored, nil
}

// leaveDevice ends the user's sessions on the device of a new one.
func leaveDevice(ctx context.Context, t *store.Tx, n *identity.Session) error {
	_, err := t.Exec(ctx, `UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND device = $3 AND ended_at = 0`,
		store.Micros(n.CreatedAt), string(n.User), n.Device.ID)
	return err
}

// OpenedWith implements identity.Sessions.
func (s Store) OpenedWith(ctx context.Context, key idempotency.Key) (identity.Session, error) {
	id, err := s.DB.MadeWith(ctx, key)
	if errors.Is(err, sql.ErrNoRows) {
		return identity.Session{}, identity.ErrTokenInvalid
	}
	if err != nil {
		return identity.Session{}, store.Unreachable(err)
	}
	return store.One(s.DB.Row(ctx, selectSession, id), scanSession, identity.ErrTokenInvalid)
}

// UpdateSession implements identity.Sessions.
func (s Store) UpdateSession(ctx context.Context, id identity.SessionID, change func(*identity.Session) error) (identity.Session, error) {
	var v identity.Session
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		was, err := store.One(t.Row(ctx, selectSession, string(id)), scanSession, identity.ErrTokenInvalid)
		if err != nil {
			return err
		}
		v = was
		if err := change(&v); err != nil || v == was {
			return err
		}
		if !v.RotatedAt.Equal(was.RotatedAt) { // before the session's row, as whoever takes the number does
			if _, err := t.Exec(ctx, `UPDATE users SET seen_at = $1 WHERE id = $2 AND seen_at <= $3`,
				store.Micros(v.RotatedAt), string(v.User), store.Micros(v.RotatedAt.Add(-identity.Day))); err != nil {
				return err
			}
		}
		n, err := t.Exec(
			ctx,
			`UPDATE sessions SET generation = $1, rotated_at = $2, expires_at = $3, ended_at = $4, factor_at = $5
			WHERE id = $6 AND generation = $7 AND ended_at = $8 AND factor_at = $9`,
			v.Generation,
			store.Micros(v.RotatedAt),
			store.Micros(v.ExpiresAt),
			store.Micros(v.EndedAt),
			store.Micros(v.FactorAt),
			string(id),
			was.Generation,
			store.Micros(was.EndedAt),
			store.Micros(was.FactorAt),
		)
		if err == nil && n == 0 {
			return store.ErrAgain
		}
		return err
	})
	return v, err
}

// ActorOf implements identity.Sessions. It is asked at every call of somebody who has
// signed in, hence one statement.
func (s Store) ActorOf(ctx context.Context, id identity.SessionID) (identity.Actor, error) {
	rows, err := s.DB.Rows(ctx, `SELECT s.user_id, u.suspended_at > 0, o.user_id IS NOT NULL, COALESCE(m.id, ''), COALESCE(f.role, 0),
		s.factor_at, x.user_id IS NOT NULL, COALESCE(`+placesOf+`, '') FROM sessions s
		JOIN users u ON u.id = s.user_id
		LEFT JOIN operators o ON o.user_id = s.user_id
		LEFT JOIN factors x ON x.user_id = s.user_id AND x.confirmed_at > 0
		LEFT JOIN staff f ON f.user_id = s.user_id AND u.suspended_at = 0
		LEFT JOIN merchants m ON m.id = f.merchant_id AND m.suspended_at = 0
		WHERE s.id = $1 AND s.ended_at = 0`, string(id))
	actor := identity.Actor{Session: id}
	err = store.Each(rows, err, func(r store.Scanner) error {
		var m identity.MerchantID
		var kept int
		var places string
		err := r.Scan(
			&actor.User, &actor.Suspended, &actor.Operator, &m, &kept, store.Instant(&actor.FactorAt), &actor.Factor, &places,
		)
		if err != nil || m == "" {
			return err
		}
		role, at := identity.RoleKept(kept, places)
		if actor.Roles == nil {
			actor.Roles = map[identity.MerchantID]identity.Role{}
		}
		actor.Roles[m] = role
		if at.Limited {
			if actor.Limits == nil {
				actor.Limits = map[identity.MerchantID]identity.Branches{}
			}
			actor.Limits[m] = at
		}
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
func (s Store) Live(
	ctx context.Context,
	user identity.UserID,
	now time.Time,
	before identity.SessionID,
	limit int,
) ([]identity.Session, error) {
	rows, err := s.DB.Rows(ctx, `SELECT `+sessionColumns+` FROM sessions
		WHERE user_id = $1 AND ended_at = 0 AND expires_at > $2 AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4`,
		string(user), store.Micros(now), string(before), limit)
	return store.Collect(rows, err, scanSession)
}

// EndSessions implements identity.Sessions.
func (s Store) EndSessions(ctx context.Context, user identity.UserID, spare identity.SessionID, now time.Time) error {
	return s.DB.Write(ctx, func(t *store.Tx) error {
		_, err := t.Exec(ctx, `UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND id <> $3 AND ended_at = 0`,
			store.Micros(now), string(user), string(spare))
		return err
	})
}

// ForgetSessions removes up to n sessions that ended or ran out before the given time, and returns
// how many.
func (s Store) ForgetSessions(ctx context.Context, before time.Time, n int) (int, error) {
	var gone int64
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		gone, err = t.Exec(ctx, `DELETE FROM sessions WHERE id IN (
			SELECT id FROM sessions WHERE ended_at > 0 AND ended_at < $1 OR expires_at < $1 LIMIT $2)`, store.Micros(before), n)
		return err
	})
	return int(gone), err
}
