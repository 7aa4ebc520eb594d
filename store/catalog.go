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
	return m, r.Scan(&m.ID, &m.Name, instant{&m.CreatedAt})
}

const selectMerchant = `SELECT id, name, created_at FROM merchants WHERE id = $1`

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
		if _, err := t.exec(ctx, `INSERT INTO merchants (id, name, created_at) VALUES ($1, $2, $3)`, string(m.ID), m.Name, micros(m.CreatedAt)); err != nil {
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

const placeColumns = `id, merchant_id, name, name_zh, name_en, category, lat, lng, sent_lat, sent_lng, system, accuracy,
	address, phone, hours, zone, state, source, version, created_at, updated_at`

func placeTargets(p *catalog.Place) []any {
	return []any{
		&p.ID, &p.Merchant, &p.Names.Main, &p.Names.Zh, &p.Names.En, &p.Category,
		&p.Location.Point.Lat, &p.Location.Point.Lng, &p.Location.Sent.Lat, &p.Location.Sent.Lng, &p.Location.System, &p.Location.Accuracy,
		&p.Address, &p.Phone,
		hours{&p.Hours},
		&p.Zone, &p.State, &p.Source, &p.Version,
		instant{&p.CreatedAt},
		instant{&p.UpdatedAt},
	}
}

func scanPlace(r scanner) (p catalog.Place, err error) { return p, r.Scan(placeTargets(&p)...) }

// placeValues is a place in the order of placeColumns.
func placeValues(p *catalog.Place) ([]any, error) {
	h, err := p.Hours.MarshalText()
	if err != nil {
		return nil, err
	}
	return []any{
		string(p.ID), string(p.Merchant), p.Names.Main, p.Names.Zh, p.Names.En, p.Category,
		p.Location.Point.Lat, p.Location.Point.Lng, p.Location.Sent.Lat, p.Location.Sent.Lng, string(p.Location.System), float64(p.Location.Accuracy),
		p.Address, p.Phone, string(h), p.Zone, string(p.State), p.Source, p.Version, micros(p.CreatedAt), micros(p.UpdatedAt),
	}, nil
}

const (
	selectPlace  = `SELECT ` + placeColumns + ` FROM places WHERE id = $1`
	insertPlaces = `INSERT INTO places (` + placeColumns + `, digest, reading) VALUES `
	placeWidth   = 23
)

// AddPlace implements catalog.Places.
func (s Catalog) AddPlace(ctx context.Context, p catalog.Place, key once.Key, e event.Event) (catalog.Place, error) {
	row, err := placeValues(&p)
	if err != nil {
		return catalog.Place{}, err
	}
	stored := p
	err = s.DB.write(ctx, func(t *tx) error {
		first, repeated, err := t.once(ctx, key, string(p.ID), p.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = one(t.row(ctx, selectPlace, first), scanPlace, catalog.ErrPlaceNotFound)
			return err
		}
		if _, err := t.exec(ctx, insertPlaces+values(1, 1, placeWidth), append(row, "", 1)...); err != nil {
			return err
		}
		return t.emit(ctx, e)
	})
	if err != nil {
		return catalog.Place{}, fmt.Errorf("add a place: %w", err)
	}
	return stored, nil
}

// Place implements catalog.Places.
func (s Catalog) Place(ctx context.Context, id catalog.PlaceID) (catalog.Place, error) {
	return one(s.DB.row(ctx, selectPlace, string(id)), scanPlace, catalog.ErrPlaceNotFound)
}

// PlacesOf implements catalog.Places.
func (s Catalog) PlacesOf(ctx context.Context, m identity.MerchantID, after catalog.PlaceID, limit int) ([]catalog.Place, error) {
	rows, err := s.DB.rows(ctx, `SELECT `+placeColumns+` FROM places WHERE merchant_id = $1 AND merchant_id <> '' AND id > $2 ORDER BY id LIMIT $3`,
		string(m), string(after), limit)
	return collect(rows, err, scanPlace)
}

// UpdatePlace implements catalog.Places.
func (s Catalog) UpdatePlace(ctx context.Context, id catalog.PlaceID, change func(*catalog.Place) ([]event.Event, error)) (catalog.Place, error) {
	var p catalog.Place
	err := s.DB.write(ctx, func(t *tx) (err error) {
		if p, err = one(t.row(ctx, selectPlace, string(id)), scanPlace, catalog.ErrPlaceNotFound); err != nil {
			return err
		}
		was := p.Version
		events, err := change(&p)
		if err != nil || len(events) == 0 {
			return err
		}
		p.Version++
		row, err := placeValues(&p)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `UPDATE places SET (`+placeColumns+`) = (`+list(1, placeWidth-2)+`) WHERE id = $1 AND version = $22`, append(row, was)...)
		if err != nil {
			return fmt.Errorf("update a place: %w", err)
		}
		if n == 0 {
			return errAgain
		}
		return t.emit(ctx, events...)
	})
	return p, err
}

