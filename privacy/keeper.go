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
	// It is done; what keeps it from the list now does not keep Replay from it.
	_ = k.Erased.Add(ctx, actor.User)
	return now, nil
}

// Replay brings the database and the list of erasures to one: it erases the accounts on the list that the
// database still has, as it was restored from a backup of before, and puts those on the list that were
// erased lately and are not on it. It returns how many it erased.
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
	if err != nil {
		return n, err
	}
	for after := identity.UserID(""); ; {
		lately, err := k.Store.ErasedSince(ctx, k.now().Add(-listedWithin), after, chunk)
		if err != nil || len(lately) == 0 {
			return n, err
		}
		for _, u := range lately {
			if err := k.Erased.Add(ctx, u); err != nil {
				return n, err
			}
		}
		after = lately[len(lately)-1]
	}
}

// An erasure is on the list within a day, however long the list is away meanwhile.
const (
	listedWithin = 7 * 24 * time.Hour
	chunk        = 500
)

// now is the present, as fine as the databases keep it.
func (k *Keeper) now() time.Time { return k.Now().UTC().Truncate(time.Microsecond) }
