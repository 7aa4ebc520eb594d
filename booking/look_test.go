package booking_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
)

// full keeps no looks: its disk is full.
type full struct{ identity.Looks }

func (full) AddLooks(context.Context, []identity.Look) error { return errors.New("disk full") }

// TestUnwrittenLook: what cannot be written down is not shown to staff, nor done; to whom it is, it is.
func TestUnwrittenLook(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, consumer := w.Shop(t, 10), w.User(t)
	b := s.Confirmed(t, consumer, bookingtest.Opening, 1, bookingtest.Monday)
	desk, ctx := w.Desk(bookingtest.Monday), t.Context()
	desk.Journal = &identity.Journal{Looks: full{}, Now: desk.Now}
	staff := s.Staff(w.User(t), identity.Owner)
	for name, call := range map[string]func() (any, error){
		"Booking": func() (any, error) { return desk.Booking(ctx, staff, b.ID) },
		"Cancel":  func() (any, error) { return desk.Cancel(ctx, staff, b.ID) },
		"Reschedule": func() (any, error) {
			return desk.Reschedule(ctx, staff, b.ID, bookingtest.Opening.Add(time.Hour), idempotency.Key{})
		},
	} {
		got, err := call()
		if fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: got %v, want a part that is away", name, err)
		}
		if shown := got.(booking.Booking); shown.ID != "" { //nolint:forcetypeassert // each returns one
			t.Errorf("%s shows %s all the same", name, shown.ID)
		}
	}
	list, err := desk.BookingsAt(ctx, staff, s.Place.ID, bookingtest.Monday, bookingtest.Monday.AddDate(0, 0, 7), "", 10)
	if fault.KindOf(err) != fault.Unavailable || len(list) > 0 {
		t.Errorf("BookingsAt: got %d bookings and %v, want none and a part that is away", len(list), err)
	}
	if got, err := desk.Booking(ctx, bookingtest.As(consumer), b.ID); err != nil || got.State != booking.Confirmed {
		t.Errorf("one's own booking is %s, %v; want confirmed", got.State, err)
	}
	none, err := desk.BookingsAt(ctx, staff, s.Place.ID, bookingtest.Monday.AddDate(0, 0, 7), bookingtest.Monday.AddDate(0, 0, 8), "", 10)
	if err != nil || len(none) > 0 {
		t.Errorf("an empty list shows nobody, and got %v", err)
	}
}
