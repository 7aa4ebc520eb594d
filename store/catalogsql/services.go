package catalogsql

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/store"
)

// ServiceColumns are those of a service, in the order of ScanService.
const ServiceColumns = `id, place_id, name, duration, price, currency, bookable, capacity, step, created_at,
	description, section, position, price_to, price_to_currency, home_radius, home_travel, payment, deposit, deposit_currency,
	cancel_free, cancel_fee, attributes, batch, version, retired_at, updated_at, per_person, sold_out_until,
	buffer_before, buffer_after, lead_time, horizon_days, party_min, party_max`

var (
	serviceWidth  = strings.Count(ServiceColumns, ",") + 1
	insertService = `INSERT INTO services (` + ServiceColumns + `) VALUES `
	selectService = `SELECT ` + ServiceColumns + ` FROM services WHERE id = $1`
	selectBatch   = `SELECT ` + ServiceColumns + ` FROM services WHERE place_id = $1 AND batch = $2 ORDER BY id`
	updateService = fmt.Sprintf(
		`UPDATE services SET (%s) = (%s) WHERE id = $1 AND version = $%d`,
		ServiceColumns,
		store.List(1, serviceWidth),
		serviceWidth+1,
	)
	// The item after which the page begins says where that is.
	servicesOnSale = `SELECT ` + ServiceColumns + ` FROM services WHERE place_id = $1 AND retired_at = 0
		AND (position, id) > (coalesce((SELECT position FROM services WHERE id = $2), -1), $2) ORDER BY position, id LIMIT $3`
)

// ScanService reads a row of ServiceColumns.
func ScanService(r store.Scanner) (v catalog.Service, err error) {
	return v, r.Scan(
		&v.ID,
		&v.Place,
		&v.Name,
		store.Span(&v.Duration),
		&v.Price.Minor,
		&v.Price.Currency,
		&v.Bookable,
		&v.Capacity,
		store.Span(&v.Step),
		store.Instant(&v.CreatedAt),
		&v.Description,
		&v.Section,
		&v.Position,
		&v.PriceTo.Minor,
		&v.PriceTo.Currency,
		&v.AtHome.Radius,
		store.Span(&v.AtHome.Travel),
		&v.Payment.Kind,
		&v.Payment.Deposit.Minor,
		&v.Payment.Deposit.Currency,
		store.Span(&v.Cancellation.Free),
		&v.Cancellation.Fee,
		store.Words(&v.Attributes),
		&v.Batch,
		&v.Version,
		store.Instant(&v.RetiredAt),
		store.Instant(&v.UpdatedAt),
		&v.PerPerson,
		&v.SoldOutUntil,
		store.Span(&v.Rules.Buffers.Before),
		store.Span(&v.Rules.Buffers.After),
		store.Span(&v.Rules.Lead),
		&v.Rules.Horizon,
		&v.Rules.PartyMin,
		&v.Rules.PartyMax,
	)
}

func serviceValues(v *catalog.Service) []any {
	return []any{
		string(v.ID),
		string(v.Place),
		v.Name,
		v.Duration.Microseconds(),
		v.Price.Minor,
		string(v.Price.Currency),
		v.Bookable,
		v.Capacity,
		v.Step.Microseconds(),
		store.Micros(v.CreatedAt),
		v.Description,
		v.Section,
		v.Position,
		v.PriceTo.Minor,
		string(v.PriceTo.Currency),
		float64(v.AtHome.Radius),
		v.AtHome.Travel.Microseconds(),
		string(
			v.Payment.Kind,
		),
		v.Payment.Deposit.Minor,
		string(v.Payment.Deposit.Currency),
		v.Cancellation.Free.Microseconds(),
		int64(v.Cancellation.Fee),
		store.Joined(v.Attributes),
		v.Batch,
		v.Version,
		store.Micros(v.RetiredAt),
		store.Micros(v.UpdatedAt),
		v.PerPerson,
		int64(v.SoldOutUntil),
		v.Rules.Buffers.Before.Microseconds(),
		v.Rules.Buffers.After.Microseconds(),
		v.Rules.Lead.Microseconds(),
		v.Rules.Horizon,
		v.Rules.PartyMin,
		v.Rules.PartyMax,
	}
}

// insertServices stores services, many a statement.
func insertServices(ctx context.Context, t *store.Tx, list []catalog.Service) error {
	for part := range slices.Chunk(list, importRows) {
		var args []any
		for i := range part {
			args = append(args, serviceValues(&part[i])...)
		}
		if _, err := t.Exec(ctx, insertService+store.Values(1, len(part), serviceWidth), args...); err != nil {
			return fmt.Errorf("store %d services: %w", len(part), err)
		}
	}
	return nil
}

