package bookingtest

import (
	"cmp"
	"errors"
	"slices"
	"testing"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/taking"
	"corner/uid"
)

func holdStoresAll(t *testing.T, w World) {
	s := w.Shop(t, 10)
	// Odd microseconds, and a slot that begins between two of them.
	b := s.Draft(w.User(t), Opening.Add(7*time.Microsecond), 3, Monday.Add(time.Microsecond))
	b.Buffers = catalog.Buffers{Before: 5 * time.Minute, After: 10 * time.Minute}
	e := event.New(booking.HeldEvent, string(b.ID), "", string(b.User), b.CreatedAt)
	got, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, idempotency.Key{}, e)
	must(t, "hold", err)
	same(t, "what Hold returns", got, b)
	same(t, "what Booking reads", w.load(t, b.ID), b)
	byRef, err := w.Bookings.ByRef(t.Context(), b.Ref)
	must(t, "by ref", err)
	same(t, "what ByRef reads", byRef, b)
	same(t, "takings", s.rows(t), []taking.Busy{{Slot: b.Slot.Around(b.Buffers), N: 3}})
	same(t, "events", w.eventsOf(t, b.User), []event.Event{e})
}

func holdShowsStanding(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	other := *s
	other.Service = s.AddService(t, 10)
	hour := s.Service.Duration
	now := Monday.Add(time.Hour)
	firm := s.Confirmed(t, w.User(t), Opening, 2, Monday)
	live := s.Held(t, user, Opening.Add(30*time.Minute), 3, now.Add(-HoldFor+time.Microsecond)) // a microsecond to go
	s.Held(t, user, Opening.Add(15*time.Minute), 4, now.Add(-HoldFor))                          // over at this very moment
	s.Held(t, user, Opening.Add(-hour), 1, now)                                                 // ends as the slot begins
	s.Held(t, user, Opening.Add(hour), 1, now)                                                  // begins as it ends
	other.Held(t, user, Opening, 5, now)
	s.Held(t, w.User(t), Opening.Add(2*hour), 6, now) // somebody else's

	mine, asked := taking.Mine{}, map[taking.Ref]taking.Standing{}
	b := s.Draft(user, Opening, 1, now)
	seats, limit := b.Takes[0].Ref, taking.PerPersonRef(s.Service.ID, user)
	b.Takes = append(b.Takes, taking.Taking{Ref: limit, N: 1})
	rules := taking.Rules{
		Mine: func(m taking.Mine) error { mine = m; return nil },
		Take: func(of taking.Taking, st taking.Standing) error { asked[of.Ref] = st; return nil },
	}
	_, err := w.Bookings.Hold(t.Context(), b, rules, idempotency.Key{}, heldEvent(b, now))
	must(t, "hold", err)
	same(t, "what the user has", mine, taking.Mine{Holds: 4, Open: 4, Overlapping: 2})
	slices.SortFunc(asked[seats].Busy, func(a, b taking.Busy) int { return cmp.Compare(a.N, b.N) })
	same(t, "what stands of each ref", asked, map[taking.Ref]taking.Standing{
		seats: {Ref: seats, Busy: []taking.Busy{{Slot: firm.Slot, N: 2}, {Slot: live.Slot, N: 3}}},
		limit: {Ref: limit},
	})
	for _, row := range s.rows(t) {
		if row.N == 4 {
			t.Errorf("the taking %v that had run out is still stored, want it forgotten", row)
		}
	}
}

var errRefused = errors.New("refused by the test")

// refuse is rules that let nobody take anything.
var refuse = taking.Rules{Take: func(taking.Taking, taking.Standing) error { return errRefused }}

func holdRefused(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	old := s.Held(t, user, Opening, 2, Monday)
	now := Monday.Add(time.Hour)
	b, k := s.Draft(user, Opening, 1, now), key(t, string(user), "phone-1", "in")
	_, err := w.Bookings.Hold(t.Context(), b, refuse, k, heldEvent(b, now))
	wantErr(t, "a refused hold", err, errRefused)
	_, err = w.Bookings.Booking(t.Context(), b.ID)
	wantErr(t, "the refused booking", err, booking.ErrNotFound)
	same(t, "events", w.events(t, user), []string{line(booking.HeldEvent, old.ID)})
	same(t, "takings, run out ones included", s.rows(t), []taking.Busy{{Slot: old.Slot, N: 2}})
	got, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, k, heldEvent(b, now))
	must(t, "the same call, with the same key, once it is admitted", err)
	same(t, "booking", got.ID, b.ID)
}

