package bookingtest

import (
	"testing"
	"time"

	"corner/booking"
	"corner/event"
	"corner/idempotency"
	"corner/taking"
)

func updateSaves(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	held := s.Held(t, user, Opening, 2, Monday)
	now := Monday.Add(time.Minute + 3*time.Microsecond)
	got, err := w.Bookings.Update(t.Context(), held.ID, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
		same(t, "what change is given", *b, held)
		return b.Confirm(now)
	})
	must(t, "update", err)
	want := held
	want.State, want.Version, want.UpdatedAt = booking.Confirmed, 2, now
	same(t, "what Update returns", got, want)
	same(t, "what Booking reads", w.load(t, held.ID), want)
	same(t, "events", w.lifeOf(t, held), []event.Kind{booking.ConfirmedEvent, booking.HeldEvent})
	same(t, "takings long after the hold would have run out", s.busyAt(t, Monday.AddDate(1, 0, 0)), []taking.Busy{{Slot: held.Slot, N: 2}})

	// A hold may be kept for longer, and its takings with it.
	longer := s.Held(t, user, Opening.Add(time.Hour), 1, Monday)
	later := longer.Expires.Add(time.Hour)
	_, err = w.Bookings.Update(t.Context(), longer.ID, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
		b.Expires, b.UpdatedAt = later, now
		return []event.Event{heldEvent(*b, now)}, nil
	})
	must(t, "keep a hold for longer", err)
	same(t, "takings just before the new end", len(s.busyAt(t, later.Add(-time.Microsecond))), 2)
	same(t, "takings at the new end", len(s.busyAt(t, later)), 1)
}

// busyAt is what is taken of the service at now, of any time.
func (s *Shop) busyAt(t testing.TB, now time.Time) []taking.Busy {
	t.Helper()
	busy, err := s.busy(t, s.Service.ID, Monday.AddDate(0, -1, 0), Monday.AddDate(0, 1, 0), now)
	must(t, "busy", err)
	return busy
}

func updateWithoutEvent(t *testing.T, w World) {
	s := w.Shop(t, 10)
	held := s.Held(t, w.User(t), Opening, 1, Monday)
	_, err := w.Bookings.Update(t.Context(), held.ID, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
		b.State, b.Expires = booking.Confirmed, b.Expires.Add(time.Hour)
		return nil, nil
	})
	must(t, "update", err)
	same(t, "booking", w.load(t, held.ID), held)
	same(t, "takings when the hold has run out", s.busyAt(t, held.Expires), nil)
}

func updateRefused(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	held := s.Held(t, user, Opening, 1, Monday)
	k := key(t, string(user), "phone-2", string(held.ID))
	_, err := w.Bookings.Update(t.Context(), held.ID, k, func(b *booking.Booking) ([]event.Event, error) {
		events, _ := b.Confirm(Monday)
		return events, errRefused
	})
	wantErr(t, "update", err, errRefused)
	same(t, "booking", w.load(t, held.ID), held)
	same(t, "events", w.lifeOf(t, held), []event.Kind{booking.HeldEvent})
	_, err = w.Bookings.Update(t.Context(), held.ID, k, confirm(Monday))
	must(t, "the same call, with the same key, once it is not refused", err)
	same(t, "state", w.load(t, held.ID).State, booking.Confirmed)

	// An event that cannot be stored takes the change back with it.
	other := s.Held(t, user, Opening, 1, Monday)
	_, err = w.Bookings.Update(t.Context(), other.ID, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
		events, err := b.Confirm(Monday)
		return append(events, events...), err
	})
	if err == nil {
		t.Errorf("one event twice: got no error, want one")
	}
	same(t, "booking whose events cannot be stored", w.load(t, other.ID), other)
	same(t, "its events", w.lifeOf(t, other), []event.Kind{booking.HeldEvent})
	same(t, "its takings when it has run out", len(s.busyAt(t, other.Expires)), 1) // of the other one
}

