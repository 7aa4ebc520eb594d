package bookingtest

import (
	"errors"
	"testing"
	"time"

	"corner/booking"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/taking"
)

// oppositeOrder: bookings that name two refs in opposite order never wait for each other
// in a circle, nor take more than there is.
func oppositeOrder(t *testing.T, w World) {
	const rivals, capacity = 40, 10
	s := w.Shop(t, capacity)
	other := s.AddService(t, capacity)
	users, errs := w.Users(t, rivals), make([]error, rivals)
	full := taking.Rules{Take: func(of taking.Taking, st taking.Standing) error {
		if taking.Peak(st.Busy, taking.Slot{Start: Opening, End: Opening.Add(time.Hour)})+of.N > capacity {
			return booking.ErrSlotTaken
		}
		return nil
	}}
	race(rivals, func(i int) {
		b := s.Draft(users[i], Opening, 1, Monday)
		b.Takes = append(b.Takes, taking.Taking{Ref: taking.SeatsOf(other.ID), N: 1})
		if i%2 == 1 {
			b.Takes[0], b.Takes[1] = b.Takes[1], b.Takes[0]
		}
		if _, errs[i] = w.Bookings.Hold(t.Context(), b, full, idempotency.Key{}, heldEvent(b, Monday)); errs[i] != nil {
			return
		}
		_, errs[i] = w.Bookings.Update(t.Context(), b.ID, idempotency.Key{}, confirm(Monday))
	})
	same(t, "outcomes", count(errs, refusals), map[string]int{"": capacity, "taken": rivals - capacity})
	second := *s
	second.Service = other
	same(t, "seats of both", []int{most(s.rows(t)), most(second.rows(t))}, []int{capacity, capacity})
}

// moves is a change of the slot for Store.Move.
func moves(to time.Time) func(*booking.Booking) ([]event.Event, error) {
	return func(b *booking.Booking) ([]event.Event, error) {
		slot := taking.Slot{Start: to, End: to.Add(b.Slot.End.Sub(b.Slot.Start))}
		return b.Reschedule(slot, As(b.User), Monday)
	}
}

func moveSwaps(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	b := s.Confirmed(t, user, Opening, 3, Monday)
	theirs := s.Held(t, w.User(t), Opening.Add(30*time.Minute), 2, Monday)
	var st taking.Standing
	rules := taking.Rules{Take: func(_ taking.Taking, now taking.Standing) error { st = now; return nil }}
	to := Opening.Add(15 * time.Minute)
	k := key(t, string(user), "phone-1", "in")
	got, err := w.Bookings.Move(t.Context(), b.ID, k, rules, moves(to))
	must(t, "move", err)
	same(t, "what stands, without its own seats", st.Busy, []taking.Busy{{Slot: theirs.Slot, N: 2}})
	want := b
	want.Slot, want.Version = taking.Slot{Start: to, End: to.Add(time.Hour)}, b.Version+1
	same(t, "booking", got, want)
	same(t, "what is stored", w.load(t, b.ID), want)
	same(t, "takings", s.rows(t), []taking.Busy{{Slot: want.Slot, N: 3}, {Slot: theirs.Slot, N: 2}})

	_, err = w.Bookings.Move(t.Context(), b.ID, idempotency.Key{}, refuse, moves(Opening))
	wantErr(t, "a move that is refused", err, errRefused)
	same(t, "booking after a refused move", w.load(t, b.ID), want)
	again, err := w.Bookings.Move(t.Context(), b.ID, k, refuse, moves(Opening))
	must(t, "a repeat", err)
	same(t, "what a repeat returns", again, want)

	// The takings may change as well: another service, more people.
	other := s.AddService(t, 10)
	_, err = w.Bookings.Move(t.Context(), b.ID, idempotency.Key{}, taking.Rules{}, func(b *booking.Booking) ([]event.Event, error) {
		b.Takes = []taking.Taking{{Ref: taking.SeatsOf(other.ID), N: 4}}
		return []event.Event{heldEvent(*b, Monday)}, nil
	})
	must(t, "take something else", err)
	same(t, "takings of what it had", s.rows(t), []taking.Busy{{Slot: theirs.Slot, N: 2}})
	second := *s
	second.Service = other
	same(t, "takings of what it has", second.rows(t), []taking.Busy{{Slot: want.Slot, N: 4}})
}

