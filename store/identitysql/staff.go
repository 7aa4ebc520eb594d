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
			query, args = `UPDATE staff SET role = $3 WHERE merchant_id = $1 AND user_id = $2`, append(args, int(c.Role))
		}
		if n, err := t.Exec(ctx, query, args...); err != nil || n == 0 {
			return store.OrMissing(err, identity.ErrStaffNotFound)
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
	err := t.Row(ctx, `SELECT count(*) FROM staff WHERE merchant_id = $1 AND role = $2`, string(m), int(identity.Owner)).Scan(&owners)
	if err != nil {
		return err
	}
	return admit(owners)
}

// Staff implements identity.Roster.
func (s Store) Staff(ctx context.Context, m identity.MerchantID, after identity.UserID, limit int) ([]identity.Staff, error) {
	rows, err := s.DB.Rows(ctx, `SELECT user_id, phone, role, since FROM staff JOIN users ON users.id = staff.user_id
		WHERE merchant_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3`, string(m), string(after), limit)
	return store.Collect(rows, err, func(r store.Scanner) (v identity.Staff, err error) {
		return v, r.Scan(&v.User, (*number)(&v.Phone), &v.Role, store.Instant(&v.Since))
	})
}
