package booking

import (
	"context"

	"corner/catalog"
	"corner/identity"
)

// chain is how many places of a merchant are looked at together.
const chain = 500

// CloseMerchant ends a business, with all its places. Only its owners may do it. While holds and
// bookings ahead hang on them, it is ErrMerchantBooked with their number, unless hanging names that
// number: then nothing new is let in first, the places end, and each is cancelled, by the merchant.
// What was broken off in between goes on when it is called again.
func (d *Desk) CloseMerchant(ctx context.Context, actor identity.Actor, id identity.MerchantID, hanging int) (catalog.Merchant, error) {
	if err := actor.Require(); err != nil {
		return catalog.Merchant{}, err
	}
	if !actor.MayAll(identity.ManageMerchant, id) {
		return catalog.Merchant{}, identity.ErrMerchantNotFound
	}
	n := 0
	err := d.eachChain(ctx, actor, id, func(places []catalog.PlaceID) error {
		some, err := d.Store.CountAhead(ctx, places, d.now())
		n += some
		return err
	})
	if err != nil {
		return catalog.Merchant{}, err
	}
	if n != hanging {
		return catalog.Merchant{}, ErrMerchantBooked.WithData(Hanging(n))
	}
	m, err := d.Catalog.CloseMerchant(ctx, actor, id)
	if err != nil {
		return catalog.Merchant{}, err
	}
	return m, d.eachChain(ctx, actor, id, func(places []catalog.PlaceID) error {
		for _, p := range places {
			if _, err := d.Catalog.EndPlace(ctx, actor, p); err != nil {
				return err
			}
		}
		return d.callOffAhead(ctx, actor, places)
	})
}

// eachChain hands all places of a merchant to f, some at a time.
func (d *Desk) eachChain(ctx context.Context, actor identity.Actor, id identity.MerchantID, f func([]catalog.PlaceID) error) error {
	for after := catalog.PlaceID(""); ; {
		list, err := d.Catalog.Places(ctx, actor, id, after, chain)
		if err != nil || len(list) == 0 {
			return err
		}
		ids := make([]catalog.PlaceID, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		if err := f(ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
