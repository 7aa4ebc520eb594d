package booking

import (
	"context"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/identity"
	"corner/once"
)

// Store keeps bookings and what they take.
type Store interface {
	// Hold stores b with its takings, in one transaction that no other Hold of the
	// same service overlaps: it forgets the takings that ran out at b.CreatedAt,
	// shows admit what is taken and what the user holds, and stores nothing if admit
	// refuses. A repeat of key returns what the first call stored, without asking
	// admit. ErrRefTaken when another booking has b.Ref.
	Hold(ctx context.Context, b Booking, admit func(Standing) error, key once.Key, e event.Event) (Booking, error)
	// Booking is one booking; ErrNotFound if there is none. Like every reading without a
	// change, it leaves Takes empty.
	Booking(ctx context.Context, id ID) (Booking, error)
	// ByRef is the booking whose codes carry ref; ErrNotFound if there is none.
	ByRef(ctx context.Context, ref string) (Booking, error)
	// Update loads a booking, lets change change it, and saves it with its next
	// version, its events, and its takings as Booking.Keeps says, all or nothing.
	// When takings that it should keep have been given to somebody else, it is
	// ErrLapsed. change may run again; when it returns no event, nothing is saved. A
	// repeat of key, which is stored with its Made, returns the booking without calling
	// change.
	Update(ctx context.Context, id ID, key once.Key, change func(*Booking) ([]event.Event, error)) (Booking, error)
	// Busy is what is taken of a service at now, of the time from … to.
	Busy(ctx context.Context, s catalog.ServiceID, from, to, now time.Time) ([]Busy, error)
	// BookingsOf is a user's bookings, newest first, at most limit of those before
	// the given one ("" for the newest).
	BookingsOf(ctx context.Context, user identity.UserID, before ID, limit int) ([]Booking, error)
	// BookingsAt is a place's bookings that begin in from … to, by their start and then
	// their id, at most limit after the given one ("" for the first).
	BookingsAt(ctx context.Context, p catalog.PlaceID, from, to time.Time, after ID, limit int) ([]Booking, error)
	// RunOut is up to n holds whose time was over at now and that are still Held.
	RunOut(ctx context.Context, now time.Time, n int) ([]ID, error)
}

// Standing is what Hold decides by.
type Standing struct {
	Busy  []Busy // takings of the service that overlap the slot
	Holds int    // of the user, that have not run out
}

// Busy is N seats of a service taken for a time.
type Busy struct {
	Slot
	N int
}
