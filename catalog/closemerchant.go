package catalog

import (
	"context"

	"corner/event"
	"corner/identity"
)

// CloseMerchant ends a business: it registers and claims no places any more, and nothing of those it
// has changes but by EndPlace. Only its owners may do it; its people go on reading. Closing it again
// changes nothing. Its places and what is booked there are booking.Desk's to settle: see
// Desk.CloseMerchant.
func (c *Catalog) CloseMerchant(ctx context.Context, actor identity.Actor, id identity.MerchantID) (Merchant, error) {
	if err := actor.Require(); err != nil {
		return Merchant{}, err
	}
	if !actor.MayAll(identity.ManageMerchant, id) {
		return Merchant{}, identity.ErrMerchantNotFound
	}
	return c.Store.UpdateMerchant(ctx, id, func(m *Merchant) ([]event.Event, error) {
		if m.Closed() {
			return nil, nil
		}
		m.ClosedAt = c.now()
		m.UpdatedAt = m.ClosedAt
		return []event.Event{event.New(MerchantClosed, string(id), "", string(actor.User), m.UpdatedAt).About(string(id), "")}, nil
	})
}

// EndPlace closes a place of a merchant that has closed, for good, from today on. Only the merchant's
// owners may do it. A place that is closed for good already stays as it is.
func (c *Catalog) EndPlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.Store.UpdatePlace(ctx, id, func(p *Place) ([]event.Event, error) {
		if !actor.May(identity.ManageMerchant, p.Merchant, p.ID) {
			return nil, ErrPlaceNotFound
		}
		today := p.Today(c.now())
		if was := p.Hours.Closure; was.Permanent() && was.From <= today {
			return nil, nil
		}
		end := p.EndsAt()
		p.Hours.Closure, p.UpdatedAt = Closure{From: today, Until: Never}, c.now()
		return append([]event.Event{c.event(PlaceClosed, p, actor)}, c.ends(p, end)...), nil
	})
}
