package catalog

import (
	"context"

	"corner/event"
	"corner/identity"
	"corner/uid"
)

// ReleasePlace takes a published place from the merchant that has it, so that whose it
// is can claim it; an operator's right. It stays in search, and takes no bookings
// until then; what was booked stays with who took the booking. Releasing a place that
// is nobody's changes nothing.
func (c *Catalog) ReleasePlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	if err := actor.RequireOperator(); err != nil {
		return Place{}, err
	}
	if !uid.Valid("plc", string(id)) {
		return Place{}, ErrPlaceNotFound
	}
	return c.Store.UpdatePlace(ctx, id, func(p *Place) ([]event.Event, error) {
		switch {
		case p.Merchant == "":
			return nil, nil
		case p.State != Published:
			return nil, ErrDraftNotReleased
		}
		p.Merchant, p.UpdatedAt = "", c.now()
		return []event.Event{c.event(PlaceReleased, p, actor)}, nil
	})
}
