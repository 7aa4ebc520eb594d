package booking

import (
	"context"
	"time"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
	"corner/walltime"
)

// ClosePlace gives the given version of a place a closure. Only managers may do it. While holds and
// bookings hang on it that begin in the closure, it is ErrBooked with their number, unless hanging
// names that number: then the place is closed first, so that none comes after them, and each is
// cancelled, by the merchant. What was broken off in between goes on when it is called again.
func (d *Desk) ClosePlace(
	ctx context.Context, actor identity.Actor, id catalog.PlaceID, version int64, closing catalog.Closing, hanging int,
) (catalog.Place, error) {
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
	if p.Version != version {
		return catalog.Place{}, catalog.ErrStale.WithData(fault.CurrentVersion(p.Version))
	}
	closure, err := closing.Closure(p.Today(d.now()))
	if err != nil {
		return catalog.Place{}, err
	}
	p.Hours.Closure = closure
	list, err := d.shutOut(ctx, &p)
	if err != nil {
		return catalog.Place{}, err
	}
	if len(list) != hanging {
		return catalog.Place{}, ErrBooked.WithData(Hanging(len(list)))
	}
	if p, err = d.Catalog.ClosePlace(ctx, actor, id, version, closure); err != nil {
		return catalog.Place{}, err
	}
	return p, d.emptyClosure(ctx, actor, &p)
}

// emptyClosure cancels what hangs on a place that is closed, so that nothing comes after it.
func (d *Desk) emptyClosure(ctx context.Context, actor identity.Actor, p *catalog.Place) error {
	for {
		list, err := d.shutOut(ctx, p)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := d.callOff(ctx, actor, list); err != nil {
			return err
		}
	}
}

// GoOnClosing is ClosePlace for who has closed the place by closing, and does not know how far that
// came: what the closure shuts out and still hangs on the place is cancelled, if the place has that
// closure yet and is the actor's. It returns the place as it is.
func (d *Desk) GoOnClosing(
	ctx context.Context, actor identity.Actor, id catalog.PlaceID, closing catalog.Closing,
) (catalog.Place, error) {
	p, err := d.Catalog.Place(ctx, actor, id)
	if err != nil || !actor.May(identity.EditPlaces, p.Merchant, p.ID) || !closing.Made(p.Hours.Closure) {
		return p, err
	}
	return p, d.emptyClosure(ctx, actor, &p)
}

// shutOut is the holds and bookings ahead that begin while the place is closed by its closure.
func (d *Desk) shutOut(ctx context.Context, p *catalog.Place) ([]ID, error) {
	loc, err := walltime.Zone(p.Zone)
	if err != nil {
		loc = time.UTC // a draft that is nowhere yet
	}
	now, closure := d.now(), p.Hours.Closure
	from := latest(now, walltime.Instant(loc, closure.From.At(0)))
	to := now.Add(2 * Horizon) // what is moved may be moved once more
	if !closure.Permanent() {
		to = walltime.Instant(loc, (closure.Until + 1).At(0)) // its last night too
	}
	var list []ID
	for after := ID(""); ; {
		page, err := d.Store.BookingsAt(ctx, p.ID, from, to, after, ahead)
		if err != nil {
			return nil, err
		}
		for i := range page {
			b := page[i].As(now)
			if b.Outcome() == "" && p.Hours.ShutAt(walltime.WallAt(loc, b.Slot.Start)) {
				list = append(list, b.ID)
			}
		}
		if len(page) < ahead {
			return list, nil
		}
		after = page[len(page)-1].ID
	}
}
