package catalog

import (
	"context"

	"corner/event"
	"corner/fault"
	"corner/identity"
	"corner/uid"
)

// DeleteDraft removes the given version of a place that was never published, with its services, its
// photos and its history: nobody but its own people ever saw it. Only managers may do it. A place
// that consumers could find once is ErrWasPublished; it can be closed for good.
func (c *Catalog) DeleteDraft(ctx context.Context, actor identity.Actor, id PlaceID, version int64) error {
	if err := actor.Require(); err != nil {
		return err
	}
	if !uid.Valid("plc", string(id)) {
		return ErrPlaceNotFound
	}
	return c.Store.DeletePlace(ctx, id, func(p *Place, published bool) ([]event.Event, error) {
		switch {
		case !actor.May(identity.EditPlaces, p.Merchant, p.ID):
			return nil, ErrPlaceNotFound
		case p.Version != version:
			return nil, ErrStale.WithData(fault.CurrentVersion(p.Version))
		case published:
			return nil, ErrWasPublished
		}
		return []event.Event{c.event(PlaceDeleted, p, actor)}, nil
	})
}
