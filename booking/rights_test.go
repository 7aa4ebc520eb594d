package booking_test

import (
	"errors"
	"testing"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/catalog"
	"corner/idempotency"
	"corner/identity"
)

// TestRights is who may do what with one confirmed booking at one shop.
func TestRights(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, elsewhere := w.Shop(t, 1000), w.Shop(t, 1)
	draft := placeLike(t, w, func(p *catalog.Place) { p.State = catalog.Drafted })
	consumer := w.User(t)
	desk, ctx := w.Desk(bookingtest.Monday), t.Context()
	stateless := func(_ any, err error) error { return err }

	actors := []struct {
		name  string
		actor identity.Actor
	}{
		{"anonymous", identity.Actor{}},
		{"stranger", bookingtest.As(w.User(t))},
		{"consumer", bookingtest.As(consumer)},
		{"counter", s.Staff(w.User(t), identity.Counter)},
		{"manager", s.Staff(w.User(t), identity.Manager)},
		{"owner", s.Staff(s.Owner, identity.Owner)},
		{"owner of another", elsewhere.Staff(elsewhere.Owner, identity.Owner)},
	}
	var (
		signIn error = identity.ErrUnauthenticated
		gone   error = booking.ErrNotFound
		hidden error = catalog.ErrServiceNotFound
		no     error // it is allowed
	)
	for _, m := range []struct {
		name string
		call func(a identity.Actor, id booking.ID) error
		want [7]error // in the order of actors
	}{
		{"Slots", func(a identity.Actor, _ booking.ID) error {
			_, _, err := desk.Slots(ctx, a, s.Service.ID, bookingtest.Opening, bookingtest.Opening.AddDate(0, 0, 1), 1)
			return err
		}, [7]error{no, no, no, no, no, no, no}},
		{"Slots of a draft", func(a identity.Actor, _ booking.ID) error {
			_, _, err := desk.Slots(ctx, a, draft.Service, bookingtest.Opening, bookingtest.Opening.AddDate(0, 0, 1), 1)
			return err
		}, [7]error{hidden, hidden, hidden, hidden, hidden, hidden, hidden}},
		{"Hold", func(a identity.Actor, _ booking.ID) error {
			return stateless(desk.Hold(ctx, a, s.Request(bookingtest.Opening, 1), idempotency.Key{}))
		}, [7]error{signIn, no, no, no, no, no, no}},
		{"Confirm", func(a identity.Actor, id booking.ID) error {
			return stateless(desk.Confirm(ctx, a, id, idempotency.Key{}))
		}, [7]error{signIn, gone, no, gone, gone, gone, gone}},
		{"Booking", func(a identity.Actor, id booking.ID) error { return stateless(desk.Booking(ctx, a, id)) }, [7]error{signIn, gone, no, no, no, no, gone}},
		{"Bookings", func(a identity.Actor, _ booking.ID) error { return stateless(desk.Bookings(ctx, a, "", 10)) }, [7]error{signIn, no, no, no, no, no, no}},
		{"BookingsAt", func(a identity.Actor, _ booking.ID) error {
			return stateless(desk.BookingsAt(ctx, a, s.Place.ID, bookingtest.Opening, bookingtest.Opening.AddDate(0, 0, 1), "", 10))
		}, [7]error{signIn, catalog.ErrPlaceNotFound, catalog.ErrPlaceNotFound, no, no, no, catalog.ErrPlaceNotFound}},
		{"Code", func(a identity.Actor, id booking.ID) error { return stateless(desk.Code(ctx, a, id)) }, [7]error{signIn, gone, no, gone, gone, gone, gone}},
		{"Cancel", func(a identity.Actor, id booking.ID) error { return stateless(desk.Cancel(ctx, a, id)) }, [7]error{signIn, gone, no, gone, no, no, gone}},
	} {
		for i, a := range actors {
			b := s.Confirmed(t, consumer, bookingtest.Opening, 1, bookingtest.Monday)
			err := m.call(a.actor, b.ID)
			if want := m.want[i]; !errors.Is(err, want) || (err == nil) != (want == nil) {
				t.Errorf("%s by %s: got %v, want %v", m.name, a.name, err, want)
			}
			// Not yours and not there are one answer.
			for _, id := range []booking.ID{"", "bkg_1", "' OR ''='", "bkg_00000000000000000000000000"} {
				if err := m.call(a.actor, id); errors.Is(m.want[i], gone) && !errors.Is(err, gone) {
					t.Errorf("%s of %q by %s: got %v, want %v", m.name, id, a.name, err, gone)
				}
			}
		}
	}
}

func TestBookingsAreOnesOwn(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	b := s.Held(t, user, bookingtest.Opening, 1, bookingtest.Monday)
	s.Held(t, w.User(t), bookingtest.Opening, 1, bookingtest.Monday)
	list, err := w.Desk(b.Expires).Bookings(t.Context(), bookingtest.As(user), "", 10)
	if err != nil {
		t.Fatal(err)
	}
	b.State = booking.Lapsed // as it stands then, though nobody wrote it down
	same(t, "bookings", list, []booking.Booking{b})
}

func TestWhoCancelled(t *testing.T) {
	t.Parallel()
	w := world(t)
	s := w.Shop(t, 10)
	boss := s.Staff(s.Owner, identity.Owner)
	for _, c := range []struct {
		consumer identity.UserID
		want     booking.State
	}{
		{w.User(t), booking.CancelledByMerchant},
		{s.Owner, booking.CancelledByConsumer}, // the owner's own lunch
	} {
		b := s.Confirmed(t, c.consumer, bookingtest.Opening, 1, bookingtest.Monday)
		got, err := w.Desk(bookingtest.Monday).Cancel(t.Context(), boss, b.ID)
		if err != nil || got.State != c.want {
			t.Errorf("cancelled by the owner: got %s, %v; want %s", got.State, err, c.want)
		}
		again, err := w.Desk(bookingtest.Monday).Cancel(t.Context(), boss, b.ID)
		if err != nil || again.Version != got.Version {
			t.Errorf("cancelled again: got version %d, %v; want %d", again.Version, err, got.Version)
		}
	}
}
