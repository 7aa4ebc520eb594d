package catalogsql

import (
	"context"
	"encoding/json"
	"fmt"

	"corner/catalog"
	"corner/event"
	"corner/identity"
	"corner/store"
)

// Suspend implements catalog.Merchants. A chain has thousands of places: each statement is for all of them.
func (s Store) Suspend(ctx context.Context, v catalog.Suspension, told event.Event, each func(catalog.PlaceID) event.Event) error {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		at := int64(0)
		if v.On {
			at = store.Micros(v.At)
		}
		n, err := t.Exec(ctx, `UPDATE merchants SET suspended_at = $1 WHERE id = $2 AND (suspended_at > 0) <> $3`, at, string(v.Merchant), v.On)
		if err != nil {
			return err
		}
		if n == 0 {
			_, err := store.One(t.Row(ctx, selectMerchant, string(v.Merchant)), scanMerchant, identity.ErrMerchantNotFound)
			return err
		}
		rows, err := t.Rows(
			ctx,
			`UPDATE places SET state = $1, version = version + 1, updated_at = $2 WHERE merchant_id = $3 AND merchant_id <> ''
			AND state = $4 RETURNING id`,
			string(v.To),
			store.Micros(v.At),
			string(v.Merchant),
			string(v.From),
		)
		ids, err := store.CollectStrings(rows, err)
		if err != nil {
			return err
		}
		if err := recordTurned(ctx, t, v, ids, each); err != nil {
			return err
		}
		events := []event.Event{told}
		for _, id := range ids {
			events = append(events, each(catalog.PlaceID(id)))
		}
		return t.Emit(ctx, events...)
	})
	if err != nil {
		return fmt.Errorf("suspend a merchant: %w", err)
	}
	return nil
}

// recordTurned adds to the histories of the places that their state was turned.
func recordTurned(ctx context.Context, t *store.Tx, v catalog.Suspension, ids []string, each func(catalog.PlaceID) event.Event) error {
	if len(ids) == 0 {
		return nil
	}
	before, after := catalog.Place{State: v.From}, catalog.Place{State: v.To}
	r := catalog.PlaceRevision(&before, &after, each(catalog.PlaceID(ids[0])))
	changes, err := json.Marshal(r.Changes)
	if err != nil {
		return err
	}
	_, err = t.Exec(ctx, `INSERT INTO place_history (`+historyColumns+`)
		SELECT p.id, coalesce((SELECT max(seq) FROM place_history h WHERE h.place_id = p.id), 0) + 1, p.id, $1, p.version, $2, $3, $4
		FROM places p WHERE p.merchant_id = $5 AND p.merchant_id <> '' AND p.state = $6 AND p.updated_at = $3`,
		string(r.Kind), string(v.By), store.Micros(v.At), string(changes), string(v.Merchant), string(v.To))
	return err
}
