package booking

import (
	"context"

	"corner/fault"
	"corner/identity"
)

// ErrOwnBooked says that bookings hang on an account that is to be closed.
var ErrOwnBooked = fault.New(fault.Conflict, "account.bookings",
	"bookings ahead hang on your account: name their number to cancel them with it", "您还有未完成的预订，请确认数量后一并取消")

// CancelAhead cancels what the actor, suspended or not, has ahead. Unless hanging names its number it is
// ErrOwnBooked with that number, and nothing is cancelled.
func (d *Desk) CancelAhead(ctx context.Context, actor identity.Actor, hanging int) error {
	if err := actor.Identify(); err != nil {
		return err
	}
	list, err := d.Store.AheadOf(ctx, actor.User, d.now(), ahead)
	if err != nil {
		return err
	}
	if len(list) != hanging {
		return ErrOwnBooked.WithData(Hanging(len(list)))
	}
	free := identity.Actor{User: actor.User} // one's own booking needs no other right
	for _, id := range list {
		if _, err := d.Cancel(ctx, free, id); err != nil && fault.KindOf(err) != fault.Conflict {
			return err
		}
	}
	return nil
}
