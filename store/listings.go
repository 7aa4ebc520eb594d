package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"corner/catalog"
	"corner/discovery"
)

// Listings is discovery.Source in the database: the read model that joins places,
// services, ratings and photos.
type Listings struct{ DB *DB }

var _ discovery.Source = Listings{}

// Listings implements discovery.Source.
func (s Listings) Listings(ctx context.Context, ids []catalog.PlaceID) ([]discovery.Listing, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	var found []discovery.Listing
	err := s.DB.write(ctx, func(t *tx) error {
		// One reader at a time: PostgreSQL takes the rows in no order, so that two readers
		// of the same places would wait for each other in a circle.
		if err := t.calendar(ctx, "readings"); err != nil {
			return err
		}
		// Whoever reads after us waits for us, and so reads a later state under a later
		// number.
		rows, err := t.rows(ctx, `UPDATE places SET reading = reading + 1 WHERE id IN (`+list(1, len(args))+`) RETURNING `+placeColumns+`, reading`, args...)
		if found, err = collect(rows, err, scanListing); err != nil {
			return err
		}
		return fill(ctx, t, found, args)
	})
	if err != nil {
		return nil, fmt.Errorf("read listings: %w", err)
	}
	return found, nil
}

// Live implements discovery.Source.
func (s Listings) Live(ctx context.Context, after catalog.PlaceID, n int) ([]discovery.Listing, error) {
	rows, err := s.DB.rows(ctx, `SELECT `+placeColumns+`, reading FROM places WHERE state = 'published' AND id > $1 ORDER BY id LIMIT $2`, string(after), n)
	found, err := collect(rows, err, scanListing)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	args := make([]any, len(found))
	for i := range found {
		args[i] = string(found[i].Place)
	}
	return found, fill(ctx, s.DB, found, args)
}

func scanListing(r scanner) (l discovery.Listing, err error) {
	var p catalog.Place
	err = r.Scan(append(placeTargets(&p), &l.Version)...)
	l.Place, l.Live, l.Source, l.Names, l.Category = p.ID, p.State == catalog.Published, p.Source, p.Names, p.Category
	l.Point, l.Approximate = p.Location.Point, p.Location.Approximate()
	l.Address, l.Phone, l.Hours, l.Zone, l.Claimed, l.Merchant = p.Address, p.Phone, p.Hours, p.Zone, p.Merchant != "", p.Merchant
	l.Brand, l.Attributes, l.Entrance = p.Brand, p.Attributes, p.Location.Entrance
	return l, err
}

// reader is the database, or a transaction under way.
type reader interface {
	rows(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// fill adds ratings, services and covers to listings of the places in ids.
func fill(ctx context.Context, db reader, listings []discovery.Listing, ids []any) error {
	at := make(map[catalog.PlaceID]*discovery.Listing, len(listings))
	for i := range listings {
		at[listings[i].Place] = &listings[i]
	}
	in := `(` + list(1, len(ids)) + `)`
	rows, err := db.rows(ctx, `SELECT place_id, sum, n FROM ratings WHERE place_id IN `+in, ids...)
	if err := each(rows, err, func(r scanner) error {
		var p catalog.PlaceID
		var sum, n int64
		err := r.Scan(&p, &sum, &n)
		if l := at[p]; l != nil {
			l.Rating.Sum, l.Rating.N = sum, n
		}
		return err
	}); err != nil {
		return fmt.Errorf("ratings: %w", err)
	}
	rows, err = db.rows(ctx, `SELECT `+serviceColumns+` FROM services WHERE retired_at = 0 AND place_id IN `+in+` ORDER BY position, id`, ids...)
	if err := each(rows, err, func(r scanner) error {
		v, err := scanService(r)
		if l := at[v.Place]; l != nil && len(l.Services) < discovery.MaxOfferings {
			l.Services = append(l.Services, discovery.Offering{
				ID: v.ID, Name: v.Name, Price: v.Price, PriceTo: v.PriceTo, Duration: v.Duration, Bookable: v.Bookable, AtHome: v.AtHome.Radius,
			})
		}
		return err
	}); err != nil {
		return fmt.Errorf("services: %w", err)
	}
	photos, err := covers(ctx, db, ids)
	for place, photo := range photos {
		if l := at[place]; l != nil {
			l.Photo = string(photo)
		}
	}
	return err
}

// CountLive implements discovery.Source.
func (s Listings) CountLive(ctx context.Context) (n int, err error) {
	err = s.DB.row(ctx, `SELECT count(*) FROM places WHERE state = 'published'`).Scan(&n)
	return n, told(err)
}

// ChangedSince implements discovery.Source.
func (s Listings) ChangedSince(ctx context.Context, t time.Time, after catalog.PlaceID, n int) ([]catalog.PlaceID, error) {
	rows, err := s.DB.rows(ctx, `SELECT DISTINCT place_id FROM events WHERE at >= $1 AND place_id > $2 ORDER BY place_id LIMIT $3`, micros(t), string(after), n)
	return collect(rows, err, func(r scanner) (id catalog.PlaceID, err error) { return id, r.Scan(&id) })
}
