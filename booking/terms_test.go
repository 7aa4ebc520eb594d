package booking_test

import (
	"errors"
	"testing"
	"time"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/money"
	"corner/taking"
)

// edit changes a service behind the desk's back.
func edit(t *testing.T, s *bookingtest.Shop, change func(*catalog.Service)) {
	t.Helper()
	_, err := s.Catalog.UpdateService(t.Context(), s.Service.ID, func(v *catalog.Service, _ catalog.Seller) ([]event.Event, error) {
		change(v)
		return []event.Event{event.New("bookingtest.aside", "", "", "", bookingtest.Monday)}, nil
	})
	if err != nil {
		t.Fatalf("edit the service: %v", err)
	}
}

// editPlace changes the place of a shop behind the desk's back.
func editPlace(t testing.TB, s *bookingtest.Shop, change func(*catalog.Place)) {
	t.Helper()
	_, err := s.Catalog.UpdatePlace(t.Context(), s.Place.ID, func(p *catalog.Place) ([]event.Event, error) {
		change(p)
		return []event.Event{event.New("bookingtest.aside", "", "", "", bookingtest.Monday)}, nil
	})
	if err != nil {
		t.Fatalf("edit the place: %v", err)
	}
}

// TestTermsStand: a service edited later changes nothing that is held.
func TestTermsStand(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), bookingtest.As(w.User(t))
	desk := w.Desk(bookingtest.Monday)
	held, err := desk.Hold(t.Context(), user, s.Request(bookingtest.Opening, 2), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	edit(t, s, func(v *catalog.Service) {
		v.Price, v.Duration, v.PerPerson = money.Of(9900, "CNY"), 2*time.Hour, 1
		v.Payment, v.Cancellation = catalog.Payment{Kind: catalog.PayPrepaid}, catalog.Cancellation{Fee: 10_000}
	})
	for what, step := range map[string]func() (booking.Booking, error){
		"read":      func() (booking.Booking, error) { return desk.Booking(t.Context(), user, held.ID) },
		"confirmed": func() (booking.Booking, error) { return desk.Confirm(t.Context(), user, held.ID, idempotency.Key{}) },
		"moved": func() (booking.Booking, error) {
			return desk.Reschedule(t.Context(), user, held.ID, bookingtest.Opening.Add(time.Hour), idempotency.Key{})
		},
	} {
		got, err := step()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		same(
			t,
			"terms when "+what,
			got.Terms,
			taking.Terms{Price: money.Of(5600, "CNY"), Payment: s.Service.Payment, Cancellation: s.Service.Cancellation},
		)
		same(t, "takings when "+what, got.Takes, []taking.Taking{{Ref: taking.SeatsOf(s.Service.ID), N: 2}})
		same(t, "length when "+what, got.Slot.End.Sub(got.Slot.Start), time.Hour)
	}
}

// TestPerPersonLimit: at most so many open bookings of a service a person.
func TestPerPersonLimit(t *testing.T) {
	t.Parallel()
	w := world(t)
	s := w.Shop(t, 1000)
	edit(t, s, func(v *catalog.Service) { v.PerPerson = 2 })
	user, now := bookingtest.As(w.User(t)), bookingtest.Monday
	hold := func(at time.Time, party int) (booking.Booking, error) {
		return w.Desk(now).Hold(t.Context(), user, s.Request(at, party), idempotency.Key{})
	}
	first, err := hold(bookingtest.Opening, 5)
	wantErr(t, "the first, of five people", err, nil)
	_, err = hold(bookingtest.Opening, 1)
	wantErr(t, "the second", err, nil)
	_, err = hold(bookingtest.Opening.Add(24*time.Hour), 1)
	wantErr(t, "the third, on another day", err, booking.ErrTooManyOpen)
	_, err = w.Desk(now).Hold(t.Context(), bookingtest.As(w.User(t)), s.Request(bookingtest.Opening, 1), idempotency.Key{})
	wantErr(t, "somebody else's", err, nil)

	_, err = w.Desk(now).Confirm(t.Context(), user, first.ID, idempotency.Key{})
	wantErr(t, "confirm the first", err, nil)
	now = now.Add(bookingtest.HoldFor) // the second has run out, and nobody has swept
	third, err := hold(bookingtest.Opening.Add(time.Hour), 1)
	wantErr(t, "after the second ran out", err, nil)
	_, err = hold(bookingtest.Opening, 1)
	wantErr(t, "one confirmed and one held", err, booking.ErrTooManyOpen)
	_, err = w.Desk(now).Cancel(t.Context(), user, third.ID)
	wantErr(t, "cancel", err, nil)
	third, err = hold(bookingtest.Opening, 1)
	wantErr(t, "after a cancellation", err, nil)

	// Moving one is not having one more.
	_, err = w.Desk(now).Reschedule(t.Context(), user, third.ID, bookingtest.Opening.Add(2*time.Hour), idempotency.Key{})
	wantErr(t, "move at the limit", err, nil)

	_, err = s.Bookings.Update(t.Context(), first.ID, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
		return b.Consume("vis_1", s.Staff(s.Owner, identity.Counter), now)
	})
	wantErr(t, "come", err, nil)
	_, err = hold(bookingtest.Opening.Add(time.Hour), 1)
	wantErr(t, "after a visit", err, nil)
	now = now.Add(3 * 24 * time.Hour)
	_, err = hold(bookingtest.Opening.Add(4*24*time.Hour), 1)
	wantErr(t, "when the time of all is over", err, nil)
}

