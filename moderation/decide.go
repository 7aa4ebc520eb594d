package moderation

import (
	"context"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/identity"
	"corner/media"
	"corner/reviews"
	"corner/uid"
)

// Decide does something about a case, and writes down what and why. Only operators may. What is done
// already is done once; so a call that was broken off is simply repeated.
func (m *Moderator) Decide(ctx context.Context, actor identity.Actor, id CaseID, d Decision) (Case, error) {
	c, err := m.find(ctx, actor, id)
	if err != nil {
		return Case{}, err
	}
	now := m.now()
	var in fault.Input
	d.Reason = why(&in, d.Reason)
	in.Check(c.takes(d.Action), "action", fault.Unknown)
	in.Check((d.Action == Merge) == (d.Into != ""), "into_place", fault.Required)
	in.Check((d.Action == TakeBack) == !d.Since.IsZero(), "since", fault.Required)
	in.Check((d.Action == GrantBrand || d.Action == GiveBrand) == (d.Brand != ""), "brand", fault.Required)
	if err := in.Err(); err != nil {
		return Case{}, err
	}
	if err := m.Journal.Look(ctx, actor, "", identity.SeenCase, string(id), c.User, c.Last.By); err != nil {
		return Case{}, err // before anything is done: the answer shows whom it concerns
	}
	if err := m.do(ctx, actor, &c, &d); err != nil {
		return Case{}, err
	}
	d.ID, d.By, d.At = DecisionID(uid.New("dec", now)), actor.User, now
	e := event.New(DecidedEvent, string(d.ID), string(c.Place), string(actor.User), now).About(string(c.Merchant), string(c.User))
	return m.Store.Decide(ctx, id, d, e)
}

// do does what was decided.
func (m *Moderator) do(ctx context.Context, actor identity.Actor, c *Case, d *Decision) error {
	switch d.Action {
	case Dismiss:
		return nil
	case Suspend, Lift:
		return m.suspend(ctx, actor, c, d)
	}
	switch c.Subject {
	case Photo:
		return m.Album.TakeDown(ctx, actor, media.ID(c.SubjectID))
	case Review:
		return m.Board.Hide(ctx, actor, reviews.ID(c.SubjectID), d.Action == Hide)
	case Claim:
		return m.settle(ctx, actor, c, d)
	}
	if d.Action == GiveBrand {
		return m.Catalog.GiveBrand(ctx, actor, c.Place, c.Merchant, d.Brand)
	}
	return m.doPlace(ctx, actor, c.Place, d)
}

func (m *Moderator) suspend(ctx context.Context, actor identity.Actor, c *Case, d *Decision) error {
	user, merchant := c.suspended()
	if user != "" {
		return m.Accounts.Suspend(ctx, actor, user, d.Action == Suspend)
	}
	return m.Catalog.SuspendMerchant(ctx, actor, merchant, d.Action == Suspend)
}

// settle verifies or refuses a claim. With a refused one go the photos that were added since.
func (m *Moderator) settle(ctx context.Context, actor identity.Actor, c *Case, d *Decision) error {
	_, claim, err := m.Catalog.SettleClaim(ctx, actor, catalog.ClaimID(c.SubjectID), d.Action == Verify, d.Reason)
	if err != nil || d.Action == Verify {
		return err
	}
	return m.Album.TakeDownSince(ctx, actor, claim.Place, claim.CreatedAt)
}

func (m *Moderator) doPlace(ctx context.Context, actor identity.Actor, p catalog.PlaceID, d *Decision) error {
	simple := map[Action]func(context.Context, identity.Actor, catalog.PlaceID) (catalog.Place, error){
		Hide: m.Catalog.HidePlace, Restore: m.Catalog.RestorePlace, Clear: m.Catalog.ClearPlace, SendBack: m.Catalog.SendBackPlace,
		Unmerge: m.Catalog.UnmergePlace, CarryStars: m.Catalog.CarryStars, DropBrand: m.Catalog.DropBrand,
	}
	if do, ok := simple[d.Action]; ok {
		_, err := do(ctx, actor, p)
		return err
	}
	switch d.Action {
	case GrantBrand:
		_, err := m.Catalog.GrantBrand(ctx, actor, p, d.Brand)
		return err
	case Merge:
		_, err := m.Catalog.MergePlace(ctx, actor, p, d.Into)
		return err
	case TakeBack:
		if _, err := m.Catalog.TakeBack(ctx, actor, p, d.Since, ""); err != nil {
			return err
		}
		return m.Album.TakeDownSince(ctx, actor, p, d.Since)
	case DropStars:
		if err := m.Board.HideAll(ctx, actor, p); err != nil {
			return err
		}
		_, err := m.Catalog.CarryStars(ctx, actor, p)
		return err
	}
	return errUnknownAction
}
