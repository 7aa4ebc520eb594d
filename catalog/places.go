package catalog

import (
	"context"
	"reflect"
	"slices"

	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/uid"
)

// CreatePlace registers a spot of a merchant as a draft, with its first services, if any.
// Only managers of the whole merchant may do it. What is missing can be added later. A place that looks like an
// existing one is ErrDuplicate.
func (c *Catalog) CreatePlace(
	ctx context.Context,
	actor identity.Actor,
	m identity.MerchantID,
	d Draft,
	key idempotency.Key,
	offers ...Offer,
) (Place, error) {
	if err := actor.Require(); err != nil {
		return Place{}, err
	}
	if !actor.MayAll(identity.EditPlaces, m) {
		return Place{}, identity.ErrMerchantNotFound
	}
	now, tree := c.now(), c.Tree()
	p := Place{ID: PlaceID(uid.New("plc", now)), Merchant: m, State: Drafted, Version: 1, CreatedAt: now, UpdatedAt: now}
	var in fault.Input
	if err := d.apply(tree, &p, now); err != nil && !in.Include("", err) {
		return Place{}, err
	}
	services, err := menu(&in, "services", offers, p.ID, now)
	if err != nil {
		return Place{}, err
	}
	if err := in.Err(); err != nil {
		return Place{}, err
	}
	if tree.DiscoveryOnly(p.Category) && slices.ContainsFunc(services, func(s Service) bool { return s.Bookable }) {
		return Place{}, ErrDiscoveryOnly
	}
	me, err := c.me(ctx, actor)
	if err != nil {
		return Place{}, err
	}
	today := 0
	return c.Store.Register(ctx, Registration{
		Place: p, Services: services, Event: c.event(PlaceCreated, &p, actor),
		Admit: func(around Around) (err error) {
			if today, err = c.admitListing(&me, around, actor); err != nil {
				return err
			}
			if err := around.goesOn(m, true); err != nil {
				return err
			}
			if p.Brand, err = around.brand(m, p.Names); err != nil {
				return err
			}
			return p.apart(tree, around, seenBy(actor))
		},
		Brand: func(Around) (string, error) { return p.Brand, nil },
		Also: func() []event.Event {
			events := c.burst(&p, actor, today)
			if p.BrandClaimed() != "" {
				events = append(events, c.event(PlaceBrandClaimed, &p, actor))
			}
			return events
		},
	}, key)
}

// Place is a spot: a published one for anybody, any other for its own people and for operators. Who
// asks for an alias is shown the place that it was merged into.
func (c *Catalog) Place(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	p, err := c.PlaceAsIs(ctx, id)
	for hop := 0; err == nil && p.State == Merged && !actor.Sees(identity.ReadPlaces, p.Merchant, p.ID) && hop < aliases; hop++ {
		p, err = c.PlaceAsIs(ctx, p.MergedInto)
	}
	if err != nil {
		return Place{}, err
	}
	if p.State != Published && !actor.Sees(identity.ReadPlaces, p.Merchant, p.ID) {
		return Place{}, ErrPlaceNotFound
	}
	return p, nil
}

// aliases is how many places are gone through that were merged one into the next.
const aliases = 3

// PlaceAsIs is a spot for another room, which has rights of its own to check.
func (c *Catalog) PlaceAsIs(ctx context.Context, id PlaceID) (Place, error) {
	if !uid.Valid("plc", string(id)) {
		return Place{}, ErrPlaceNotFound
	}
	return c.Store.Place(ctx, id)
}

// Places is a merchant's places, drafts too, for the people who work for it, each of whom is
// shown those of theirs, and for operators.
func (c *Catalog) Places(ctx context.Context, actor identity.Actor, m identity.MerchantID, after PlaceID, limit int) ([]Place, error) {
	if err := actor.Require(); err != nil {
		return nil, err
	}
	if !actor.SeesMerchant(m) {
		return nil, identity.ErrMerchantNotFound
	}
	var at identity.Branches
	if !actor.Operator {
		at = actor.Limits[m]
	}
	return c.Store.PlacesOf(ctx, m, at, false, after, limit)
}

// Branches lists the published places of a merchant, and the merchant, to anybody. A
// merchant without published places is not there, except to its own people.
func (c *Catalog) Branches(
	ctx context.Context,
	actor identity.Actor,
	m identity.MerchantID,
	after PlaceID,
	limit int,
) (Merchant, []Place, error) {
	if !uid.Valid("mer", string(m)) {
		return Merchant{}, nil, identity.ErrMerchantNotFound
	}
	owner, err := c.Store.Merchant(ctx, m)
	if err != nil {
		return Merchant{}, nil, err
	}
	places, err := c.Store.PlacesOf(ctx, m, identity.Branches{}, true, after, limit)
	if err == nil && len(places) == 0 && after == "" && !actor.SeesMerchant(m) {
		return Merchant{}, nil, identity.ErrMerchantNotFound
	}
	return owner, places, err
}

// RevisePlace replaces the given version of a place by a draft. Only managers may do it, and who may edit texts
// changes these. A
// place that comes to look like another, by its name or spot, is ErrDuplicate.
func (c *Catalog) RevisePlace(ctx context.Context, actor identity.Actor, id PlaceID, version int64, d Draft) (Place, error) {
	return c.update(ctx, actor, identity.EditTexts, id, func(p *Place, around Around) ([]event.Event, error) {
		if p.Version != version {
			return nil, ErrStale.WithData(fault.CurrentVersion(p.Version))
		}
		before := *p
		if err := d.apply(c.Tree(), p, c.now()); err != nil || reflect.DeepEqual(before, *p) {
			return nil, err
		}
		if !actor.May(identity.EditPlaces, p.Merchant, p.ID) {
			if err := onlyPlaceTexts(before, p); err != nil {
				return nil, err
			}
		}
		return c.revised(&before, p, around, actor)
	})
}

