package reviews

import (
	"context"

	"corner/catalog"
	"corner/event"
	"corner/identity"
	"corner/uid"
)

// The events of reviews that operators hid or showed again; discovery looks at the place again.
const (
	HiddenEvent   event.Kind = "review.hidden"
	RestoredEvent event.Kind = "review.restored"
)

// Review is one that anybody may read, or for operators any.
func (b *Board) Review(ctx context.Context, actor identity.Actor, id ID) (Review, error) {
	if !uid.Valid("rev", string(id)) {
		return Review{}, ErrNotFound
	}
	r, err := b.Store.Review(ctx, id)
	if err == nil && !r.HiddenAt.IsZero() && !actor.Operator {
		return Review{}, ErrNotFound
	}
	return r, err
}

// Hide takes a review out of sight and out of its place's rating, or with on false shows it again. Only
// operators may. As it is already it stays.
func (b *Board) Hide(ctx context.Context, actor identity.Actor, id ID, on bool) error {
	if err := actor.RequireOperator(); err != nil {
		return err
	}
	r, err := b.Review(ctx, actor, id)
	if err != nil {
		return err
	}
	return b.Store.Hide(ctx, r.Place, id, on, b.turned(actor, r.Place, string(id), string(r.Author), on))
}

// HideAll hides all reviews of a place, so that it has no stars. Only operators may.
func (b *Board) HideAll(ctx context.Context, actor identity.Actor, p catalog.PlaceID) error {
	if err := actor.RequireOperator(); err != nil {
		return err
	}
	return b.Store.Hide(ctx, p, "", true, b.turned(actor, p, string(p), "", true))
}

func (b *Board) turned(actor identity.Actor, p catalog.PlaceID, subject, author string, on bool) event.Event {
	kind := RestoredEvent
	if on {
		kind = HiddenEvent
	}
	return event.New(kind, subject, string(p), string(actor.User), b.now()).About("", author)
}
