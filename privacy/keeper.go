package privacy

import (
	"context"
	"fmt"
	"time"

	"corner/booking"
	"corner/fault"
	"corner/identity"
	"corner/kv"
)

// Keeper shows people what is kept of them, and takes it away.
type Keeper struct {
	Store  Store
	Desk   *booking.Desk
	Erased Erased
	KV     kv.Store
	Now    func() time.Time
}

// exportsPerDay bounds how often one person reads everything.
var exportsPerDay = kv.Limit{Rate: 10, Per: 24 * time.Hour, Burst: 10}

// Export is everything that is kept of the actor, suspended or not.
func (k *Keeper) Export(ctx context.Context, actor identity.Actor) ([]Part, error) {
	if err := actor.Identify(); err != nil {
		return nil, err
	}
	d, err := k.KV.Allow(ctx, "exports:"+string(actor.User), exportsPerDay)
	if err != nil {
		return nil, fmt.Errorf("limit exports: %w", err)
	}
	if !d.Allowed {
		return nil, ErrTooManyExports.After(d.RetryAfter).WithData(fault.Limited{Limit: exportsPerDay.Burst, Reset: d.ResetAfter})
	}
	return k.Store.Export(ctx, actor.User)
}

// Erase closes the actor's account: it signs out everywhere, and of what the Register names stays what
// must, without a person. While holds and bookings ahead hang on it, it is booking.ErrOwnBooked with their number,
// unless bookings names that number: then each is cancelled first. The only owner of a business with
// places is identity.ErrLastOwner.
func (k *Keeper) Erase(ctx context.Context, actor identity.Actor, bookings int) (time.Time, error) {
	if err := actor.Identify(); err != nil {
		return time.Time{}, err
	}
	if err := k.Desk.CancelAhead(ctx, actor, bookings); err != nil {
		return time.Time{}, err
	}
	now := k.now()
	err := k.Store.Erase(ctx, actor.User, now, func(h Hanging) error {
		switch {
		case h.Bookings > 0:
			return booking.ErrOwnBooked.WithData(booking.Hanging(h.Bookings))
		case h.Alone > 0:
			return identity.ErrLastOwner
		}
		return nil
	})
	if err != nil {
		return time.Time{}, err
	}
	// It is done. What keeps it from the list now is made up for by List.
	_, _ = k.List(ctx)
	return now, nil
}

// Replay erases the accounts on the list of erasures that the database still has, as it was restored from a
// backup of before, and returns how many.
func (k *Keeper) Replay(ctx context.Context) (int, error) {
	n := 0
	err := k.Erased.Each(ctx, func(users []identity.UserID) error {
		again, err := k.Store.NotErased(ctx, users)
		if err != nil {
			return err
		}
		for _, u := range again {
			if err := k.Store.Erase(ctx, u, k.now(), nil); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// listedAtOnce bounds what one call of List does.
const listedAtOnce = 500

// List puts the accounts that were erased on the list of erasures, each once, and returns how many.
func (k *Keeper) List(ctx context.Context) (int, error) {
	fresh, err := k.Store.Unlisted(ctx, listedAtOnce)
	if err != nil || len(fresh) == 0 {
		return 0, err
	}
	for i, u := range fresh {
		if err := k.Erased.Add(ctx, u); err != nil {
			return i, err // those before it are added again, which changes nothing
		}
	}
	return len(fresh), k.Store.Listed(ctx, fresh)
}

// now is the present, as fine as the databases keep it.
func (k *Keeper) now() time.Time { return k.Now().UTC().Truncate(time.Microsecond) }
