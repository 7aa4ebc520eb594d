package catalogsql

import (
	"context"
	"fmt"
	"strings"

	"corner/catalog"
	"corner/event"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
)

// PlaceColumns are those of a place, in the order of PlaceTargets.
const PlaceColumns = `id, merchant_id, name, name_zh, name_en, category, lat, lng, sent_lat, sent_lng, system, accuracy,
	address, phone, hours, zone, state, source, version, created_at, updated_at,
	branch, brand, attributes, how, measured_at, entrance_lat, entrance_lng, sent_entrance_lat, sent_entrance_lng, not_duplicate_of, traits,
	claim_id, merged_into, stars_held, closed_from, closed_until`

var (
	placeWidth   = strings.Count(PlaceColumns, ",") + 1
	insertPlaces = `INSERT INTO places (` + PlaceColumns + `, cell, ends_at, digest, reading) VALUES `
	insertWidth  = placeWidth + 4
	selectPlace  = `SELECT ` + PlaceColumns + ` FROM places WHERE id = $1`
	updatePlace  = fmt.Sprintf(
		`UPDATE places SET (%s, cell, ends_at) = (%s) WHERE id = $1 AND version = $%d`,
		PlaceColumns,
		store.List(1, placeWidth+2),
		placeWidth+3,
	)
	placesOfOwner = `SELECT ` + PlaceColumns + ` FROM places WHERE merchant_id = $1 AND merchant_id <> '' AND id > $2 `
)

// PlaceTargets is where a row of PlaceColumns is scanned into.
func PlaceTargets(p *catalog.Place) []any {
	l := &p.Location
	return []any{
		&p.ID, &p.Merchant, &p.Names.Main, &p.Names.Zh, &p.Names.En, &p.Category,
		&l.Point.Lat, &l.Point.Lng, &l.Sent.Lat, &l.Sent.Lng, &l.System, &l.Accuracy,
		&p.Address, &p.Phone,
		hours{&p.Hours},
		&p.Zone, &p.State, &p.Source, &p.Version,
		store.Instant(&p.CreatedAt),
		store.Instant(&p.UpdatedAt),
		&p.Branch, &p.Brand,
		store.Words(&p.Attributes),
		&l.How,
		store.Instant(&l.MeasuredAt),
		&l.Entrance.Lat, &l.Entrance.Lng, &l.SentEntrance.Lat, &l.SentEntrance.Lng,
		store.Words(&p.NotDuplicateOf),
		traits{&p.Traits},
		&p.Claim, &p.MergedInto, &p.StarsHeld,
		&p.Hours.Closure.From, &p.Hours.Closure.Until,
	}
}

func scanPlace(r store.Scanner) (p catalog.Place, err error) { return p, r.Scan(PlaceTargets(&p)...) }

// placeValues is a place in the order of PlaceColumns.
func placeValues(p *catalog.Place) ([]any, error) {
	h, err := p.Hours.MarshalText()
	if err != nil {
		return nil, err
	}
	l := &p.Location
	return []any{
		string(p.ID), string(p.Merchant), p.Names.Main, p.Names.Zh, p.Names.En, p.Category,
		l.Point.Lat, l.Point.Lng, l.Sent.Lat, l.Sent.Lng, string(l.System), float64(l.Accuracy),
		p.Address, p.Phone, string(h), p.Zone, string(p.State), p.Source, p.Version, store.Micros(p.CreatedAt), store.Micros(p.UpdatedAt),
		p.Branch, p.Brand, store.Joined(p.Attributes), string(l.How), store.Micros(l.MeasuredAt),
		l.Entrance.Lat, l.Entrance.Lng, l.SentEntrance.Lat, l.SentEntrance.Lng, store.Joined(p.NotDuplicateOf), store.Joined(p.Traits.Words()),
		string(p.Claim), string(p.MergedInto), p.StarsHeld,
		int64(p.Hours.Closure.From), int64(p.Hours.Closure.Until),
	}, nil
}

// cellOf is the cell by which a place is found among its neighbours; 0 for none.
func cellOf(l catalog.Location) int64 {
	if !l.Known() {
		return 0
	}
	return int64(geo.CellAt(l.Point, geo.FinestRes))
}

