package identitysql

import (
	"context"
	"time"

	"corner/identity"
	"corner/store"
)

// ChangeRole implements identity.Roster.
func (s Store) ChangeRole(ctx context.Context, m identity.MerchantID, user identity.UserID, role identity.Role, now time.Time) error {
	return s.DB.Write(ctx, func(t *store.Tx) error {
		if err := lockMerchant(ctx, t, m); err != nil {
			return err
		}
		query, args := `DELETE FROM staff WHERE merchant_id = $1 AND user_id = $2`, []any{string(m), string(user)}
		if role != 0 {
			query, args = `UPDATE staff SET role = $3 WHERE merchant_id = $1 AND user_id = $2`, append(args, int(role))
		}
		if n, err := t.Exec(ctx, query, args...); err != nil || n == 0 {
			return store.OrMissing(err, identity.ErrStaffNotFound)
		}
		if role != identity.Owner {
			if _, err := t.Exec(
				ctx,
				`UPDATE invitations SET state = 'withdrawn', settled_at = $1 WHERE merchant_id = $2 AND by_id = $3 AND state = 'open'`,
				store.Micros(now),
				string(m),
				string(user),
			); err != nil {
				return err
			}
		}
		return keepsOwner(ctx, t, m)
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

// keepsOwner is ErrLastOwner if the merchant has no owner any more.
func keepsOwner(ctx context.Context, t *store.Tx, m identity.MerchantID) error {
	var owners int
	err := t.Row(ctx, `SELECT count(*) FROM staff WHERE merchant_id = $1 AND role = $2`, string(m), int(identity.Owner)).Scan(&owners)
	if err == nil && owners == 0 {
		err = identity.ErrLastOwner
	}
	return err
}

// Staff implements identity.Roster.
func (s Store) Staff(ctx context.Context, m identity.MerchantID, after identity.UserID, limit int) ([]identity.Staff, error) {
	rows, err := s.DB.Rows(ctx, `SELECT user_id, phone, role, since FROM staff JOIN users ON users.id = staff.user_id
		WHERE merchant_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3`, string(m), string(after), limit)
	return store.Collect(rows, err, func(r store.Scanner) (v identity.Staff, err error) {
		return v, r.Scan(&v.User, &v.Phone, &v.Role, store.Instant(&v.Since))
	})
}
