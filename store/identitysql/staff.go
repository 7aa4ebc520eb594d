package identitysql

import (
	"context"

	"corner/identity"
	"corner/store"
)

// ChangeRole implements identity.Roster.
func (s Store) ChangeRole(ctx context.Context, c identity.RoleChange, admit func(owners int) error) error {
	return s.DB.Write(ctx, func(t *store.Tx) error {
		if err := lockMerchant(ctx, t, c.Merchant); err != nil {
			return err
		}
		query, args := `DELETE FROM staff WHERE merchant_id = $1 AND user_id = $2`, []any{string(c.Merchant), string(c.User)}
		if c.Role != 0 {
			query, args = `UPDATE staff SET role = $3 WHERE merchant_id = $1 AND user_id = $2`, append(args, c.Role.Kept(c.Branches.Limited))
		}
		if n, err := t.Exec(ctx, query, args...); err != nil || n == 0 {
			return store.OrMissing(err, identity.ErrStaffNotFound)
		}
		if err := limit(ctx, t, c.Merchant, c.User, c.Branches); err != nil {
			return err
		}
		if c.Withdraw {
			if _, err := t.Exec(
				ctx,
				`UPDATE invitations SET state = 'withdrawn', settled_at = $1 WHERE merchant_id = $2 AND by_id = $3 AND state = 'open'`,
				store.Micros(c.At),
				string(c.Merchant),
				string(c.User),
			); err != nil {
				return err
			}
		}
		return askOwners(ctx, t, c.Merchant, admit)
	})
}

// lockMerchant holds the merchant's row, so that who works there changes one after the
// other: two owners cannot dismiss each other.
func lockMerchant(ctx context.Context, t *store.Tx, m identity.MerchantID) error {
	if n, err := t.Exec(ctx, `UPDATE merchants SET name = name WHERE id = $1`, string(m)); err != nil || n == 0 {
		return store.OrMissing(err, identity.ErrMerchantNotFound)
	}
	return nil
}

// askOwners asks admit about how many owners the merchant has now.
func askOwners(ctx context.Context, t *store.Tx, m identity.MerchantID, admit func(owners int) error) error {
	var owners int
	err := t.Row(ctx, `SELECT count(*) FROM staff WHERE merchant_id = $1 AND role = $2`, string(m), identity.Owner.Kept(false)).Scan(&owners)
	if err != nil {
		return err
	}
	return admit(owners)
}

// limit makes at the places that somebody's role holds at. With a role that is gone they are gone already.
func limit(ctx context.Context, t *store.Tx, m identity.MerchantID, user identity.UserID, at identity.Branches) error {
	if _, err := t.Exec(ctx, `DELETE FROM staff_places WHERE merchant_id = $1 AND user_id = $2`, string(m), string(user)); err != nil {
		return err
	}
	if len(at.Places) == 0 {
		return nil
	}
	var args []any
	for _, p := range at.Places {
		args = append(args, string(m), string(user), string(p))
	}
	_, err := t.Exec(ctx, `INSERT INTO staff_places (merchant_id, user_id, place_id) VALUES `+store.Values(1, len(at.Places), 3), args...)
	return err
}

const (
	// placesOf is the ids of the places that the role of staff f is limited to, whoever has them now.
	placesOf = `(SELECT string_agg(l.place_id, ',') FROM staff_places l
		WHERE l.merchant_id = f.merchant_id AND l.user_id = f.user_id)`
	// theirPlacesOf is those that are the merchant's still.
	theirPlacesOf = `(SELECT string_agg(l.place_id, ',') FROM staff_places l JOIN places p ON p.id = l.place_id
		WHERE l.merchant_id = f.merchant_id AND l.user_id = f.user_id AND p.merchant_id = f.merchant_id)`
)

// PlacesAmong implements identity.Roster.
func (s Store) PlacesAmong(ctx context.Context, m identity.MerchantID, ids []identity.PlaceID) ([]identity.PlaceID, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{string(m)}
	for _, id := range ids {
		args = append(args, string(id))
	}
	rows, err := s.DB.Rows(ctx, `SELECT id FROM places WHERE merchant_id = $1 AND merchant_id <> '' AND id IN (`+
		store.List(2, len(ids))+`) ORDER BY id`, args...)
	return store.Collect(rows, err, func(r store.Scanner) (id identity.PlaceID, err error) { return id, r.Scan(&id) })
}

// Staff implements identity.Roster.
func (s Store) Staff(ctx context.Context, m identity.MerchantID, after identity.UserID, limit int) ([]identity.Staff, error) {
	rows, err := s.DB.Rows(ctx, `SELECT f.user_id, u.phone, f.role, COALESCE(`+theirPlacesOf+`, ''), f.since
		FROM staff f JOIN users u ON u.id = f.user_id
		WHERE f.merchant_id = $1 AND f.user_id > $2 ORDER BY f.user_id LIMIT $3`, string(m), string(after), limit)
	return store.Collect(rows, err, func(r store.Scanner) (v identity.Staff, err error) {
		var kept int
		var places string
		err = r.Scan(&v.User, (*number)(&v.Phone), &kept, &places, store.Instant(&v.Since))
		v.Role, v.Branches = identity.RoleKept(kept, places)
		return v, err
	})
}
