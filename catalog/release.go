package catalog

import (
	"context"

	"corner/event"
	"corner/identity"
	"corner/uid"
)

// ReleasePlace takes a published place away from its merchant, so that the right one can
// claim it. Only operators may. The place stays in search but takes no bookings until it is
// claimed; what was booked stays with the merchant who took the booking. Releasing a place
// that belongs to nobody changes nothing.
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
