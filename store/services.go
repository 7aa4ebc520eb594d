package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"corner/catalog"
	"corner/event"
	"corner/once"
)

const serviceColumns = `id, place_id, name, duration, price, currency, bookable, capacity, step, created_at,
	description, section, position, price_to, price_to_currency, home_radius, home_travel, payment, deposit, deposit_currency,
	cancel_free, cancel_fee, attributes, batch, version, retired_at, updated_at`

var (
	serviceWidth   = strings.Count(serviceColumns, ",") + 1
	insertServices = `INSERT INTO services (` + serviceColumns + `) VALUES `
	selectService  = `SELECT ` + serviceColumns + ` FROM services WHERE id = $1`
	selectBatch    = `SELECT ` + serviceColumns + ` FROM services WHERE place_id = $1 AND batch = $2 ORDER BY id`
	updateService  = fmt.Sprintf(`UPDATE services SET (%s) = (%s) WHERE id = $1 AND version = $%d`, serviceColumns, list(1, serviceWidth), serviceWidth+1)
	// The item after which the page begins says where that is.
	servicesOnSale = `SELECT ` + serviceColumns + ` FROM services WHERE place_id = $1 AND retired_at = 0
		AND (position, id) > (coalesce((SELECT position FROM services WHERE id = $2), -1), $2) ORDER BY position, id LIMIT $3`
)

func scanService(r scanner) (v catalog.Service, err error) {
	return v, r.Scan(
		&v.ID, &v.Place, &v.Name, span{&v.Duration}, &v.Price.Minor, &v.Price.Currency, &v.Bookable, &v.Capacity, span{&v.Step}, instant{&v.CreatedAt},
		&v.Description, &v.Section, &v.Position, &v.PriceTo.Minor, &v.PriceTo.Currency, &v.AtHome.Radius, span{&v.AtHome.Travel},
		&v.Payment.Kind, &v.Payment.Deposit.Minor, &v.Payment.Deposit.Currency, span{&v.Cancellation.Free}, &v.Cancellation.Fee,
		words[string]{&v.Attributes}, &v.Batch, &v.Version, instant{&v.RetiredAt}, instant{&v.UpdatedAt},
	)
}

func serviceValues(v *catalog.Service) []any {
	return []any{
		string(v.ID), string(v.Place), v.Name, v.Duration.Microseconds(), v.Price.Minor, string(v.Price.Currency),
		v.Bookable, v.Capacity, v.Step.Microseconds(), micros(v.CreatedAt),
		v.Description, v.Section, v.Position, v.PriceTo.Minor, string(v.PriceTo.Currency), float64(v.AtHome.Radius), v.AtHome.Travel.Microseconds(),
		string(v.Payment.Kind), v.Payment.Deposit.Minor, string(v.Payment.Deposit.Currency), v.Cancellation.Free.Microseconds(), int64(v.Cancellation.Fee),
		joined(v.Attributes), v.Batch, v.Version, micros(v.RetiredAt), micros(v.UpdatedAt),
	}
}

// insertServices stores services, many a statement.
func (t *tx) insertServices(ctx context.Context, list []catalog.Service) error {
	for part := range slices.Chunk(list, importRows) {
		var args []any
		for i := range part {
			args = append(args, serviceValues(&part[i])...)
		}
		if _, err := t.exec(ctx, insertServices+values(1, len(part), serviceWidth), args...); err != nil {
			return fmt.Errorf("store %d services: %w", len(part), err)
		}
	}
	return nil
}

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
		return t.sell(ctx, []catalog.Service{v}, e)
	})
	if err != nil {
		return catalog.Service{}, fmt.Errorf("add a service: %w", err)
	}
	return stored, nil
}

// AddServices implements catalog.Services.
func (s Catalog) AddServices(ctx context.Context, list []catalog.Service, key once.Key, e event.Event) ([]catalog.Service, error) {
	if len(list) == 0 {
		return nil, nil
	}
	stored := list
	err := s.DB.write(ctx, func(t *tx) error {
		first, repeated, err := t.once(ctx, key, list[0].Batch, list[0].CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			rows, err := t.rows(ctx, selectBatch, string(list[0].Place), first)
			stored, err = collect(rows, err, scanService)
			return err
		}
		return t.sell(ctx, list, e)
	})
	if err != nil {
		return nil, fmt.Errorf("add %d services: %w", len(list), err)
	}
	return stored, nil
}

// sell puts services on the list of their place.
func (t *tx) sell(ctx context.Context, list []catalog.Service, e event.Event) error {
	place := list[0].Place
	if err := t.holdPlace(ctx, place); err != nil {
		return err
	}
	var n int
	if err := t.row(ctx, `SELECT count(*) FROM services WHERE place_id = $1 AND retired_at = 0`, string(place)).Scan(&n); err != nil {
		return err
	}
	if n+len(list) > catalog.MaxServices {
		return catalog.ErrTooManyServices
	}
	if err := t.insertServices(ctx, list); err != nil {
		return err
	}
	if err := t.record(ctx, place, created(list, e)...); err != nil {
		return err
	}
	return t.emit(ctx, e)
}

// holdPlace takes a place's row, so that rivals count one after the other.
func (t *tx) holdPlace(ctx context.Context, id catalog.PlaceID) error {
	n, err := t.exec(ctx, `UPDATE places SET version = version WHERE id = $1`, string(id))
	if err != nil || n == 0 {
		return orMissing(err, catalog.ErrPlaceNotFound)
	}
	return nil
}

// orMissing is err, or missing when the statement went well but met no row.
func orMissing(err, missing error) error {
	if err != nil {
		return err
	}
	return missing
}

// UpdateService implements catalog.Services.
func (s Catalog) UpdateService(ctx context.Context, id catalog.ServiceID, change func(*catalog.Service) ([]event.Event, error)) (catalog.Service, error) {
	var v catalog.Service
	err := s.DB.write(ctx, func(t *tx) (err error) {
		if v, err = one(t.row(ctx, selectService, string(id)), scanService, catalog.ErrServiceNotFound); err != nil {
			return err
		}
		before := v
		events, err := change(&v)
		if err != nil || len(events) == 0 {
			return err
		}
		if err := t.holdPlace(ctx, v.Place); err != nil {
			return err
		}
		v.Version++
		n, err := t.exec(ctx, updateService, append(serviceValues(&v), before.Version)...)
		if err != nil {
			return fmt.Errorf("update a service: %w", err)
		}
		if n == 0 {
			return errAgain
		}
		if err := t.record(ctx, v.Place, catalog.ServiceRevision(&before, &v, events[0])); err != nil {
			return err
		}
		return t.emit(ctx, events...)
	})
	return v, err
}

// Service implements catalog.Services.
func (s Catalog) Service(ctx context.Context, id catalog.ServiceID) (catalog.Service, error) {
	return one(s.DB.row(ctx, selectService, string(id)), scanService, catalog.ErrServiceNotFound)
}

// ServicesOf implements catalog.Services.
func (s Catalog) ServicesOf(ctx context.Context, p catalog.PlaceID, after catalog.ServiceID, limit int) ([]catalog.Service, error) {
	rows, err := s.DB.rows(ctx, servicesOnSale, string(p), string(after), limit)
	return collect(rows, err, scanService)
}
