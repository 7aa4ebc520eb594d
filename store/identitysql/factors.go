package identitysql

import (
	"context"
	"strings"

	"corner/identity"
	"corner/store"
)

// factorRow is a factor as the table has it.
type factorRow struct {
	identity.Factor
	version int64
}

func scanFactor(r store.Scanner) (f factorRow, err error) {
	var recovery string
	err = r.Scan(&f.User, &f.Sealed, &f.SealedBy, &f.Step, &recovery, &f.version, store.Instant(&f.ConfirmedAt), store.Instant(&f.CreatedAt))
	f.Recovery = strings.Fields(recovery)
	return f, err
}

// BeginFactor implements identity.Factors.
func (s Store) BeginFactor(ctx context.Context, f identity.Factor) error {
	return s.DB.Write(ctx, func(t *store.Tx) error {
		n, err := t.Exec(ctx, `INSERT INTO factors (user_id, sealed, sealed_by, step, recovery, version, confirmed_at, created_at)
			VALUES ($1, $2, $3, $4, $5, 1, $6, $7)
			ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, sealed_by = excluded.sealed_by, step = excluded.step,
				recovery = excluded.recovery, version = factors.version + 1, created_at = excluded.created_at
			WHERE factors.confirmed_at = 0`,
			string(f.User), f.Sealed, f.SealedBy, f.Step, strings.Join(f.Recovery, " "), store.Micros(f.ConfirmedAt), store.Micros(f.CreatedAt))
		if err == nil && n == 0 {
			return identity.ErrFactorOn
		}
		return err
	})
}

// UpdateFactor implements identity.Factors.
func (s Store) UpdateFactor(
	ctx context.Context, user identity.UserID, change func(*identity.Factor) error,
) (identity.Factor, error) {
	var f factorRow
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		f, err = store.One(t.Row(ctx, `SELECT user_id, sealed, sealed_by, step, recovery, version, confirmed_at, created_at
			FROM factors WHERE user_id = $1`, string(user)), scanFactor, identity.ErrFactorNotFound)
		if err != nil {
			return err
		}
		if err := change(&f.Factor); err != nil {
			return err
		}
		n, err := f.save(ctx, t)
		if err == nil && n == 0 {
			return store.ErrAgain
		}
		return err
	})
	return f.Factor, err
}

// save writes or removes the row, unless somebody has changed it since it was read: then it writes none.
func (f *factorRow) save(ctx context.Context, t *store.Tx) (int64, error) {
	if f.Gone {
		return t.Exec(ctx, `DELETE FROM factors WHERE user_id = $1 AND version = $2`, string(f.User), f.version)
	}
	return t.Exec(ctx, `UPDATE factors SET sealed = $1, sealed_by = $2, step = $3, recovery = $4, confirmed_at = $5, version = version + 1
		WHERE user_id = $6 AND version = $7`,
		f.Sealed, f.SealedBy, f.Step, strings.Join(f.Recovery, " "), store.Micros(f.ConfirmedAt), string(f.User), f.version)
}

// SealedOtherwise implements identity.Factors.
func (s Store) SealedOtherwise(ctx context.Context, by string, after identity.UserID, limit int) ([]identity.UserID, error) {
	rows, err := s.DB.Rows(ctx, `SELECT user_id FROM factors WHERE sealed_by <> $1 AND user_id > $2 ORDER BY user_id LIMIT $3`,
		by, string(after), limit)
	return store.Collect(rows, err, func(r store.Scanner) (id identity.UserID, err error) { return id, r.Scan(&id) })
}
