package catalog

import (
	"context"

	"corner/event"
	"corner/identity"
	"corner/uid"
)

// The events of suspensions, about the merchant, and the one of each of its places.
const (
	MerchantSuspended event.Kind = "merchant.suspended"
	MerchantLifted    event.Kind = "merchant.lifted"
	PlaceSuspended    event.Kind = "place.suspended"
	PlaceLifted       event.Kind = "place.lifted"
)

// SuspendMerchant takes a business away from sight until it is lifted (with on false): its places are
// not found and not booked, and its people may do nothing for it. Only operators may.
func (c *Catalog) SuspendMerchant(ctx context.Context, actor identity.Actor, m identity.MerchantID, on bool) error {
	if err := actor.RequireOperator(); err != nil {
		return err
	}
	if !uid.Valid("mer", string(m)) {
		return identity.ErrMerchantNotFound
	}
	now := c.now()
	s := Suspension{Merchant: m, On: on, From: Suspended, To: Published, By: actor.User, At: now}
	whole, each := MerchantLifted, PlaceLifted
	if on {
		s.From, s.To = Published, Suspended
		whole, each = MerchantSuspended, PlaceSuspended
	}
	told := event.New(whole, string(m), "", string(actor.User), now).About(string(m), "")
	return c.Store.Suspend(ctx, s, told, func(p PlaceID) event.Event {
		return event.New(each, string(p), string(p), string(actor.User), now).About(string(m), "")
	})
}
