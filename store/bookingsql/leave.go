package bookingsql

import (
	"context"
	"fmt"

	"corner/catalog"
	"corner/store"
)

// LeavePlace refuses that a place is removed of which anything was booked ever.
func LeavePlace(ctx context.Context, t *store.Tx, place catalog.PlaceID) error {
	var booked bool
	if err := t.Row(ctx, `SELECT EXISTS (SELECT 1 FROM bookings WHERE place_id = $1)`, string(place)).Scan(&booked); err != nil {
		return fmt.Errorf("look for bookings of a place: %w", err)
	}
	if booked {
		return catalog.ErrWasPublished
	}
	return nil
}