// Register implements catalog.Places.
func (s Store) Register(ctx context.Context, r catalog.Registration, key idempotency.Key) (catalog.Place, error) {
	p := r.Place
	stored := p
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(p.ID), p.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = store.One(t.Row(ctx, selectPlace, first), scanPlace, catalog.ErrPlaceNotFound)
			return err
		}
		if r.Admit != nil {
			if err := r.Admit(around(ctx, t, p.ID)); err != nil {
				return err
			}
		}
		if r.Brand != nil {
			if p.Brand, err = r.Brand(around(ctx, t, p.ID)); err != nil {
				return err
			}
		}
		stored = p
		row, err := placeValues(&p)
		if err != nil {
			return err
		}
		if _, err := t.Exec(
			ctx,
			insertPlaces+store.Values(1, 1, insertWidth),
			append(row, cellOf(p.Location), store.Micros(p.EndsAt()), "", 1)...); err != nil {
			return err
		}
		if err := insertServices(ctx, t, r.Services); err != nil {
			return err
		}
		revisions := append([]catalog.Revision{catalog.PlaceRevision(&catalog.Place{}, &p, r.Event)}, created(r.Services, r.Event)...)
		if err := record(ctx, t, p.ID, revisions...); err != nil {
			return err
		}
		events := []event.Event{r.Event}
		if r.Also != nil {
			events = append(events, r.Also()...)
		}
		return t.Emit(ctx, events...)
	})
	if err != nil {
		return catalog.Place{}, fmt.Errorf("register a place: %w", err)
	}
	return stored, nil
}

// Place implements catalog.Places.
func (s Store) Place(ctx context.Context, id catalog.PlaceID) (catalog.Place, error) {
	return store.One(s.DB.Row(ctx, selectPlace, string(id)), scanPlace, catalog.ErrPlaceNotFound)
}

// PlacesOf implements catalog.Places.
func (s Store) PlacesOf(
	ctx context.Context,
	m identity.MerchantID,
	at identity.Branches,
	published bool,
	after catalog.PlaceID,
	limit int,
) ([]catalog.Place, error) {
	query, args := placesOfOwner, []any{string(m), string(after), limit}
	if at.Limited {
		if len(at.Places) == 0 {
			return nil, nil
		}
		query += `AND id IN (` + store.List(4, len(at.Places)) + `) `
		for _, p := range at.Places {
			args = append(args, string(p))
		}
	}
	if published {
		query += `AND state = 'published' `
	}
	rows, err := s.DB.Rows(ctx, query+`ORDER BY id LIMIT $3`, args...)
	return store.Collect(rows, err, scanPlace)
}

// UpdatePlace implements catalog.Places.
func (s Store) UpdatePlace(
	ctx context.Context,
	id catalog.PlaceID,
	change func(*catalog.Place) ([]event.Event, error),
) (catalog.Place, error) {
	return s.UpdatePlaceAmong(ctx, id, func(p *catalog.Place, _ catalog.Around) ([]event.Event, error) { return change(p) })
}

// UpdatePlaceAmong implements catalog.Places.
func (s Store) UpdatePlaceAmong(
	ctx context.Context,
	id catalog.PlaceID,
	change func(*catalog.Place, catalog.Around) ([]event.Event, error),
) (catalog.Place, error) {
	var p catalog.Place
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		if err := t.Once(ctx, string(id)); err != nil {
			return err
		}
		if p, err = store.One(t.Row(ctx, selectPlace, string(id)), scanPlace, catalog.ErrPlaceNotFound); err != nil {
			return err
		}
		before := p
		events, err := change(&p, around(ctx, t, id))
		if err != nil || len(events) == 0 {
			return err
		}
		p.Version++
		row, err := placeValues(&p)
		if err != nil {
			return err
		}
		n, err := t.Exec(ctx, updatePlace, append(row, cellOf(p.Location), store.Micros(p.EndsAt()), before.Version)...)
		if err != nil {
			return fmt.Errorf("update a place: %w", err)
		}
		if n == 0 {
			return store.ErrAgain
		}
		if err := record(ctx, t, id, catalog.PlaceRevision(&before, &p, events[0])); err != nil {
			return err
		}
		return t.Emit(ctx, events...)
	})
	return p, err
}

// traits scans what was stored of the traits.
type traits struct{ set *catalog.TraitSet }

// Scan implements sql.Scanner.
func (t traits) Scan(src any) error {
	text, err := store.Text(src)
	*t.set = catalog.TraitsOf(strings.Fields(text)...)
	return err
}
