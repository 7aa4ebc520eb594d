package visits_test

import (
	"context"
	"errors"
	"testing"

	"corner/booking"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
)

// full keeps no looks: its disk is full.
type full struct{ identity.Looks }

func (full) AddLooks(context.Context, []identity.Look) error { return errors.New("disk full") }

// TestUnwrittenLook: what cannot be written down is neither shown nor confirmed, and can be confirmed afterwards.
func TestUnwrittenLook(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	code := s.code(t)
	s.counter.Journal = &identity.Journal{Looks: full{}, Now: s.Now}
	if v, err := s.counter.Confirm(t.Context(), s.staff, code, idempotency.Key{}); fault.KindOf(err) != fault.Unavailable || v.ID != "" {
		t.Errorf("confirm: got %q and %v, want a part that is away", v.ID, err)
	}
	if b, err := s.counter.Desk.Booking(t.Context(), s.consumer, s.booking.ID); err != nil || b.State != booking.Confirmed {
		t.Errorf("the booking is %s, %v; want confirmed", b.State, err)
	}
	s.counter.Journal = nil
	v, err := s.counter.Confirm(t.Context(), s.staff, code, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	s.counter.Journal = &identity.Journal{Looks: full{}, Now: s.Now}
	if got, err := s.counter.Visit(t.Context(), s.staff, v.ID); fault.KindOf(err) != fault.Unavailable || got.ID != "" {
		t.Errorf("visit: got %q and %v, want a part that is away", got.ID, err)
	}
	if got, err := s.counter.Visit(t.Context(), s.consumer, v.ID); err != nil || got.ID != v.ID {
		t.Errorf("one's own visit: got %q and %v", got.ID, err)
	}
}