const serviceColumns = `id, place_id, name, duration, price, currency, bookable, capacity, step, created_at`

func scanService(r scanner) (v catalog.Service, err error) {
	return v, r.Scan(&v.ID, &v.Place, &v.Name, span{&v.Duration}, &v.Price.Minor, &v.Price.Currency, &v.Bookable, &v.Capacity, span{&v.Step}, instant{&v.CreatedAt})
}

func serviceValues(v *catalog.Service) []any {
	return []any{
		string(v.ID), string(v.Place), v.Name, v.Duration.Microseconds(), v.Price.Minor, string(v.Price.Currency),
		v.Bookable, v.Capacity, v.Step.Microseconds(), micros(v.CreatedAt),
	}
}

const (
	selectService  = `SELECT ` + serviceColumns + ` FROM services WHERE id = $1`
	insertServices = `INSERT INTO services (` + serviceColumns + `) VALUES `
	serviceWidth   = 10
)

// AddService implements catalog.Services.
func (s Catalog) AddService(ctx context.Context, v catalog.Service, key once.Key, e event.Event) (catalog.Service, error) {
	stored := v
	err := s.DB.write(ctx, func(t *tx) error {
		first, repeated, err := t.once(ctx, key, string(v.ID), v.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = one(t.row(ctx, selectService, first), scanService, catalog.ErrServiceNotFound)
			return err
		}
		// The place's row is held, so that rivals count one after the other.
		if n, err := t.exec(ctx, `UPDATE places SET version = version WHERE id = $1`, string(v.Place)); err != nil || n == 0 {
			return orMissing(err, catalog.ErrPlaceNotFound)
		}
		var n int
		if err := t.row(ctx, `SELECT count(*) FROM services WHERE place_id = $1`, string(v.Place)).Scan(&n); err != nil {
			return err
		}
		if n >= catalog.MaxServices {
			return catalog.ErrTooManyServices
		}
		if _, err := t.exec(ctx, insertServices+values(1, 1, serviceWidth), serviceValues(&v)...); err != nil {
			return err
		}
		return t.emit(ctx, e)
	})
	if err != nil {
		return catalog.Service{}, fmt.Errorf("add a service: %w", err)
	}
	return stored, nil
}

// orMissing is err, or missing when the statement went well but met no row.
func orMissing(err, missing error) error {
	if err != nil {
		return err
	}
	return missing
}

// Service implements catalog.Services.
func (s Catalog) Service(ctx context.Context, id catalog.ServiceID) (catalog.Service, error) {
	return one(s.DB.row(ctx, selectService, string(id)), scanService, catalog.ErrServiceNotFound)
}

// ServicesOf implements catalog.Services.
func (s Catalog) ServicesOf(ctx context.Context, p catalog.PlaceID, after catalog.ServiceID, limit int) ([]catalog.Service, error) {
	rows, err := s.DB.rows(ctx, `SELECT `+serviceColumns+` FROM services WHERE place_id = $1 AND id > $2 ORDER BY id LIMIT $3`, string(p), string(after), limit)
	return collect(rows, err, scanService)
}
