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
	p, merchant, err := a.theirs(ctx, actor, id)
	if err != nil {
		return Photo{}, err
	}
	var in fault.Input
	in.Include("", c.Check())
	if err := a.checkService(ctx, actor, p.Place, c.Service, &in, "service"); err != nil {
		return Photo{}, err
	}
	photos, err := a.Store.Arrange(ctx, p.Place, func(photos []Photo) ([]Photo, []event.Event, error) {
		at := index(photos, id)
		switch {
		case at < 0:
			return nil, nil, ErrNotFound
		case photos[at].Version != version:
			return nil, nil, ErrStale.WithData(fault.CurrentVersion(photos[at].Version))
		}
		// A stale caller is told so first: what is wrong may be so only by then.
		if err := in.Err(); err != nil {
			return nil, nil, err
		}
		photos, changed := c.apply(photos, at)
		if !changed {
			return photos, nil, nil
		}
		return photos, []event.Event{a.event(PhotoChanged, p, merchant, actor)}, nil
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
	p, merchant, err := a.theirs(ctx, actor, id)
	if err != nil {
		return err
	}
	_, err = a.Store.Arrange(ctx, p.Place, func(photos []Photo) ([]Photo, []event.Event, error) {
		at := index(photos, id)
		if at < 0 {
			return nil, nil, ErrNotFound
		}
		return slices.Delete(photos, at, at+1), []event.Event{a.event(PhotoRemoved, p, merchant, actor)}, nil
	})
	return err
}

// theirs is a photo of a place that the actor manages; to anybody else it is not there.
func (a *Album) theirs(ctx context.Context, actor identity.Actor, id ID) (Photo, identity.MerchantID, error) {
	if err := actor.Require(); err != nil {
		return Photo{}, "", err
	}
	p, _, err := a.Photo(ctx, actor, id)
	if err != nil {
		return Photo{}, "", err
	}
	merchant, err := a.managed(ctx, actor, p.Place)
	if err != nil {
		if errors.Is(err, catalog.ErrPlaceNotFound) {
			return Photo{}, "", ErrNotFound
		}
		return Photo{}, "", err
	}
	return p, merchant, nil
}

func (a *Album) event(kind event.Kind, p Photo, merchant identity.MerchantID, actor identity.Actor) event.Event {
	return event.New(kind, string(p.ID), string(p.Place), string(actor.User), a.now()).About(string(merchant), "")
}

// index is where a photo stands, -1 if it does not.
func index(photos []Photo, id ID) int {
	return slices.IndexFunc(photos, func(p Photo) bool { return p.ID == id })
}
