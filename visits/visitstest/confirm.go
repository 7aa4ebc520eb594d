package visitstest

import (
	"errors"
	"testing"
	"time"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/uid"
	"corner/visits"
)

var (
	errRefused = errors.New("refused by the test")
	lifeBefore = []event.Kind{booking.ConfirmedEvent, booking.HeldEvent}
	lifeAfter  = []event.Kind{booking.ConfirmedEvent, booking.ConsumedEvent, booking.HeldEvent, visits.ConfirmedEvent}
)

// booked is a shop with a confirmed booking, and one of its people.
func booked(t *testing.T, w World) (s *bookingtest.Shop, b booking.Booking, staff identity.Actor) {
	t.Helper()
	s = w.Shop(t, 10)
	return s, s.Confirmed(t, w.User(t), bookingtest.Opening, 2, bookingtest.Monday), s.Staff(w.User(t), identity.Counter)
}

func confirmStoresAll(t *testing.T, w World) {
	_, b, staff := booked(t, w)
	var made visits.Visit
	got, err := w.Visits.Confirm(
		t.Context(),
		visits.OfBooking(b.ID),
		idempotency.Key{},
		func(given *booking.Booking) (visits.Visit, []event.Event, error) {
			same(t, "booking that confirm is given", *given, b)
			v, events, err := Confirming(staff)(given)
			v.Confirmed = v.Confirmed.Add(3 * time.Microsecond)
			made = v
			return v, events, err
		},
	)
	must(t, "confirm", err)
	same(t, "what Confirm returns", got, made)
	v, err := w.Visits.Visit(t.Context(), got.ID)
	must(t, "visit", err)
	same(t, "what Visit reads", v, made)
	v, err = w.Visits.VisitOf(t.Context(), b.ID)
	must(t, "visit of the booking", err)
	same(t, "what VisitOf reads", v, made)
	after, err := w.Bookings.Booking(t.Context(), b.ID)
	must(t, "booking", err)
	same(t, "state", after.State, booking.Consumed)
	same(t, "visit of the booking", after.Visit, string(got.ID))
	same(t, "version", after.Version, b.Version+1)
	same(t, "events", w.kindsOf(t, string(b.ID), string(got.ID)), lifeAfter)
}

// nothing checks that the booking has no visit and stands as before.
func nothing(t *testing.T, w World, b booking.Booking) {
	t.Helper()
	_, err := w.Visits.VisitOf(t.Context(), b.ID)
	wantErr(t, "visit", err, visits.ErrNotFound)
	now, err := w.Bookings.Booking(t.Context(), b.ID)
	must(t, "booking", err)
	same(t, "state", now.State, b.State)
	same(t, "version", now.Version, b.Version)
	same(t, "events", w.kindsOf(t, string(b.ID)), lifeBefore)
}

func confirmRefused(t *testing.T, w World) {
	_, b, staff := booked(t, w)
	k := key(t, staff.User, "in")
	_, err := w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), k, func(b *booking.Booking) (visits.Visit, []event.Event, error) {
		v, events, _ := Confirming(staff)(b)
		return v, events, errRefused
	})
	wantErr(t, "confirm", err, errRefused)
	nothing(t, w, b)
	_, err = w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), k, Confirming(staff))
	must(t, "the same call, with the same key, once it is not refused", err)
}

// confirmBreaks: the last statement of all cannot be done, as the one who confirms
// is not there.
func confirmBreaks(t *testing.T, w World) {
	_, b, staff := booked(t, w)
	k := key(t, staff.User, "in")
	ghost := staff
	ghost.User = "usr_00000000000000000000000000"
	if got, err := w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), k, Confirming(ghost)); err == nil {
		t.Errorf("staff that is not there: got visit %+v, want an error", got)
	}
	nothing(t, w, b)
	_, err := w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), k, Confirming(staff))
	must(t, "the same call, with the same key, by somebody who is there", err)
}

func oneVisit(t *testing.T, w World) {
	s, b, staff := booked(t, w)
	first, err := w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), idempotency.Key{}, Confirming(staff))
	must(t, "confirm", err)
	never := func(*booking.Booking) (visits.Visit, []event.Event, error) {
		t.Error("confirm was called for a booking that has its visit")
		return visits.Visit{}, nil, errRefused
	}
	for name, k := range map[string]idempotency.Key{"without a key": {}, "with a new key": key(t, s.Owner, "in")} {
		again, err := w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), k, never)
		must(t, name, err)
		same(t, name, again, first)
	}
	same(t, "events", w.kindsOf(t, string(b.ID), string(first.ID)), lifeAfter)
}

func confirmRepeats(t *testing.T, w World) {
	s, b, staff := booked(t, w)
	other := s.Confirmed(t, w.User(t), bookingtest.Opening, 1, bookingtest.Monday)
	first, err := w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), key(t, staff.User, "in"), Confirming(staff))
	must(t, "confirm", err)
	again, err := w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), key(t, staff.User, "in"), Confirming(staff))
	must(t, "repeat", err)
	same(t, "what a repeat returns", again, first)
	_, err = w.Visits.Confirm(t.Context(), visits.OfBooking(other.ID), key(t, staff.User, "other"), Confirming(staff))
	wantErr(t, "the key with other input", err, idempotency.ErrReused)
	nothing(t, w, other)
}

