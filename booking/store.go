package booking

import (
	"context"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/taking"
)

// Store keeps bookings and what they take.
type Store interface {
	// Hold stores b with its takings, in one transaction that no other Hold of the
	// same refs overlaps: it forgets the takings that ran out at b.CreatedAt, asks
	// rules with what stands of each ref and what the user holds, and stores nothing if
	// they refuse. A repeat of key returns what the first call stored, without asking.
	// ErrRefTaken when another booking has b.Ref.
	Hold(ctx context.Context, b Booking, rules taking.Rules, key idempotency.Key, e event.Event) (Booking, error)
	// Booking is one booking; ErrNotFound if there is none.
	Booking(ctx context.Context, id ID) (Booking, error)
	// ByRef is the booking whose codes carry ref; ErrNotFound if there is none.
	ByRef(ctx context.Context, ref string) (Booking, error)
	// Update loads a booking, lets change change it, and saves it with its next
	// version and its events, all or nothing. Whoever has a part in its takings makes
	// them firm when it is confirmed, settles them when it ends, and undoes that when
	// it has not ended any more (see taking.Outcome). When what should last has been
	// given to somebody else, it is ErrLapsed. change may run again; when it returns no
	// event, nothing is saved. A repeat of key, which is stored with its Made, returns
	// the booking without calling change.
	Update(ctx context.Context, id ID, key idempotency.Key, change func(*Booking) ([]event.Event, error)) (Booking, error)
	// Move is Update for a change of the slot or the takings, which rules admit as they
	// admit those of a Hold: what the booking itself has taken does not count.
	Move(ctx context.Context, id ID, key idempotency.Key, rules taking.Rules, change func(*Booking) ([]event.Event, error)) (Booking, error)
	// Busy is what is taken of each ref at now, of the time from … to.
	Busy(ctx context.Context, refs []taking.Ref, from, to, now time.Time) (map[taking.Ref][]taking.Busy, error)
	// BookingsOf is a user's bookings, newest first, at most limit of those before
	// the given one ("" for the newest).
	BookingsOf(ctx context.Context, user identity.UserID, before ID, limit int) ([]Booking, error)
	// BookingsAt is a place's bookings that begin in from … to, by their start and then
	// their id, at most limit after the given one ("" for the first).
	BookingsAt(ctx context.Context, p catalog.PlaceID, from, to time.Time, after ID, limit int) ([]Booking, error)
	// CountAhead is how many holds that have not run out at now, and bookings that have not ended,
	// places have.
	CountAhead(ctx context.Context, places []catalog.PlaceID, now time.Time) (int, error)
	// Ahead is those that CountAhead counts, by id, at most limit.
	Ahead(ctx context.Context, places []catalog.PlaceID, now time.Time, limit int) ([]ID, error)
	// AheadOf is the holds that have not run out at now, and the bookings that have not ended, of a person,
	// at most limit.
	AheadOf(ctx context.Context, user identity.UserID, now time.Time, limit int) ([]ID, error)
	// RunOut is up to n holds whose time was over at now and that are still Held.
	RunOut(ctx context.Context, now time.Time, n int) ([]ID, error)
}
