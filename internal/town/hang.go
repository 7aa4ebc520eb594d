package town

import (
	"context"
	"fmt"

	"corner/catalog"
	"corner/idempotency"
	"corner/identity"
	"corner/media"
)

// painted is how many places have their shopfront painted.
const painted = 60

// Gallery is what photos are hung with.
type Gallery struct {
	Album *media.Album
	// Places is where the town's places are, by their Listing.Source.
	Places map[string]catalog.PlaceID
	// OwnerOf is who may hang photos of a place of the owner with that phone.
	OwnerOf func(ctx context.Context, phone string) (identity.Actor, error)
}

// Hang paints the shopfronts of the town's best known places that have no photo, and
// hangs them. It may be broken off, and goes on where it was when it is called again.
func (t *Town) Hang(ctx context.Context, g Gallery) (hung int, err error) {
	left := painted
	for i, s := range t.shops {
		if left == 0 {
			return hung, nil
		}
		if s.owner < 0 || s.renown < wellKnown && i != t.Showcase.Listing {
			continue
		}
		left--
		place, there := g.Places[t.Listings[i].Source]
		if !there {
			continue
		}
		added, err := t.hang(ctx, g, i, place)
		if err != nil {
			return hung, fmt.Errorf("hang the photo of %s: %w", t.Listings[i].Source, err)
		}
		if added {
			hung++
		}
	}
	return hung, nil
}

// wellKnown is from what renown on a place is among the best known tenth.
const wellKnown = 2.5

func (t *Town) hang(ctx context.Context, g Gallery, listing int, place catalog.PlaceID) (bool, error) {
	owner, err := g.OwnerOf(ctx, t.owners[t.shops[listing].owner].phone)
	if err != nil {
		return false, err
	}
	there, err := g.Album.Photos(ctx, owner, place, "", 1)
	if err != nil || len(there) > 0 {
		return false, err
	}
	picture, err := t.Paint(listing)
	if err != nil {
		return false, err
	}
	d := media.Draft{Kind: media.Storefront, Caption: t.Listings[listing].Names.Main}
	_, err = g.Album.Add(ctx, owner, place, d, picture, idempotency.Key{})
	return err == nil, err
}
