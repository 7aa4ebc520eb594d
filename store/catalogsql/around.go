package catalogsql

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/identity"
	"corner/store"
)

// around is what the transaction sees around a place.
func around(ctx context.Context, t *store.Tx, id catalog.PlaceID) catalog.Around {
	return catalog.Around{
		Near: func(spot catalog.Location, m identity.MerchantID) ([]catalog.Neighbour, error) {
			return near(ctx, t, spot, m)
		},
		MerchantClosed: func(m identity.MerchantID, hold bool) (bool, error) { return merchantClosed(ctx, t, m, hold) },
		HoldsBrand:     func(m identity.MerchantID, brand string) (bool, error) { return holdsBrand(ctx, t, m, brand) },
		TakesBookings: func() (takes bool, err error) {
			// Whoever adds a service waits, and is shown the place as it has become.
			if err := HoldPlace(ctx, t, id); err != nil {
				return false, err
			}
			err = t.Row(ctx, `SELECT EXISTS (SELECT 1 FROM services WHERE place_id = $1 AND bookable AND retired_at = 0)`, string(id)).Scan(&takes)
			return takes, err
		},
		Rated: func() (bool, []catalog.Revision, error) { return rated(ctx, t, id) },
		Registered: func(by identity.UserID, since time.Time) (n int, err error) {
			if err := t.Lock(ctx, store.UserLock(by)); err != nil {
				return 0, err
			}
			err = t.Row(ctx, `SELECT count(*) FROM place_history WHERE actor_id = $1 AND at >= $2 AND kind = $3`,
				string(by), store.Micros(since), string(catalog.PlaceCreated)).Scan(&n)
			return n, err
		},
	}
}

// merchantClosed reports whether a merchant has closed. Whoever asks with hold, and whoever closes it,
// waits for the other.
func merchantClosed(ctx context.Context, t *store.Tx, m identity.MerchantID, hold bool) (closed bool, err error) {
	if hold {
		if _, err := t.Exec(ctx, `UPDATE merchants SET version = version WHERE id = $1`, string(m)); err != nil {
			return false, fmt.Errorf("hold a merchant: %w", err)
		}
	}
	err = t.Row(ctx, `SELECT EXISTS (SELECT 1 FROM merchants WHERE id = $1 AND closed_at > 0)`, string(m)).Scan(&closed)
	return closed, err
}

// rated reports whether a place has reviews that are shown, and its revisions since the first of them or since
// its stars were carried along last.
func rated(ctx context.Context, t *store.Tx, id catalog.PlaceID) (bool, []catalog.Revision, error) {
	var first, carried int64
	if err := t.Row(ctx, `SELECT coalesce(min(created_at), 0) FROM reviews WHERE place_id = $1 AND hidden_at = 0`, string(id)).
		Scan(&first); err != nil {
		return false, nil, err
	}
	if first == 0 {
		return false, nil, nil
	}
	if err := t.Row(ctx, `SELECT coalesce(max(seq), 0) FROM place_history WHERE place_id = $1 AND kind = $2`,
		string(id), string(catalog.StarsCarried)).Scan(&carried); err != nil {
		return false, nil, err
	}
	rows, err := t.Rows(ctx, `SELECT `+historyColumns+` FROM place_history WHERE place_id = $1 AND subject = $1 AND at >= $2 AND seq > $3
		ORDER BY seq`, string(id), first, carried)
	list, err := store.Collect(rows, err, scanRevision)
	return true, list, err
}

// surroundings is the resolution of the cells whose rows are held while somebody looks
// around: large enough that a disc meets few of them.
const surroundings = 7

// near reads the neighbours of a spot, holding the rows of the large cells that the disc
// meets. Of two places that are each other's neighbours, each is in a cell of the
// other's disc, so that both ask for the row of that one.
func near(ctx context.Context, t *store.Tx, spot catalog.Location, m identity.MerchantID) ([]catalog.Neighbour, error) {
	area := catalog.Vicinity(spot)
	if len(area.Cells) == 0 || area.Res != geo.FinestRes {
		return nil, fmt.Errorf("look around: a disc of %.0f m has %d cells of resolution %d", float64(area.Radius), len(area.Cells), area.Res)
	}
	var large []store.Lock
	args := []any{string(m), spot.Point.Lat, spot.Point.Lng, math.Pow(math.Cos(spot.Point.Lat*math.Pi/180), 2), catalog.MaxNear}
	for _, c := range area.Cells {
		large = append(large, store.AreaLock(c.Parent(surroundings).String()))
		args = append(args, int64(c))
	}
	if err := t.Lock(ctx, large...); err != nil {
		return nil, err
	}
	// Degrees of longitude shrink with the cosine of the latitude; across the antimeridian
	// the order is wrong, and only the order.
	rows, err := t.Rows(
		ctx,
		`SELECT id, merchant_id, name, name_zh, name_en, branch, category, phone, address, lat, lng, accuracy, state FROM places
		WHERE cell <> 0 AND cell IN (`+store.List(6, len(area.Cells))+`) AND (state = 'published' OR merchant_id = $1 AND merchant_id <> '')
		ORDER BY (lat - $2) * (lat - $2) + (lng - $3) * (lng - $3) * $4, id LIMIT $5`,
		args...)
	found, err := store.Collect(rows, err, scanNeighbour)
	if err != nil {
		return nil, fmt.Errorf("look around: %w", err)
	}
	return slices.DeleteFunc(found, func(n catalog.Neighbour) bool { return !area.Contains(n.Point) }), nil
}

func scanNeighbour(r store.Scanner) (n catalog.Neighbour, err error) {
	return n, r.Scan(&n.ID, &n.Merchant, &n.Names.Main, &n.Names.Zh, &n.Names.En, &n.Branch, &n.Category, &n.Phone, &n.Address,
		&n.Point.Lat, &n.Point.Lng, &n.Accuracy, &n.State)
}
