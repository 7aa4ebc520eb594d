package catalog

import (
	"context"

	"corner/event"
	"corner/identity"
	"corner/uid"
)

// ReleasePlace takes a published place away from its merchant, so that the right one can
// claim it. Only operators may. The place stays in search but takes no bookings until it is
// claimed. If the merchant had claimed it, the claim is refused: what was changed since is taken
// back. Releasing a place that belongs to nobody changes nothing.
func (c *Catalog) ReleasePlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	if err := actor.RequireOperator(); err != nil {
		return Place{}, err
	}
	if !uid.Valid("plc", string(id)) {
		return Place{}, ErrPlaceNotFound
	}
	return c.Store.Rework(ctx, id, "", func(d *Dossier) ([]event.Event, error) {
		p := &d.Place
		switch {
		case p.Merchant == "":
			return nil, nil
		case p.State != Published:
			return nil, ErrDraftNotReleased
		}
		for i := range d.Claims {
			if is := &d.Claims[i]; is.Merchant == p.Merchant && is.State != ClaimRefused && is.State != ClaimLapsed {
				return c.end(d, is, actor, ClaimRefused, "")
			}
		}
		p.Merchant, p.UpdatedAt = "", c.now()
		return []event.Event{c.event(PlaceReleased, p, actor)}, nil
	})
}
