package catalogsql

import (
	"context"
	"fmt"

	"corner/catalog"
	"corner/event"
	"corner/store"
)

// Leave is asked in the transaction that removes a place: another room removes what it keeps of the
// place, or refuses.
type Leave func(ctx context.Context, t *store.Tx, place catalog.PlaceID) error

// DeletePlace implements catalog.Places.
func (s Store) DeletePlace(
	ctx context.Context, id catalog.PlaceID, decide func(p *catalog.Place, published bool) ([]event.Event, error),
) error {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if err := t.Once(ctx, string(id)); err != nil {
			return err
		}
		// Whoever adds something to the place meanwhile waits here, and does not find it then.
		if err := HoldPlace(ctx, t, id); err != nil {
			return err
		}
		p, err := store.One(t.Row(ctx, selectPlace, string(id)), scanPlace, catalog.ErrPlaceNotFound)
		if err != nil {
			return err
		}
		published := p.State == catalog.Published || p.Source != ""
		if !published {
			err := t.Row(ctx, `SELECT EXISTS (SELECT 1 FROM place_history WHERE place_id = $1 AND kind IN ($2, $3))`,
				string(id), string(catalog.PlacePublished), string(catalog.PlaceUnpublished)).Scan(&published)
			if err != nil {
				return err
			}
		}
		events, err := decide(&p, published)
		if err != nil {
			return err
		}
		for _, leave := range s.Leave {
			if err := leave(ctx, t, id); err != nil {
				return err
			}
		}
		for _, query := range []string{
			`DELETE FROM services WHERE place_id = $1`, `DELETE FROM place_history WHERE place_id = $1`, `DELETE FROM places WHERE id = $1`,
			`DELETE FROM staff_places WHERE place_id = $1`, `DELETE FROM invitation_places WHERE place_id = $1`,
		} {
			if _, err := t.Exec(ctx, query, string(id)); err != nil {
				return err
			}
		}
		return t.Emit(ctx, events...)
	})
	if err != nil {
		return fmt.Errorf("delete a place: %w", err)
	}
	return nil
}
