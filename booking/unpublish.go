package booking

import (
	"context"
	"fmt"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
)

// Hanging is how many holds and bookings hang on what is to be done: the data of ErrBooked.
type Hanging int

// ahead is how many bookings are read at a time.
const ahead = 500

// Unpublish takes a place off the map. Only managers may do it. While holds and bookings ahead hang
// on it, it is ErrBooked with their number, unless hanging names that number: then the place is
// taken off first, so that none comes after them, and each is cancelled, by the merchant. What was
// broken off in between goes on when it is called again.
func (d *Desk) Unpublish(ctx context.Context, actor identity.Actor, id catalog.PlaceID, hanging int) (catalog.Place, error) {
	if err := actor.Require(); err != nil {
		return catalog.Place{}, err
	}
	p, err := d.Catalog.PlaceAsIs(ctx, id)
	if err != nil {
		return catalog.Place{}, err
	}
	if !actor.May(identity.EditPlaces, p.Merchant, p.ID) {
		return catalog.Place{}, catalog.ErrPlaceNotFound
	}
	n, err := d.Store.CountAhead(ctx, []catalog.PlaceID{id}, d.now())
	if err != nil {
		return catalog.Place{}, err
	}
	if n != hanging {
		return catalog.Place{}, ErrBooked.WithData(Hanging(n))
	}
	if p, err = d.Catalog.UnpublishPlace(ctx, actor, id); err != nil {
		return catalog.Place{}, err
	}
	return p, d.callOffAhead(ctx, actor, []catalog.PlaceID{id})
}

// callOffAhead cancels the holds and bookings that places have ahead, until there are none.
func (d *Desk) callOffAhead(ctx context.Context, actor identity.Actor, places []catalog.PlaceID) error {
	for {
		list, err := d.Store.Ahead(ctx, places, d.now(), ahead)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := d.callOff(ctx, actor, list); err != nil {
			return err
		}
	}
}

// callOff cancels holds and bookings, by the merchant.
func (d *Desk) callOff(ctx context.Context, actor identity.Actor, list []ID) error {
	for _, b := range list {
		_, err := d.Store.Update(ctx, b, idempotency.Key{}, func(b *Booking) ([]event.Event, error) {
			if is := b.As(d.now()); is.Outcome() != "" {
				return nil, nil // by somebody else, meanwhile
			}
			return b.move(CancelledByMerchant, CancelledEvent, string(actor.User), d.now()), nil
		})
		if err != nil {
			return fmt.Errorf("cancel booking %s: %w", b, err)
		}
	}
	return nil
}
