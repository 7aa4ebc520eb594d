package mediasql

import (
	"context"
	"fmt"

	"corner/catalog"
	"corner/store"
)

// LeavePlace removes the photos of a place that is being removed. Their blobs are swept when no
// other photo names them.
func LeavePlace(ctx context.Context, t *store.Tx, place catalog.PlaceID) error {
	for _, query := range []string{
		`DELETE FROM photo_variants WHERE photo_id IN (SELECT id FROM photos WHERE place_id = $1)`,
		`DELETE FROM photos WHERE place_id = $1`,
	} {
		if _, err := t.Exec(ctx, query, string(place)); err != nil {
			return fmt.Errorf("remove a place's photos: %w", err)
		}
	}
	return nil
}
