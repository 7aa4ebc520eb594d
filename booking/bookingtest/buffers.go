package bookingtest

import (
	"testing"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/taking"

	"corner/booking"
)

// buffersTaken: seats are taken for the slot with its buffers, a person's limit for the slot alone; what
// takes the longest is seen at both of its ends.
func buffersTaken(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	b := s.Draft(user, Opening, 3, Monday)
	b.Slot.End = Opening.Add(catalog.MaxDuration)
	b.Buffers = catalog.Buffers{Before: catalog.MaxBuffer, After: catalog.MaxBuffer}
	limit := taking.PerPersonRef(s.Service.ID, user)
	b.Takes = append(b.Takes, taking.Taking{Ref: limit, N: 1})
	_, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, idempotency.Key{}, heldEvent(b, Monday))
	must(t, "hold", err)
	wide := taking.Busy{Slot: b.Slot.Around(b.Buffers), N: 3}
	for what, at := range map[string]time.Time{
		"the first minute": wide.Start, "the last minute": wide.End.Add(-time.Minute), "in between": Opening,
	} {
		busy, err := s.busy(t, s.Service.ID, at, at.Add(time.Minute), Monday)
		must(t, "busy", err)
		same(t, "what is taken in "+what, busy, []taking.Busy{wide})
	}
	for what, at := range map[string]time.Time{"before": wide.Start.Add(-time.Minute), "after": wide.End} {
		busy, err := s.busy(t, s.Service.ID, at, at.Add(time.Minute), Monday)
		must(t, "busy", err)
		same(t, "what is taken "+what, busy, nil)
	}
	own, err := w.Bookings.Busy(t.Context(), []taking.Ref{limit}, wide.Start, wide.End, Monday)
	must(t, "busy", err)
	same(t, "the place in the limit", own[limit], []taking.Busy{{Slot: b.Slot, N: 1}})

	// They stay with it, and who asks next to it is told.
	_, err = w.Bookings.Update(t.Context(), b.ID, idempotency.Key{}, confirm(Monday))
	must(t, "confirm", err)
	same(t, "takings when it is confirmed", s.rows(t), []taking.Busy{wide})
	to := Opening.Add(time.Hour)
	got, err := w.Bookings.Move(t.Context(), b.ID, idempotency.Key{}, taking.Rules{}, moves(to))
	must(t, "move", err)
	moved := taking.Busy{Slot: got.Slot.Around(b.Buffers), N: 3}
	same(t, "takings when it is moved", s.rows(t), []taking.Busy{moved})
	next := s.Draft(w.User(t), got.Slot.End, 1, Monday)
	next.Buffers.Before = time.Minute
	next.Slot = taking.Slot{Start: moved.End.Add(time.Minute), End: moved.End.Add(time.Hour)}
	for what, want := range map[time.Duration][]taking.Busy{time.Minute: nil, 2 * time.Minute: {moved}} {
		next.Buffers.Before = what
		var st taking.Standing
		rules := taking.Rules{Take: func(_ taking.Taking, now taking.Standing) error { st = now; return errRefused }}
		_, err = w.Bookings.Hold(t.Context(), next, rules, idempotency.Key{}, heldEvent(next, Monday))
		wantErr(t, "a hold that only asks", err, errRefused)
		same(t, "what stands in the way of "+what.String()+" before it", st.Busy, want)
	}
	_, err = w.Bookings.Update(
		t.Context(),
		b.ID,
		idempotency.Key{},
		func(b *booking.Booking) ([]event.Event, error) { return b.Cancel(As(user), Monday) },
	)
	must(t, "cancel", err)
	same(t, "takings when it is cancelled", s.rows(t), nil)
}