// TestPerPersonRivals: one person on many phones does not slip past the limit.
func TestPerPersonRivals(t *testing.T) {
	t.Parallel()
	const phones, limit = 16, 3
	w := world(t)
	s, user := w.Shop(t, 1000), bookingtest.As(w.User(t))
	edit(t, s, func(v *catalog.Service) { v.PerPerson = limit })
	errs := make(chan error, phones)
	for i := range phones {
		go func() {
			_, err := w.Desk(bookingtest.Monday).
				Hold(t.Context(), user, s.Request(bookingtest.Opening.Add(time.Duration(i)*time.Hour), 1), idempotency.Key{})
			errs <- err
		}()
	}
	held := 0
	for range phones {
		if err := <-errs; err == nil {
			held++
		} else {
			wantErr(t, "a hold over the limit", err, booking.ErrTooManyOpen)
		}
	}
	same(t, "holds", held, limit)
}

func TestReschedule(t *testing.T) {
	t.Parallel()
	w := world(t)
	s := w.Shop(t, 2)
	user, other, now := bookingtest.As(w.User(t)), bookingtest.As(w.User(t)), bookingtest.Monday
	desk := w.Desk(now)
	later := bookingtest.Opening.Add(2 * time.Hour)
	mine := s.Confirmed(t, user.User, bookingtest.Opening, 2, now)
	theirs := s.Confirmed(t, other.User, later, 1, now)
	for _, c := range []struct {
		what  string
		actor identity.Actor
		to    time.Time
		want  error
	}{
		{"to where too few seats are left", user, later, booking.ErrSlotTaken},
		{"to a time that overlaps its own", user, bookingtest.Opening.Add(30 * time.Minute), nil},
		{"to where it is", user, bookingtest.Opening.Add(30 * time.Minute), nil},
		{"to no start", user, later.Add(time.Minute), booking.ErrNotASlot},
		{"to the past", user, now.Add(-time.Hour), booking.ErrPast},
		{"by somebody else", other, bookingtest.Opening, booking.ErrNotFound},
		{"by the counter", s.Staff(w.User(t), identity.Counter), bookingtest.Opening, booking.ErrNotFound},
		{"by a manager", s.Staff(w.User(t), identity.Manager), bookingtest.Opening.Add(24 * time.Hour), nil},
	} {
		got, err := desk.Reschedule(t.Context(), c.actor, mine.ID, c.to, idempotency.Key{})
		wantErr(t, c.what, err, c.want)
		if err == nil && !got.Slot.Start.Equal(c.to) {
			t.Errorf("%s: it starts at %v, want %v", c.what, got.Slot.Start, c.to)
		}
	}
	if _, err := desk.Cancel(t.Context(), other, theirs.ID); err != nil {
		t.Fatal(err)
	}
	moved, err := desk.Reschedule(t.Context(), user, mine.ID, later, idempotency.Key{})
	wantErr(t, "after the other one was cancelled", err, nil)
	same(t, "state", moved.State, booking.Confirmed)
	_, err = desk.Hold(t.Context(), other, s.Request(bookingtest.Opening, 2), idempotency.Key{})
	wantErr(t, "take the time it had", err, nil)
	_, err = desk.Hold(t.Context(), other, s.Request(later, 1), idempotency.Key{})
	wantErr(t, "take the time it has", err, booking.ErrSlotTaken)
	_, err = desk.Reschedule(t.Context(), other, theirs.ID, later, idempotency.Key{})
	wantErr(t, "move what was cancelled", err, booking.ErrState)
}

// TestRescheduleNotBookable: a booking is not moved where nothing new can be booked, not
// even by a manager. It stands, and can be cancelled.
func TestRescheduleNotBookable(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*testing.T, *bookingtest.Shop){
		"a retired service": func(t *testing.T, s *bookingtest.Shop) {
			edit(t, s, func(v *catalog.Service) { v.RetiredAt, v.Bookable = bookingtest.Monday, false })
		},
		"a place that is not published": func(t *testing.T, s *bookingtest.Shop) {
			editPlace(t, s, func(p *catalog.Place) { p.State = catalog.Drafted })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			s, user, now := w.Shop(t, 2), bookingtest.As(w.User(t)), bookingtest.Monday
			desk := w.Desk(now)
			b := s.Confirmed(t, user.User, bookingtest.Opening, 1, now)
			later := bookingtest.Opening.Add(time.Hour)
			key, err := idempotency.New(string(user.User), "move", "test", later)
			if err != nil {
				t.Fatal(err)
			}
			b, err = desk.Reschedule(t.Context(), user, b.ID, later, key)
			wantErr(t, "while it can be booked", err, nil)
			change(t, s)
			for what, actor := range map[string]identity.Actor{"by its consumer": user, "by a manager": s.Staff(w.User(t), identity.Manager)} {
				_, err := desk.Reschedule(t.Context(), actor, b.ID, bookingtest.Opening, idempotency.Key{})
				wantErr(t, what, err, booking.ErrNotBookable)
			}
			again, err := desk.Reschedule(t.Context(), user, b.ID, later, key)
			wantErr(t, "the first move, repeated", err, nil)
			same(t, "what the repeat answers", again, b)
			_, err = desk.Cancel(t.Context(), user, b.ID)
			wantErr(t, "cancel", err, nil)
		})
	}
}

func wantErr(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) || (got == nil) != (want == nil) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}
