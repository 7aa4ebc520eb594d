package store

import (
	"context"
	"fmt"

	"corner/catalog"
	"corner/event"
	"corner/identity"
	"corner/once"
)

// Catalog is catalog.Store in the database.
type Catalog struct{ DB *DB }

var _ catalog.Store = Catalog{}

func scanMerchant(r scanner) (m catalog.Merchant, err error) {
	return m, r.Scan(&m.ID, &m.Name, &m.Version, instant{&m.CreatedAt}, instant{&m.UpdatedAt})
}

const selectMerchant = `SELECT id, name, version, created_at, updated_at FROM merchants WHERE id = $1`

// AddMerchant implements catalog.Merchants.
func (s Catalog) AddMerchant(ctx context.Context, m catalog.Merchant, owner identity.UserID, key once.Key, e event.Event) (catalog.Merchant, error) {
	stored := m
	err := s.DB.write(ctx, func(t *tx) error {
		first, repeated, err := t.once(ctx, key, string(m.ID), m.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = one(t.row(ctx, selectMerchant, first), scanMerchant, identity.ErrMerchantNotFound)
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO merchants (id, name, version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5)`,
			string(m.ID), m.Name, m.Version, micros(m.CreatedAt), micros(m.UpdatedAt)); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO staff (merchant_id, user_id, role, since) VALUES ($1, $2, $3, $4)`,
			string(m.ID), string(owner), int(identity.Owner), micros(m.CreatedAt)); err != nil {
			return err
		}
		return t.emit(ctx, e)
	})
	if err != nil {
		return catalog.Merchant{}, fmt.Errorf("add a merchant: %w", err)
	}
	return stored, nil
}

// Merchant implements catalog.Merchants.
func (s Catalog) Merchant(ctx context.Context, id identity.MerchantID) (catalog.Merchant, error) {
	return one(s.DB.row(ctx, selectMerchant, string(id)), scanMerchant, identity.ErrMerchantNotFound)
}

// UpdateMerchant implements catalog.Merchants.
func (s Catalog) UpdateMerchant(ctx context.Context, id identity.MerchantID, change func(*catalog.Merchant) ([]event.Event, error)) (catalog.Merchant, error) {
	var m catalog.Merchant
	err := s.DB.write(ctx, func(t *tx) (err error) {
		if m, err = one(t.row(ctx, selectMerchant, string(id)), scanMerchant, identity.ErrMerchantNotFound); err != nil {
			return err
		}
		was := m.Version
		events, err := change(&m)
		if err != nil || len(events) == 0 {
			return err
		}
		m.Version++
		n, err := t.exec(ctx, `UPDATE merchants SET name = $1, version = $2, updated_at = $3 WHERE id = $4 AND version = $5`,
			m.Name, m.Version, micros(m.UpdatedAt), string(id), was)
		if err != nil {
			return fmt.Errorf("update a merchant: %w", err)
		}
		if n == 0 {
			return errAgain
		}
		return t.emit(ctx, events...)
	})
	return m, err
}