// ReviseHours changes the hours of the given version of a place. Only managers may do it.
// If the hours stay the same, nothing is changed.
func (c *Catalog) ReviseHours(ctx context.Context, actor identity.Actor, id PlaceID, version int64, change func(*Hours)) (Place, error) {
	return c.update(ctx, actor, identity.EditPlaces, id, func(p *Place, around Around) ([]event.Event, error) {
		if p.Version != version {
			return nil, ErrStale.WithData(fault.CurrentVersion(p.Version))
		}
		before := *p
		p.Hours.Exceptions = slices.Clone(p.Hours.Exceptions)
		change(&p.Hours)
		var in fault.Input
		if err := p.Hours.Normalize(); err != nil && !in.Include("hours", err) {
			return nil, err
		}
		if err := in.Err(); err != nil {
			return nil, err
		}
		if p.Hours.equal(&before.Hours) {
			return nil, nil
		}
		return c.revised(&before, p, around, actor)
	})
}

// revised is the event of a change, if the change may be.
func (c *Catalog) revised(before, p *Place, around Around, actor identity.Actor) ([]event.Event, error) {
	tree := c.Tree()
	// An imported listing may lack things from the start; nobody may take more away.
	missing := before.Missing()
	lost := slices.DeleteFunc(p.Missing(), func(m string) bool { return slices.Contains(missing, m) })
	if p.State == Published && len(lost) > 0 {
		return nil, ErrIncomplete.WithData(Missing(lost))
	}
	if tree.DiscoveryOnly(p.Category) && !tree.DiscoveryOnly(before.Category) {
		sells, err := around.TakesBookings()
		if err != nil {
			return nil, err
		}
		if sells {
			return nil, ErrDiscoveryOnly
		}
	}
	events := []event.Event{c.event(PlaceChanged, p, actor)}
	claims, err := p.rebrand(before, around)
	if err != nil {
		return nil, err
	}
	if claims {
		events = append(events, c.event(PlaceBrandClaimed, p, actor))
	}
	if !p.looksOtherThan(before) {
		return events, nil
	}
	if err := p.apart(tree, around, seenBy(actor)); err != nil {
		return nil, err
	}
	more, err := c.look(before, p, around, actor)
	return append(events, more...), err
}

// PublishPlace makes a place visible to consumers, if it is complete enough and looks like
// no other published place. One that names a claimed place it looks like in NotDuplicateOf waits in
// review for an operator instead. Only managers may do it. Publishing a published place changes
// nothing.
func (c *Catalog) PublishPlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.update(ctx, actor, identity.EditPlaces, id, func(p *Place, around Around) ([]event.Event, error) {
		before := *p
		switch p.State {
		case Published, InReview:
			return nil, nil
		case Hidden, Suspended:
			return nil, ErrHidden
		case Merged:
			return nil, ErrNotInState
		}
		if missing := p.Missing(); len(missing) > 0 {
			return nil, ErrIncomplete.WithData(Missing(missing))
		}
		if err := p.apart(c.Tree(), around, onlyPublished); err != nil {
			return nil, err
		}
		contested, err := p.contested(c.Tree(), around)
		if err != nil {
			return nil, err
		}
		if contested {
			p.State = InReview
			return []event.Event{c.event(PlaceContested, p, actor)}, nil
		}
		p.State = Published
		held, err := c.holdStars(&before, p, around, actor)
		return append([]event.Event{c.event(PlacePublished, p, actor)}, held...), err
	})
}

// UnpublishPlace makes a place a draft again, which consumers do not find and cannot book. Only
// managers may do it; a draft stays as it is. What hangs on the place is booking.Desk's to settle:
// see Desk.Unpublish.
func (c *Catalog) UnpublishPlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.update(ctx, actor, identity.EditPlaces, id, func(p *Place, _ Around) ([]event.Event, error) {
		if p.State != Published && p.State != InReview {
			return nil, nil
		}
		p.State = Drafted
		return []event.Event{c.event(PlaceUnpublished, p, actor)}, nil
	})
}

// update changes a place of the actor's, who needs a capability for it; to anybody else it is not there. A change
// that returns no event is none, and keeps the version.
func (c *Catalog) update(
	ctx context.Context,
	actor identity.Actor,
	may identity.Capability,
	id PlaceID,
	change func(*Place, Around) ([]event.Event, error),
) (Place, error) {
	if err := actor.Require(); err != nil {
		return Place{}, err
	}
	if !uid.Valid("plc", string(id)) {
		return Place{}, ErrPlaceNotFound
	}
	return c.Store.UpdatePlaceAmong(ctx, id, func(p *Place, around Around) ([]event.Event, error) {
		if !actor.May(may, p.Merchant, p.ID) {
			return nil, ErrPlaceNotFound
		}
		end := p.EndsAt()
		events, err := change(p, around)
		if err == nil && len(events) > 0 {
			err = around.goesOn(p.Merchant, false)
		}
		if len(events) > 0 {
			p.UpdatedAt = c.now()
			events = append(events, c.ends(p, end)...)
		}
		return events, err
	})
}

// goesOn is ErrMerchantClosed for a business that has closed.
func (a Around) goesOn(m identity.MerchantID, hold bool) error {
	closed, err := a.MerchantClosed(m, hold)
	if err == nil && closed {
		err = ErrMerchantClosed
	}
	return err
}

func (c *Catalog) event(kind event.Kind, p *Place, actor identity.Actor) event.Event {
	return event.New(kind, string(p.ID), string(p.ID), string(actor.User), c.now()).About(string(p.Merchant), "")
}
