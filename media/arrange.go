package media

import (
	"context"
	"errors"
	"slices"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/identity"
)

// Change replaces what is said of the given version of a photo, and moves it. Only managers
// may do it. A change that changes nothing keeps the version.
func (a *Album) Change(ctx context.Context, actor identity.Actor, id ID, version int64, c Change) (Photo, error) {
	p, err := a.theirs(ctx, actor, id)
	if err != nil {
		return Photo{}, err
	}
	var in fault.Input
	in.Include("", c.Check())
	photos, err := a.Store.Arrange(ctx, Act{p.Place, actor.User, c.Service}, func(s Standing) ([]Photo, []event.Event, error) {
		photos, in := s.Photos, in
		at := index(photos, id)
		switch {
		case at < 0 || !s.managed():
			return nil, nil, ErrNotFound
		case photos[at].Version != version:
			return nil, nil, ErrStale.WithData(fault.CurrentVersion(photos[at].Version))
		}
		// A stale caller is told so first: what is wrong may be so only by then.
		in.Include("", s.check(c.Service))
		if err := in.Err(); err != nil {
			return nil, nil, err
		}
		photos, changed := c.apply(photos, at)
		if !changed {
			return photos, nil, nil
		}
		return photos, []event.Event{a.event(PhotoChanged, p, s.Merchant, actor)}, nil
	})
	if err != nil {
		return Photo{}, err
	}
	return photos[index(photos, id)], nil
}

// apply makes the change to the photo at an index.
func (c Change) apply(photos []Photo, at int) ([]Photo, bool) {
	p := photos[at]
	to := at
	if c.Position != nil {
		to = min(*c.Position, len(photos)-1)
	}
	c.check(&fault.Input{}) // trims the caption; what is wrong has been told
	if p.Kind == c.Kind && p.Caption == c.Caption && p.Service == c.Service && to == at {
		return photos, false
	}
	p.Kind, p.Caption, p.Service = c.Kind, c.Caption, c.Service
	p.Version++
	return slices.Insert(slices.Delete(photos, at, at+1), to, p), true
}

// Remove removes a photo. Only managers may do it. A later Sweep removes its blobs.
func (a *Album) Remove(ctx context.Context, actor identity.Actor, id ID) error {
	p, err := a.theirs(ctx, actor, id)
	if err != nil {
		return err
	}
	_, err = a.Store.Arrange(ctx, Act{Place: p.Place, User: actor.User}, func(s Standing) ([]Photo, []event.Event, error) {
		at := index(s.Photos, id)
		if at < 0 || !s.managed() {
			return nil, nil, ErrNotFound
		}
		return slices.Delete(s.Photos, at, at+1), []event.Event{a.event(PhotoRemoved, p, s.Merchant, actor)}, nil
	})
	return err
}

// theirs is a photo of a place that the actor manages; to anybody else it is not there.
func (a *Album) theirs(ctx context.Context, actor identity.Actor, id ID) (Photo, error) {
	if err := actor.Require(); err != nil {
		return Photo{}, err
	}
	p, _, err := a.Photo(ctx, actor, id)
	if err != nil {
		return Photo{}, err
	}
	err = a.managed(ctx, actor, p.Place)
	if errors.Is(err, catalog.ErrPlaceNotFound) {
		return Photo{}, ErrNotFound
	}
	return p, err
}

func (a *Album) event(kind event.Kind, p Photo, merchant identity.MerchantID, actor identity.Actor) event.Event {
	return event.New(kind, string(p.ID), string(p.Place), string(actor.User), a.now()).About(string(merchant), "")
}

// index is where a photo stands, -1 if it does not.
func index(photos []Photo, id ID) int {
	return slices.IndexFunc(photos, func(p Photo) bool { return p.ID == id })
}
