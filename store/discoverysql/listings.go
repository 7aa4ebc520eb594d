package discoverysql

import (
	"context"
	"fmt"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/mediasql"
)

// Store is discovery.Source in the database: the read model that joins places,
// services, ratings and photos.
type Store struct {
	DB  *store.DB
	Now func() time.Time // by which places have ended; nil: time.Now
}

func (s Store) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

var _ discovery.Source = Store{}

// Listings implements discovery.Source.
func (s Store) Listings(ctx context.Context, ids []catalog.PlaceID) ([]discovery.Listing, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	var found []discovery.Listing
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		// Whoever reads one of them after us waits for us, and so reads a later state under
		// a later number. The rows are taken in the order of ids, or two readers of the same
		// places would wait for each other in a circle.
		rows, err := t.Rows(ctx, `WITH held AS MATERIALIZED
				(SELECT id FROM places WHERE id IN (`+store.List(1, len(args))+`) ORDER BY id`+t.InOrder()+`)
			UPDATE places SET reading = reading + 1 WHERE id IN (SELECT id FROM held) RETURNING `+catalogsql.PlaceColumns+`, reading`, args...)
		if found, err = store.Collect(rows, err, s.scanListing); err != nil {
			return err
		}
		return fill(ctx, t, found, args)
	})
	if err != nil {
		return nil, fmt.Errorf("read listings: %w", err)
	}
	return found, nil
}

// live is the places that can be found at $1.
const live = `state = 'published' AND (ends_at = 0 OR ends_at > $1)`

// Live implements discovery.Source.
func (s Store) Live(ctx context.Context, after catalog.PlaceID, n int) ([]discovery.Listing, error) {
	rows, err := s.DB.Rows(
		ctx,
		`SELECT `+catalogsql.PlaceColumns+`, reading FROM places WHERE `+live+` AND id > $2 ORDER BY id LIMIT $3`,
		store.Micros(s.now()),
		string(after),
		n,
	)
	found, err := store.Collect(rows, err, s.scanListing)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	args := make([]any, len(found))
	for i := range found {
		args[i] = string(found[i].Place)
	}
	return found, fill(ctx, s.DB, found, args)
}

func (s Store) scanListing(r store.Scanner) (l discovery.Listing, err error) {
	var p catalog.Place
	err = r.Scan(append(catalogsql.PlaceTargets(&p), &l.Version)...)
	l.Place, l.Live, l.Source, l.Names, l.Category = p.ID, p.State == catalog.Published && !p.Ended(s.now()), p.Source, p.Names, p.Category
	l.Point, l.Approximate = p.Location.Point, p.Location.Approximate()
	l.Address, l.Phone, l.Hours, l.Zone, l.Claimed, l.Merchant = p.Address, p.Phone, p.Hours, p.Zone, p.Merchant != "", p.Merchant
	l.Brand, l.Attributes, l.Traits, l.Entrance = p.Brand, p.Attributes, p.Traits, p.Location.Entrance
	return l, err
}

// fill adds ratings, services and mediasql.Covers to listings of the places in ids.
func fill(ctx context.Context, db store.Reader, listings []discovery.Listing, ids []any) error {
	at := make(map[catalog.PlaceID]*discovery.Listing, len(listings))
	for i := range listings {
		at[listings[i].Place] = &listings[i]
	}
	in := `(` + store.List(1, len(ids)) + `)`
	rows, err := db.Rows(
		ctx,
		`SELECT place_id, sum, n FROM ratings r JOIN places p ON p.id = r.place_id WHERE NOT p.stars_held AND place_id IN `+in,
		ids...)
	if err := store.Each(rows, err, func(r store.Scanner) error {
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
	rows, err = db.Rows(
		ctx,
		`SELECT `+catalogsql.ServiceColumns+` FROM services WHERE retired_at = 0 AND place_id IN `+in+` ORDER BY position, id`,
		ids...)
	if err := store.Each(rows, err, func(r store.Scanner) error {
		v, err := catalogsql.ScanService(r)
		if l := at[v.Place]; l != nil && len(l.Services) < discovery.MaxOfferings {
			l.Services = append(l.Services, discovery.Offering{
				ID: v.ID, Name: v.Name, Price: v.Price, PriceTo: v.PriceTo, Duration: v.Duration, Bookable: v.Bookable, AtHome: v.AtHome.Radius,
			})
		}
		return err
	}); err != nil {
		return fmt.Errorf("services: %w", err)
	}
	photos, err := mediasql.Covers(ctx, db, ids)
	for place, photo := range photos {
		if l := at[place]; l != nil {
			l.Photo = string(photo)
		}
	}
	return err
}

// CountLive implements discovery.Source.
func (s Store) CountLive(ctx context.Context) (n int, err error) {
	err = s.DB.Row(ctx, `SELECT count(*) FROM places WHERE `+live, store.Micros(s.now())).Scan(&n)
	return n, store.Unreachable(err)
}

// ChangedSince implements discovery.Source.
func (s Store) ChangedSince(ctx context.Context, t time.Time, after catalog.PlaceID, n int) ([]catalog.PlaceID, error) {
	rows, err := s.DB.Rows(
		ctx,
		`SELECT DISTINCT place_id FROM events WHERE at >= $1 AND place_id > $2 ORDER BY place_id LIMIT $3`,
		store.Micros(t),
		string(after),
		n,
	)
	return store.Collect(rows, err, func(r store.Scanner) (id catalog.PlaceID, err error) { return id, r.Scan(&id) })
}