func updateRepeats(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	held, other := s.Held(t, user, Opening, 1, Monday), s.Held(t, user, Opening, 1, Monday)
	k := key(t, string(user), "phone-2", string(held.ID))
	first, err := w.Bookings.Update(t.Context(), held.ID, k, confirm(Monday))
	must(t, "the first call", err)
	never := func(*booking.Booking) ([]event.Event, error) {
		t.Error("change was called for a repeat")
		return nil, nil
	}
	got, err := w.Bookings.Update(t.Context(), held.ID, k, never)
	must(t, "the repeat", err)
	same(t, "what a repeat returns", got, first)
	_, err = w.Bookings.Update(t.Context(), other.ID, key(t, string(user), "phone-2", string(other.ID)), never)
	wantErr(t, "the key with other input", err, idempotency.ErrReused)
	same(t, "the other booking", w.load(t, other.ID), other)

	// A call that changed nothing went well, and its repeat does too.
	idle := key(t, string(user), "phone-3", string(held.ID))
	for range 2 {
		got, err = w.Bookings.Update(t.Context(), held.ID, idle, confirm(Monday))
		must(t, "confirm what is confirmed", err)
		same(t, "booking", got, first)
	}
}

func rivalsUpdate(t *testing.T, w World) {
	const rivals = 24
	s, user := w.Shop(t, 10), w.User(t)
	held := s.Held(t, user, Opening, 1, Monday)
	errs := make([]error, rivals)
	race(rivals, func(i int) {
		_, errs[i] = w.Bookings.Update(t.Context(), held.ID, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
			b.Expires = b.Expires.Add(time.Second)
			return []event.Event{heldEvent(*b, Monday)}, nil
		})
	})
	same(t, "outcomes", count(errs, refusals), map[string]int{"": rivals})
	got := w.load(t, held.ID)
	same(t, "version", got.Version, int64(1+rivals))
	same(t, "sum of what all added", got.Expires, held.Expires.Add(rivals*time.Second))
	same(t, "events", len(w.events(t, user)), 1+rivals)
}

func updateGivesBack(t *testing.T, w World) {
	s, user := w.Shop(t, 1), w.User(t)
	boss := s.Staff(s.Owner, 3)
	for name, end := range map[string]func(*booking.Booking) ([]event.Event, error){
		"cancelled by the consumer": func(b *booking.Booking) ([]event.Event, error) { return b.Cancel(As(user), Monday) },
		"cancelled by the merchant": func(b *booking.Booking) ([]event.Event, error) { return b.Cancel(boss, Monday) },
		"lapsed":                    func(b *booking.Booking) ([]event.Event, error) { return b.Lapse(b.Expires), nil },
	} {
		b := s.Held(t, user, Opening, 1, Monday)
		got, err := w.Bookings.Update(t.Context(), b.ID, idempotency.Key{}, end)
		must(t, name, err)
		same(t, name+": version", got.Version, int64(2))
		same(t, name+": takings", s.rows(t), nil)
	}
	firm := s.Confirmed(t, user, Opening, 1, Monday)
	_, err := w.Bookings.Update(t.Context(), firm.ID, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
		return b.Consume("vis_1", boss, Monday)
	})
	must(t, "consume", err)
	same(t, "the visit of a consumed booking", w.load(t, firm.ID).Visit, "vis_1")
	same(t, "takings of a consumed booking", s.rows(t), []taking.Busy{{Slot: firm.Slot, N: 1}})
}

// updateTooLate: the clock of who confirms is behind, so that for it the hold lives.
func updateTooLate(t *testing.T, w World) {
	s, user := w.Shop(t, 1), w.User(t)
	held := s.Held(t, user, Opening, 1, Monday)
	_, err := w.Desk(held.Expires).Hold(t.Context(), As(w.User(t)), s.Request(Opening, 1), idempotency.Key{})
	must(t, "a rival's hold when the first has run out", err)
	k := key(t, string(user), "phone-2", string(held.ID))
	for range 2 {
		_, err = w.Bookings.Update(t.Context(), held.ID, k, confirm(held.Expires.Add(-time.Microsecond)))
		wantErr(t, "confirm a hold whose seats are gone", err, booking.ErrLapsed)
	}
	same(t, "booking", w.load(t, held.ID), held)
	same(t, "events", w.lifeOf(t, held), []event.Kind{booking.HeldEvent})
	same(t, "takings", most(s.rows(t)), 1)
	_, err = w.Bookings.Update(t.Context(), held.ID, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
		return b.Lapse(held.Expires), nil
	})
	must(t, "lapse", err)
	same(t, "the rival's takings after the sweep", most(s.rows(t)), 1)
}

// Request asks the shop for its service.
func (s *Shop) Request(start time.Time, party int) booking.Request {
	return booking.Request{Service: s.Service.ID, Start: start, Party: party}
}