// AddService implements catalog.Services.
func (s Store) AddService(
	ctx context.Context,
	v catalog.Service,
	key idempotency.Key,
	e event.Event,
	admit func(catalog.Seller) error,
) (catalog.Service, error) {
	stored := v
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(v.ID), v.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = store.One(t.Row(ctx, selectService, first), ScanService, catalog.ErrServiceNotFound)
			return err
		}
		return sell(ctx, t, []catalog.Service{v}, e, admit)
	})
	if err != nil {
		return catalog.Service{}, fmt.Errorf("add a service: %w", err)
	}
	return stored, nil
}

// AddServices implements catalog.Services.
func (s Store) AddServices(
	ctx context.Context, list []catalog.Service, key idempotency.Key, e event.Event, admit func(catalog.Seller) error,
) ([]catalog.Service, error) {
	if len(list) == 0 {
		return nil, nil
	}
	stored := list
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, list[0].Batch, list[0].CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			rows, err := t.Rows(ctx, selectBatch, string(list[0].Place), first)
			stored, err = store.Collect(rows, err, ScanService)
			return err
		}
		return sell(ctx, t, list, e, admit)
	})
	if err != nil {
		return nil, fmt.Errorf("add %d services: %w", len(list), err)
	}
	return stored, nil
}

// sell puts services on the list of their place.
func sell(ctx context.Context, t *store.Tx, list []catalog.Service, e event.Event, admit func(catalog.Seller) error) error {
	place := list[0].Place
	by, err := seller(ctx, t, place)
	if err != nil {
		return err
	}
	if err := t.Row(ctx, `SELECT count(*) FROM services WHERE place_id = $1 AND retired_at = 0`, string(place)).Scan(&by.OnSale); err != nil {
		return err
	}
	by.OnSale += len(list)
	if err := admit(by); err != nil {
		return err
	}
	if err := insertServices(ctx, t, list); err != nil {
		return err
	}
	if err := record(ctx, t, place, created(list, e)...); err != nil {
		return err
	}
	return t.Emit(ctx, e)
}

// seller is a place that sells something, whose row is held.
func seller(ctx context.Context, t *store.Tx, id catalog.PlaceID) (by catalog.Seller, err error) {
	if err := HoldPlace(ctx, t, id); err != nil {
		return by, err
	}
	if by.Place, err = store.One(t.Row(ctx, selectPlace, string(id)), scanPlace, catalog.ErrPlaceNotFound); err != nil {
		return by, err
	}
	by.Closed, err = merchantClosed(ctx, t, by.Place.Merchant, false)
	return by, err
}

// HoldPlace takes a place's row, so that rivals count one after the other.
func HoldPlace(ctx context.Context, t *store.Tx, id catalog.PlaceID) error {
	n, err := t.Exec(ctx, `UPDATE places SET version = version WHERE id = $1`, string(id))
	if err != nil || n == 0 {
		return store.OrMissing(err, catalog.ErrPlaceNotFound)
	}
	return nil
}

// UpdateService implements catalog.Services.
func (s Store) UpdateService(
	ctx context.Context,
	id catalog.ServiceID,
	change func(*catalog.Service, catalog.Seller) ([]event.Event, error),
) (catalog.Service, error) {
	var v catalog.Service
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		if err := t.Once(ctx, string(id)); err != nil {
			return err
		}
		if v, err = store.One(t.Row(ctx, selectService, string(id)), ScanService, catalog.ErrServiceNotFound); err != nil {
			return err
		}
		by, err := seller(ctx, t, v.Place)
		if err != nil {
			return err
		}
		before := v
		events, err := change(&v, by)
		if err != nil || len(events) == 0 {
			return err
		}
		v.Version++
		n, err := t.Exec(ctx, updateService, append(serviceValues(&v), before.Version)...)
		if err != nil {
			return fmt.Errorf("update a service: %w", err)
		}
		if n == 0 {
			return store.ErrAgain
		}
		if err := record(ctx, t, v.Place, catalog.ServiceRevision(&before, &v, events[0])); err != nil {
			return err
		}
		return t.Emit(ctx, events...)
	})
	return v, err
}

// Service implements catalog.Services.
func (s Store) Service(ctx context.Context, id catalog.ServiceID) (catalog.Service, error) {
	return store.One(s.DB.Row(ctx, selectService, string(id)), ScanService, catalog.ErrServiceNotFound)
}

// ServicesOf implements catalog.Services.
func (s Store) ServicesOf(ctx context.Context, p catalog.PlaceID, after catalog.ServiceID, limit int) ([]catalog.Service, error) {
	rows, err := s.DB.Rows(ctx, servicesOnSale, string(p), string(after), limit)
	return store.Collect(rows, err, ScanService)
}
