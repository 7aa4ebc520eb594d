package catalogsql

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"corner/catalog"
	"corner/event"
	"corner/identity"
	"corner/store"
)

// holdsBrand reports whether a merchant is one of a brand's, and holds the merchant: a brand that is given or taken meanwhile
// waits, and sees what became of the place.
func holdsBrand(ctx context.Context, t *store.Tx, m identity.MerchantID, brand string) (holds bool, err error) {
	if _, err := merchantClosed(ctx, t, m, true); err != nil {
		return false, err
	}
	err = t.Row(ctx, `SELECT EXISTS (SELECT 1 FROM brand_merchants WHERE brand = $1 AND merchant_id = $2)`, brand, string(m)).Scan(&holds)
	return holds, err
}

// brandChunk is how many places one statement changes.
const brandChunk = 500

// SetBrand implements catalog.Brandings.
func (s Store) SetBrand(
	ctx context.Context, b catalog.Branding, told event.Event, each func(catalog.PlaceID) event.Event, chosen func(*catalog.Place) bool,
) (int, error) {
	changed := 0
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		n, err := t.Exec(ctx, `UPDATE merchants SET version = version WHERE id = $1`, string(b.Merchant))
		if err != nil || n == 0 {
			return store.OrMissing(err, identity.ErrMerchantNotFound)
		}
		if n, err = setHolder(ctx, t, &b); err != nil {
			return err
		}
		var events []event.Event
		if n > 0 {
			events = append(events, told)
		}
		ids, err := toBrand(ctx, t, &b, chosen)
		if err != nil {
			return err
		}
		changed = len(ids)
		for chunk := range slices.Chunk(ids, brandChunk) {
			if err := brandPlaces(ctx, t, &b, chunk, each); err != nil {
				return err
			}
			for _, id := range chunk {
				events = append(events, each(id))
			}
		}
		return t.Emit(ctx, events...)
	})
	if err != nil {
		return 0, fmt.Errorf("set a merchant's brand: %w", err)
	}
	return changed, nil
}

func setHolder(ctx context.Context, t *store.Tx, b *catalog.Branding) (int64, error) {
	if b.On {
		return t.Exec(ctx, `INSERT INTO brand_merchants (brand, merchant_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			b.Brand, string(b.Merchant), store.Micros(b.At))
	}
	return t.Exec(ctx, `DELETE FROM brand_merchants WHERE brand = $1 AND merchant_id = $2`, b.Brand, string(b.Merchant))
}

// toBrand is the merchant's places that are to change. Their rows are held: a change of them comes before or after.
func toBrand(ctx context.Context, t *store.Tx, b *catalog.Branding, chosen func(*catalog.Place) bool) ([]catalog.PlaceID, error) {
	if _, err := t.Exec(
		ctx,
		`UPDATE places SET version = version WHERE merchant_id = $1 AND merchant_id <> ''`,
		string(b.Merchant),
	); err != nil {
		return nil, err
	}
	rows, err := t.Rows(
		ctx,
		`SELECT `+PlaceColumns+` FROM places WHERE merchant_id = $1 AND merchant_id <> '' ORDER BY id`,
		string(b.Merchant),
	)
	all, err := store.Collect(rows, err, scanPlace)
	if err != nil {
		return nil, err
	}
	var ids []catalog.PlaceID
	for i := range all {
		if chosen(&all[i]) {
			ids = append(ids, all[i].ID)
		}
	}
	return ids, nil
}

// brandPlaces gives places a brand, or none, and adds that to their histories: three statements, however many they are.
func brandPlaces(
	ctx context.Context, t *store.Tx, b *catalog.Branding, ids []catalog.PlaceID, each func(catalog.PlaceID) event.Event,
) error {
	before, after := catalog.Place{Brand: b.Brand}, catalog.Place{}
	if b.On {
		before, after = after, before
	}
	r := catalog.PlaceRevision(&before, &after, each(ids[0]))
	changes, err := json.Marshal(r.Changes)
	if err != nil {
		return err
	}
	args := []any{after.Brand, store.Micros(b.At)}
	for _, id := range ids {
		args = append(args, string(id))
	}
	if _, err := t.Exec(ctx, `UPDATE places SET brand = $1, version = version + 1, updated_at = $2 WHERE id IN (`+
		store.List(3, len(ids))+`)`, args...); err != nil {
		return fmt.Errorf("brand places: %w", err)
	}
	args = append([]any{string(r.Kind), string(b.By), store.Micros(b.At), string(changes)}, args[2:]...)
	_, err = t.Exec(ctx, `INSERT INTO place_history (`+historyColumns+`)
		SELECT p.id, coalesce((SELECT max(seq) FROM place_history h WHERE h.place_id = p.id), 0) + 1, p.id, $1, p.version, $2, $3, $4
		FROM places p WHERE p.id IN (`+store.List(5, len(ids))+`)`, args...)
	return err
}

// BrandMerchants implements catalog.Brandings.
func (s Store) BrandMerchants(ctx context.Context) ([]catalog.BrandMerchant, error) {
	rows, err := s.DB.Rows(ctx, `SELECT b.brand, b.merchant_id, m.name, b.since FROM brand_merchants b JOIN merchants m ON m.id = b.merchant_id
		ORDER BY b.brand, b.merchant_id`)
	return store.Collect(rows, err, func(r store.Scanner) (b catalog.BrandMerchant, err error) {
		return b, r.Scan(&b.Brand, &b.Merchant, &b.Name, store.Instant(&b.Since))
	})
}