// rivalsMove: moves and holds for the same seats, of which there are too few.
func rivalsMove(t *testing.T, w World) {
	const rivals = 30
	s := w.Shop(t, 10)
	later := Opening.Add(5 * time.Hour)
	full := taking.Rules{Take: func(of taking.Taking, st taking.Standing) error {
		if taking.Peak(st.Busy, taking.Slot{Start: later, End: later.Add(time.Hour)})+of.N > 10 {
			return booking.ErrSlotTaken
		}
		return nil
	}}
	users, errs, mine := w.Users(t, rivals), make([]error, rivals), make([]booking.Booking, rivals)
	for i := range rivals {
		if i%2 == 0 {
			mine[i] = s.Confirmed(t, users[i], Opening, 1, Monday)
		}
	}
	race(rivals, func(i int) {
		if i%2 == 0 {
			_, errs[i] = w.Bookings.Move(t.Context(), mine[i].ID, idempotency.Key{}, full, moves(later))
			return
		}
		b := s.Draft(users[i], later, 1, Monday)
		_, errs[i] = w.Bookings.Hold(t.Context(), b, full, idempotency.Key{}, heldEvent(b, Monday))
	})
	same(t, "outcomes", count(errs, refusals), map[string]int{"": 10, "taken": rivals - 10})
	taken := 0
	for _, row := range s.rows(t) {
		if row.Start.Equal(later) {
			taken += row.N
		}
	}
	same(t, "seats taken then", taken, 10)
}

// reverses: what ended is as it was before it ended.
func reverses(t *testing.T, w World) {
	s := w.Shop(t, 10)
	back := func(b *booking.Booking) ([]event.Event, error) {
		b.State, b.Visit = booking.Confirmed, ""
		return []event.Event{heldEvent(*b, Monday)}, nil
	}
	for what, end := range map[string]func(*booking.Booking) ([]event.Event, error){
		"a visit": func(b *booking.Booking) ([]event.Event, error) {
			return b.Consume("vis_1", s.Staff(s.Owner, identity.Counter), Monday)
		},
		"a cancellation": func(b *booking.Booking) ([]event.Event, error) { return b.Cancel(As(b.User), Monday) },
	} {
		user := w.User(t)
		limit := taking.PerPersonRef(s.Service.ID, user)
		b := s.Draft(user, Opening, 2, Monday)
		b.Takes = taking.Sorted(append(b.Takes, taking.Taking{Ref: limit, N: 1}))
		_, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, idempotency.Key{}, heldEvent(b, Monday))
		must(t, "hold", err)
		_, err = w.Bookings.Update(t.Context(), b.ID, idempotency.Key{}, confirm(Monday))
		must(t, "confirm", err)
		before := s.rows(t)
		_, err = w.Bookings.Update(t.Context(), b.ID, idempotency.Key{}, end)
		must(t, what, err)
		same(t, "the copy of the takings after "+what, w.load(t, b.ID).Takes, b.Takes)
		open, err := w.Bookings.Busy(t.Context(), []taking.Ref{limit}, Monday, Monday.AddDate(0, 1, 0), Monday)
		must(t, "busy", err)
		same(t, "what the person has open after "+what, len(open), 0)
		_, err = w.Bookings.Move(t.Context(), b.ID, idempotency.Key{}, taking.Rules{}, back)
		must(t, "reverse "+what, err)
		same(t, "takings after the reversal of "+what, s.rows(t), before)
		open, err = w.Bookings.Busy(t.Context(), []taking.Ref{limit}, Monday, Monday.AddDate(0, 1, 0), Monday)
		must(t, "busy", err)
		same(t, "what the person has open after the reversal of "+what, open[limit], []taking.Busy{{Slot: b.Slot, N: 1}})
	}

	// Seats that a cancellation gave back may be somebody else's by now.
	b := s.Confirmed(t, w.User(t), Opening.Add(5*time.Hour), 10, Monday)
	_, err := w.Bookings.Update(
		t.Context(),
		b.ID,
		idempotency.Key{},
		func(b *booking.Booking) ([]event.Event, error) { return b.Cancel(As(b.User), Monday) },
	)
	must(t, "cancel", err)
	_, err = w.Bookings.Move(t.Context(), b.ID, idempotency.Key{}, refuse, back)
	if !errors.Is(err, errRefused) {
		t.Errorf("a reversal that the rules refuse: got %v, want %v", err, errRefused)
	}
	same(t, "state", w.load(t, b.ID).State, booking.CancelledByConsumer)
}