func holdBreaks(t *testing.T, w World) {
	s := w.Shop(t, 10)
	stranger := s.Draft("usr_00000000000000000000000000", Opening, 1, Monday)
	b := s.Draft(w.User(t), Opening, 1, Monday)
	b.Takes = append(b.Takes, b.Takes[0]) // the same twice has no place in the tables
	for name, b := range map[string]booking.Booking{"of a user who is not there": stranger, "with a taking twice": b} {
		k := key(t, string(b.User), "phone-1", "in")
		got, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, k, heldEvent(b, Monday))
		if err == nil {
			t.Fatalf("hold %s: got %+v, want an error", name, got)
		}
		_, err = w.Bookings.Booking(t.Context(), b.ID)
		wantErr(t, "the booking "+name, err, booking.ErrNotFound)
	}
	same(t, "events", w.events(t, stranger.User, b.User), nil)
	same(t, "takings", s.rows(t), nil)
	b.Takes = b.Takes[:1]
	if _, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, key(t, string(b.User), "phone-1", "in"), heldEvent(b, Monday)); err != nil {
		t.Errorf("the key of a call that broke: got %v, want it free", err)
	}
}

func holdRepeats(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	first := s.Draft(user, Opening, 1, Monday)
	k := key(t, string(user), "phone-1", "in")
	_, err := w.Bookings.Hold(t.Context(), first, taking.Rules{}, k, heldEvent(first, Monday))
	must(t, "the first call", err)

	later := Monday.Add(time.Hour)
	again := s.Draft(user, Opening, 1, later)
	never := taking.Rules{Mine: func(taking.Mine) error { t.Error("the rules were asked for a repeat"); return errRefused }}
	got, err := w.Bookings.Hold(t.Context(), again, never, k, heldEvent(again, later))
	must(t, "the repeat", err)
	same(t, "what a repeat returns", got, first)
	_, err = w.Bookings.Booking(t.Context(), again.ID)
	wantErr(t, "the repeat's own booking", err, booking.ErrNotFound)

	_, err = w.Bookings.Hold(t.Context(), again, never, key(t, string(user), "phone-1", "other"), heldEvent(again, later))
	wantErr(t, "the key with other input", err, idempotency.ErrReused)
	otherOp := k
	otherOp.Op = "bookingtest.other"
	_, err = w.Bookings.Hold(t.Context(), again, never, otherOp, heldEvent(again, later))
	wantErr(t, "the key for another operation", err, idempotency.ErrReused)
	same(t, "events", w.events(t, user), []string{line(booking.HeldEvent, first.ID)})

	theirs := s.Draft(w.User(t), Opening, 1, later)
	got, err = w.Bookings.Hold(t.Context(), theirs, taking.Rules{}, key(t, string(theirs.User), "phone-1", "in"), heldEvent(theirs, later))
	must(t, "another user's call with the same token", err)
	same(t, "another user's booking", got.ID, theirs.ID)
}

func holdRefTaken(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	first := s.Held(t, user, Opening, 1, Monday)
	b, k := s.Draft(user, Opening, 1, Monday), key(t, string(user), "phone-1", "in")
	b.Ref = first.Ref
	_, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, k, heldEvent(b, Monday))
	wantErr(t, "a ref that another booking has", err, booking.ErrRefTaken)
	same(t, "takings", s.rows(t), []taking.Busy{{Slot: first.Slot, N: 1}})
	same(t, "events", w.events(t, user), []string{line(booking.HeldEvent, first.ID)})
	b.Ref = ref()
	got, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, k, heldEvent(b, Monday))
	must(t, "hold with another ref and the same key", err)
	same(t, "booking", got, b)

	// An id that is taken is a mistake of ours, and no ref.
	b.Ref = ref()
	_, err = w.Bookings.Hold(t.Context(), b, taking.Rules{}, idempotency.Key{}, heldEvent(b, Monday))
	if err == nil || errors.Is(err, booking.ErrRefTaken) {
		t.Errorf("an id that another booking has: got %v, want an error that is not ErrRefTaken", err)
	}
}

func rivalsWithOneKey(t *testing.T, w World) {
	const rivals = 30
	s, user := w.Shop(t, 100), w.User(t)
	k := key(t, string(user), "phone-1", "in")
	ids, errs := make([]booking.ID, rivals), make([]error, rivals)
	race(rivals, func(i int) {
		b := s.Draft(user, Opening, 1, Monday)
		b, errs[i] = w.Bookings.Hold(t.Context(), b, taking.Rules{}, k, heldEvent(b, Monday))
		ids[i] = b.ID
	})
	same(t, "outcomes", count(errs, refusals), map[string]int{"": rivals})
	same(t, "bookings", len(slices.Compact(slices.Sorted(slices.Values(ids)))), 1)
	same(t, "events", w.events(t, user), []string{line(booking.HeldEvent, ids[0])})
	same(t, "takings", len(s.rows(t)), 1)
	list, err := w.Bookings.BookingsOf(t.Context(), user, "", 100)
	must(t, "list", err)
	same(t, "rows", len(list), 1)
}

func notThere(t *testing.T, w World) {
	id := booking.ID(uid.New("bkg", Monday))
	_, err := w.Bookings.Booking(t.Context(), id)
	wantErr(t, "Booking", err, booking.ErrNotFound)
	_, err = w.Bookings.ByRef(t.Context(), "NOTHERE")
	wantErr(t, "ByRef", err, booking.ErrNotFound)
	_, err = w.Bookings.Update(t.Context(), id, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
		t.Errorf("change was called with %+v", b)
		return nil, nil
	})
	wantErr(t, "Update", err, booking.ErrNotFound)
}
