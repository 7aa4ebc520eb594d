package catalog

import (
	"slices"
	"time"

	"corner/event"
	"corner/fault"
	"corner/geo"
	"corner/identity"
)

// The events that ask operators to look.
const (
	PlaceContested   event.Kind = "place.contested"   // looks like a claimed place, and says that it is another
	PlaceTransformed event.Kind = "place.transformed" // may not be the shop that its stars were given to
	ListingBurst     event.Kind = "place.burst"       // somebody registers many places
)

// day is what new listings are counted in.
const day = 24 * time.Hour

// admitListing is how many places the actor has registered in the day before, if one more may be. The
// bound is for accounts that are young; a burst is told of any.
func (c *Catalog) admitListing(me *identity.User, around Around, actor identity.Actor) (int, error) {
	n, err := around.Registered(actor.User, c.now().Add(-day))
	if err != nil {
		return 0, err
	}
	if most := c.Quotas.withDefaults().Listings; c.young(me) && n >= most {
		return 0, ErrTooManyListings.After(time.Hour).WithData(fault.Limited{Limit: most, Reset: day})
	}
	return n, nil
}

// burst is the event of a registration with which somebody has registered very many in a day.
func (c *Catalog) burst(p *Place, actor identity.Actor, before int) []event.Event {
	if before+1 != c.Quotas.withDefaults().Burst {
		return nil
	}
	return []event.Event{c.event(ListingBurst, p, actor)}
}

// contested reports whether p looks like a published place of another merchant, which it says in
// NotDuplicateOf that it is not: who holds that place has a say in it.
func (p *Place) contested(tree *Tree, around Around) (bool, error) {
	if len(p.NotDuplicateOf) == 0 || !p.Location.Known() {
		return false, nil
	}
	near, err := around.Near(p.Location, p.Merchant)
	if err != nil {
		return false, err
	}
	near = slices.DeleteFunc(near, func(n Neighbour) bool {
		return n.ID == p.ID || n.Merchant == "" || n.Merchant == p.Merchant || n.State != Published || !slices.Contains(p.NotDuplicateOf, n.ID)
	})
	return len(p.duplicates(tree, near)) > 0, nil
}

// How far a place may move, and how unlike its name may become together with another category,
// before its stars may be another shop's.
const (
	movesTo      geo.Metres = 300
	sameNameFrom float64    = 0.5
)

// look says what operators should look at after a published place has come to look other than before.
func (c *Catalog) look(before, p *Place, around Around, actor identity.Actor) ([]event.Event, error) {
	if p.State != Published {
		return nil, nil
	}
	var events []event.Event
	contested, err := p.contested(c.Tree(), around)
	if err != nil {
		return nil, err
	}
	if contested {
		p.State = InReview
		events = append(events, c.event(PlaceContested, p, actor))
	}
	held, err := c.holdStars(before, p, around, actor)
	return append(events, held...), err
}

// holdStars holds the stars of a place that may not be the shop any more that they were given to, however
// many steps led there. before is the place before the change under way.
func (c *Catalog) holdStars(before, p *Place, around Around, actor identity.Actor) ([]event.Event, error) {
	if p.StarsHeld {
		return nil, nil
	}
	rated, since, err := around.Rated()
	if err != nil || !rated {
		return nil, err
	}
	was := *before
	if err := was.goBack(since); err != nil {
		return nil, err
	}
	if !p.transformed(&was) {
		return nil, nil
	}
	p.StarsHeld = true
	return []event.Event{c.event(PlaceTransformed, p, actor)}, nil
}

// transformed reports whether a place may not be the shop any more that it was: it was renamed beyond
// likeness and sells other things, or it is elsewhere.
func (p *Place) transformed(before *Place) bool {
	if before.Location.Known() && geo.Distance(before.Location.Point, p.Location.Point) > movesTo {
		return true
	}
	was, is := before.asNeighbour(), p.asNeighbour()
	old, _ := namesOf(&was)
	fresh, _ := namesOf(&is)
	likeness, _ := likestNames(old, fresh)
	return p.Category != before.Category && likeness < sameNameFrom
}