func confirmStates(t *testing.T, w World) {
	s, b, staff := booked(t, w)
	held := s.Held(t, b.User, bookingtest.Opening, 1, bookingtest.Monday)
	_, err := w.Visits.Confirm(t.Context(), visits.OfBooking(held.ID), idempotency.Key{}, Confirming(staff))
	wantErr(t, "a hold", err, booking.ErrState)
	_, err = w.Desk(bookingtest.Monday).Cancel(t.Context(), bookingtest.As(b.User), b.ID)
	must(t, "cancel", err)
	_, err = w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), idempotency.Key{}, Confirming(staff))
	wantErr(t, "a cancelled booking", err, booking.ErrState)
}

func notThere(t *testing.T, w World) {
	staff := w.Shop(t, 1).Staff(w.User(t), identity.Counter)
	id := booking.ID(uid.New("bkg", bookingtest.Monday))
	_, err := w.Visits.Confirm(t.Context(), visits.OfBooking(id), idempotency.Key{}, Confirming(staff))
	wantErr(t, "Confirm", err, booking.ErrNotFound)
	_, err = w.Visits.VisitOf(t.Context(), id)
	wantErr(t, "VisitOf", err, visits.ErrNotFound)
	_, err = w.Visits.Visit(t.Context(), visits.ID(uid.New("vis", bookingtest.Monday)))
	wantErr(t, "Visit", err, visits.ErrNotFound)
}

// walkIn: the counter records who came without a booking, as often as there are such, and a
// repeat makes no second visit of one.
func walkIn(t *testing.T, w World) {
	s, _, staff := booked(t, w)
	user, now := w.User(t), bookingtest.Monday
	came := func(given *booking.Booking) (visits.Visit, []event.Event, error) {
		if given != nil {
			t.Errorf("confirm is given booking %s, want none", given.ID)
		}
		v := visits.Visit{
			ID: visits.ID(uid.New("vis", now)), Source: visits.WalkIn(), User: user, Merchant: s.Place.Merchant, Place: s.Place.ID,
			Service: s.Service.ID, Party: 1, Price: s.Service.Price, Staff: staff.User, Confirmed: now,
		}
		return v, []event.Event{event.New(visits.ConfirmedEvent, string(v.ID), "", string(staff.User), now)}, nil
	}
	k := key(t, staff.User, "in")
	first, err := w.Visits.Confirm(t.Context(), visits.WalkIn(), k, came)
	must(t, "the first", err)
	read, err := w.Visits.Visit(t.Context(), first.ID)
	must(t, "read it", err)
	same(t, "what Visit reads", read, first)
	same(t, "its booking", read.Source.Booking(), "")
	again, err := w.Visits.Confirm(t.Context(), visits.WalkIn(), k, came)
	must(t, "a repeat", err)
	same(t, "what a repeat returns", again, first)
	second, err := w.Visits.Confirm(t.Context(), visits.WalkIn(), idempotency.Key{}, came)
	must(t, "another one of the same person", err)
	if second.ID == first.ID {
		t.Error("another visit is the first one again")
	}
	same(t, "events", w.kindsOf(t, string(first.ID), string(second.ID)), []event.Kind{visits.ConfirmedEvent, visits.ConfirmedEvent})
	_, err = w.Visits.Confirm(t.Context(), visits.WalkIn(), idempotency.Key{}, func(*booking.Booking) (visits.Visit, []event.Event, error) {
		return visits.Visit{}, nil, errRefused
	})
	wantErr(t, "one that is refused", err, errRefused)
	if _, err := w.Visits.Confirm(t.Context(), visits.Source{Kind: visits.Purchase, ID: "pur_1"}, idempotency.Key{}, came); err == nil {
		t.Error("a visit of a purchase, which nobody keeps yet: got no error, want one")
	}
}

func visitsOf(t *testing.T, w World) {
	s, _, staff := booked(t, w)
	user, other := w.User(t), w.User(t)
	var made []visits.Visit
	for i := range 3 {
		now := bookingtest.Monday.Add(time.Duration(i) * time.Hour)
		v, err := w.Visits.Confirm(t.Context(), visits.WalkIn(), idempotency.Key{}, func(*booking.Booking) (visits.Visit, []event.Event, error) {
			v := visits.Visit{
				ID: visits.ID(uid.New("vis", now)), Source: visits.WalkIn(), User: user, Merchant: s.Place.Merchant, Place: s.Place.ID,
				Service: s.Service.ID, Party: 1, Price: s.Service.Price, Staff: staff.User, Confirmed: now,
			}
			return v, []event.Event{event.New(visits.ConfirmedEvent, string(v.ID), "", string(staff.User), now)}, nil
		})
		must(t, "confirm", err)
		made = append([]visits.Visit{v}, made...)
	}
	first, err := w.Visits.VisitsOf(t.Context(), user, "", 2)
	must(t, "the first page", err)
	same(t, "the first page", first, made[:2])
	second, err := w.Visits.VisitsOf(t.Context(), user, first[1].ID, 2)
	must(t, "the second page", err)
	same(t, "the second page", second, made[2:])
	none, err := w.Visits.VisitsOf(t.Context(), other, "", 2)
	must(t, "somebody else's", err)
	same(t, "how many of somebody else's", len(none), 0)
}
