package catalogsql

import (
	"context"
	"fmt"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
)

// Store is catalog.Store in the database.
type Store struct {
	DB *store.DB
	// Leave is those of other rooms who keep something of places, in the order in which they are
	// asked before one is removed.
	Leave []Leave
}

var _ catalog.Store = Store{}

func scanMerchant(r store.Scanner) (m catalog.Merchant, err error) {
	return m, r.Scan(&m.ID, &m.Name, &m.Version, store.Instant(&m.CreatedAt), store.Instant(&m.UpdatedAt), store.Instant(&m.SuspendedAt),
		store.Instant(&m.ClosedAt))
}

const selectMerchant = `SELECT id, name, version, created_at, updated_at, suspended_at, closed_at FROM merchants WHERE id = $1`

// AddMerchant implements catalog.Merchants.
func (s Store) AddMerchant(
	ctx context.Context,
	m catalog.Merchant,
	owner identity.UserID,
	key idempotency.Key,
	admit func(owned int) error,
	e event.Event,
) (catalog.Merchant, error) {
	stored := m
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(m.ID), m.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = store.One(t.Row(ctx, selectMerchant, first), scanMerchant, identity.ErrMerchantNotFound)
			return err
		}
		if admit != nil {
			if err := admitOwner(ctx, t, owner, admit); err != nil {
				return err
			}
		}
		if _, err := t.Exec(ctx, `INSERT INTO merchants (id, name, version, created_at, updated_at, closed_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			string(m.ID), m.Name, m.Version, store.Micros(m.CreatedAt), store.Micros(m.UpdatedAt), store.Micros(m.ClosedAt)); err != nil {
			return err
		}
		if _, err := t.Exec(ctx, `INSERT INTO staff (merchant_id, user_id, role, since) VALUES ($1, $2, $3, $4)`,
			string(m.ID), string(owner), identity.Owner.Kept(false), store.Micros(m.CreatedAt)); err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return catalog.Merchant{}, fmt.Errorf("add a merchant: %w", err)
	}
	return stored, nil
}

// admitOwner asks about the merchants of a user, whose lock it takes, so that two of them at one
// moment count each other.
func admitOwner(ctx context.Context, t *store.Tx, owner identity.UserID, admit func(owned int) error) error {
	if err := t.Lock(ctx, store.UserLock(owner)); err != nil {
		return err
	}
	var owned int
	if err := t.Row(ctx, `SELECT count(*) FROM staff WHERE user_id = $1 AND role = $2`, string(owner), identity.Owner.Kept(false)).
		Scan(&owned); err != nil {
		return err
	}
	return admit(owned)
}

// Merchant implements catalog.Merchants.
func (s Store) Merchant(ctx context.Context, id identity.MerchantID) (catalog.Merchant, error) {
	return store.One(s.DB.Row(ctx, selectMerchant, string(id)), scanMerchant, identity.ErrMerchantNotFound)
}

// Employments implements catalog.Merchants.
func (s Store) Employments(
	ctx context.Context, user identity.UserID, after identity.MerchantID, limit int,
) ([]catalog.Employment, error) {
	rows, err := s.DB.Rows(ctx, `SELECT m.id, m.name, m.version, m.created_at, m.updated_at, m.suspended_at, m.closed_at, s.role, s.since,
		COALESCE((SELECT string_agg(l.place_id, ',') FROM staff_places l JOIN places p ON p.id = l.place_id
			WHERE l.merchant_id = s.merchant_id AND l.user_id = s.user_id AND p.merchant_id = s.merchant_id), '')
		FROM staff s JOIN merchants m ON m.id = s.merchant_id WHERE s.user_id = $1 AND s.merchant_id > $2 ORDER BY s.merchant_id LIMIT $3`,
		string(user), string(after), limit)
	return store.Collect(rows, err, func(r store.Scanner) (e catalog.Employment, err error) {
		m := &e.Merchant
		var kept int
		var places string
		err = r.Scan(&m.ID, &m.Name, &m.Version, store.Instant(&m.CreatedAt), store.Instant(&m.UpdatedAt), store.Instant(&m.SuspendedAt),
			store.Instant(&m.ClosedAt),
			&kept, store.Instant(&e.Since), &places)
		e.Role, e.Branches = identity.RoleKept(kept, places)
		return e, err
	})
}

// UpdateMerchant implements catalog.Merchants.
func (s Store) UpdateMerchant(
	ctx context.Context,
	id identity.MerchantID,
	change func(*catalog.Merchant) ([]event.Event, error),
) (catalog.Merchant, error) {
	var m catalog.Merchant
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		if err := t.Once(ctx, string(id)); err != nil {
			return err
		}
		if m, err = store.One(t.Row(ctx, selectMerchant, string(id)), scanMerchant, identity.ErrMerchantNotFound); err != nil {
			return err
		}
		was := m.Version
		events, err := change(&m)
		if err != nil || len(events) == 0 {
			return err
		}
		m.Version++
		n, err := t.Exec(ctx, `UPDATE merchants SET name = $1, version = $2, updated_at = $3, closed_at = $4 WHERE id = $5 AND version = $6`,
			m.Name, m.Version, store.Micros(m.UpdatedAt), store.Micros(m.ClosedAt), string(id), was)
		if err != nil {
			return fmt.Errorf("update a merchant: %w", err)
		}
		if n == 0 {
			return store.ErrAgain
		}
		return t.Emit(ctx, events...)
	})
	return m, err
}
