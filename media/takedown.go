package media

import (
	"context"
	"errors"
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/identity"
)

// TakeDown removes a photo. Only operators may. One that is gone already stays gone. A later Sweep
// removes its blobs.
func (a *Album) TakeDown(ctx context.Context, actor identity.Actor, id ID) error {
	if err := actor.RequireOperator(); err != nil {
		return err
	}
	p, err := a.Store.Photo(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.takeDown(ctx, actor, p.Place, func(p *Photo) bool { return p.ID == id })
}

// TakeDownSince removes what was added to the photos of a place since a moment. Only operators may.
func (a *Album) TakeDownSince(ctx context.Context, actor identity.Actor, place catalog.PlaceID, since time.Time) error {
	if err := actor.RequireOperator(); err != nil {
		return err
	}
	return a.takeDown(ctx, actor, place, func(p *Photo) bool { return !p.CreatedAt.Before(since) })
}

func (a *Album) takeDown(ctx context.Context, actor identity.Actor, place catalog.PlaceID, which func(*Photo) bool) error {
	_, err := a.Store.Arrange(ctx, Act{Place: place, User: actor.User}, func(s Standing) ([]Photo, []event.Event, error) {
		var events []event.Event
		kept := slices.DeleteFunc(slices.Clone(s.Photos), func(p Photo) bool {
			if !which(&p) {
				return false
			}
			events = append(events, a.event(PhotoRemoved, p, s.Merchant, actor))
			return true
		})
		return kept, events, nil
	})
	return err
}
