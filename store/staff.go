package store

import (
	"context"
	"time"

	"corner/identity"
)

// ChangeRole implements identity.Roster.
func (s Identity) ChangeRole(ctx context.Context, m identity.MerchantID, user identity.UserID, role identity.Role, now time.Time) error {
	return s.DB.write(ctx, func(t *tx) error {
		if err := t.lockMerchant(ctx, m); err != nil {
			return err
		}
		query, args := `DELETE FROM staff WHERE merchant_id = $1 AND user_id = $2`, []any{string(m), string(user)}
		if role != 0 {
			query, args = `UPDATE staff SET role = $3 WHERE merchant_id = $1 AND user_id = $2`, append(args, int(role))
		}
		if n, err := t.exec(ctx, query, args...); err != nil || n == 0 {
			return orMissing(err, identity.ErrStaffNotFound)
		}
		if role != identity.Owner {
			if _, err := t.exec(ctx, `UPDATE invitations SET state = 'withdrawn', settled_at = $1 WHERE merchant_id = $2 AND by_id = $3 AND state = 'open'`,
				micros(now), string(m), string(user)); err != nil {
				return err
			}
		}
		return t.keepsOwner(ctx, m)
	})
}

// lockMerchant holds the merchant's row, so that who works there changes one after the
// other: two owners cannot dismiss each other.
func (t *tx) lockMerchant(ctx context.Context, m identity.MerchantID) error {
	if n, err := t.exec(ctx, `UPDATE merchants SET name = name WHERE id = $1`, string(m)); err != nil || n == 0 {
		return orMissing(err, identity.ErrMerchantNotFound)
	}
	return nil
}

// keepsOwner is ErrLastOwner if the merchant has no owner any more.
func (t *tx) keepsOwner(ctx context.Context, m identity.MerchantID) error {
	var owners int
	err := t.row(ctx, `SELECT count(*) FROM staff WHERE merchant_id = $1 AND role = $2`, string(m), int(identity.Owner)).Scan(&owners)
	if err == nil && owners == 0 {
		err = identity.ErrLastOwner
	}
	return err
}

// Staff implements identity.Roster.
func (s Identity) Staff(ctx context.Context, m identity.MerchantID, after identity.UserID, limit int) ([]identity.Staff, error) {
	rows, err := s.DB.rows(ctx, `SELECT user_id, phone, role, since FROM staff JOIN users ON users.id = staff.user_id
		WHERE merchant_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3`, string(m), string(after), limit)
	return collect(rows, err, func(r scanner) (v identity.Staff, err error) {
		return v, r.Scan(&v.User, &v.Phone, &v.Role, instant{&v.Since})
	})
}
