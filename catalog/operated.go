package catalog

import (
	"context"
	"slices"

	"corner/event"
	"corner/identity"
	"corner/uid"
)

// The events of what operators do to places.
const (
	PlaceHidden    event.Kind = "place.hidden"
	PlaceRestored  event.Kind = "place.restored"
	PlaceMerged    event.Kind = "place.merged"
	PlaceUnmerged  event.Kind = "place.unmerged"
	PlaceCleared   event.Kind = "place.cleared"    // a place in review is on the map
	PlaceSentBack  event.Kind = "place.sent_back"  // a place in review is a draft again
	PlaceTakenBack event.Kind = "place.taken_back" // edits were undone
	StarsCarried   event.Kind = "place.stars_carried"
)

// operate changes a place for an operator. A change that returns no event is none.
func (c *Catalog) operate(
	ctx context.Context, actor identity.Actor, id PlaceID, change func(*Dossier) ([]event.Event, error),
) (Place, error) {
	if err := actor.RequireOperator(); err != nil {
		return Place{}, err
	}
	if !uid.Valid("plc", string(id)) {
		return Place{}, ErrPlaceNotFound
	}
	return c.Store.Rework(ctx, id, "", func(d *Dossier) ([]event.Event, error) {
		events, err := change(d)
		if len(events) > 0 {
			d.Place.UpdatedAt = c.now()
		}
		return events, err
	})
}

// turn moves a place between two states for an operator. In the state it is to have it stays; from
// any other it is ErrNotInState.
func (c *Catalog) turn(ctx context.Context, actor identity.Actor, id PlaceID, from, to State, kind event.Kind) (Place, error) {
	return c.operate(ctx, actor, id, func(d *Dossier) ([]event.Event, error) {
		switch d.Place.State {
		case to:
			return nil, nil
		case from:
			d.Place.State = to
			return []event.Event{c.event(kind, &d.Place, actor)}, nil
		}
		return nil, ErrNotInState
	})
}

// HidePlace takes a published place out of sight until RestorePlace: its own people see it and
// cannot publish it. Only operators may.
func (c *Catalog) HidePlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.turn(ctx, actor, id, Published, Hidden, PlaceHidden)
}

// RestorePlace shows a hidden place again. Only operators may.
func (c *Catalog) RestorePlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.turn(ctx, actor, id, Hidden, Published, PlaceRestored)
}

// ClearPlace puts a place in review on the map. Only operators may.
func (c *Catalog) ClearPlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.turn(ctx, actor, id, InReview, Published, PlaceCleared)
}

// SendBackPlace makes a place in review a draft again. Only operators may.
func (c *Catalog) SendBackPlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.turn(ctx, actor, id, InReview, Drafted, PlaceSentBack)
}

// MergePlace makes a place an alias of another that is published: who asks for it is shown that one.
// Nothing is rewritten: its bookings, visits and reviews stay its own, and UnmergePlace drops the
// alias. Only operators may.
func (c *Catalog) MergePlace(ctx context.Context, actor identity.Actor, id, into PlaceID) (Place, error) {
	if err := actor.RequireOperator(); err != nil {
		return Place{}, err
	}
	to, err := c.PlaceAsIs(ctx, into)
	if err != nil {
		return Place{}, err
	}
	return c.operate(ctx, actor, id, func(d *Dossier) ([]event.Event, error) {
		switch {
		case d.Place.State == Merged && d.Place.MergedInto == into:
			return nil, nil
		case id == into || to.State != Published || !slices.Contains([]State{Published, Hidden, InReview}, d.Place.State):
			return nil, ErrNotInState
		}
		d.Place.State, d.Place.MergedInto = Merged, into
		return []event.Event{c.event(PlaceMerged, &d.Place, actor)}, nil
	})
}

// UnmergePlace drops an alias: the place is published again. Only operators may.
func (c *Catalog) UnmergePlace(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.operate(ctx, actor, id, func(d *Dossier) ([]event.Event, error) {
		if d.Place.State != Merged {
			return nil, ErrNotInState
		}
		d.Place.State, d.Place.MergedInto = Published, ""
		return []event.Event{c.event(PlaceUnmerged, &d.Place, actor)}, nil
	})
}

// CarryStars says that a place that was renamed or moved is still the one that its stars were given
// to. Only operators may.
func (c *Catalog) CarryStars(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.operate(ctx, actor, id, func(d *Dossier) ([]event.Event, error) {
		if !d.Place.StarsHeld {
			return nil, nil
		}
		d.Place.StarsHeld = false
		return []event.Event{c.event(StarsCarried, &d.Place, actor)}, nil
	})
}
