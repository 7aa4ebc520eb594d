package visitstest

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/uid"
	"corner/visits"
)

// World is the stores of one database.
type World struct {
	bookingtest.World

	Visits visits.Store
}

// Routes is how the database of a World must be routed.
func Routes() event.Routes {
	routes := bookingtest.Routes()
	routes[visits.ConfirmedEvent] = []event.Consumer{bookingtest.Watcher}
	return routes
}

// Store tests one implementation. open makes an empty World, which all parts share,
// and closes it with t.Cleanup.
func Store(t *testing.T, open func(t *testing.T) World) {
	t.Helper()
	w := open(t)
	for name, part := range map[string]func(t *testing.T, w World){
		"confirm stores visit, booking and events":    confirmStoresAll,
		"confirm stores nothing when refused":         confirmRefused,
		"confirm stores nothing when it breaks":       confirmBreaks,
		"a booking has one visit":                     oneVisit,
		"confirm knows a repeat":                      confirmRepeats,
		"20 confirmations at once":                    rivalsConfirm,
		"20 confirmations at once with one key":       rivalsWithOneKey,
		"confirmation and cancellation at once":       confirmOrCancel,
		"bookings and visits that are not there":      notThere,
		"only what is confirmed is consumed, if late": confirmStates,
		"a visit that needs no booking":               walkIn,
		"a user's visits, newest first, in pages":     visitsOf,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, w)
		})
	}
}

// Confirming is a confirmation of staff, at the moment of bookingtest.Monday.
func Confirming(staff identity.Actor) func(b *booking.Booking) (visits.Visit, []event.Event, error) {
	now := bookingtest.Monday
	return func(b *booking.Booking) (visits.Visit, []event.Event, error) {
		v := visits.Visit{
			ID: visits.ID(
				uid.New("vis", now),
			),
			Source:    visits.OfBooking(b.ID),
			User:      b.User,
			Merchant:  b.Merchant,
			Place:     b.Place,
			Service:   b.Service,
			Party:     b.Party,
			Price:     b.Price,
			Code:      b.Ref + "ABCDE",
			Staff:     staff.User,
			Confirmed: now,
		}
		events, err := b.Consume(string(v.ID), staff, now)
		return v, append(events, event.New(visits.ConfirmedEvent, string(v.ID), "", string(staff.User), now)), err
	}
}

// Visited is the visit of a user to the shop.
func (w World) Visited(t testing.TB, s *bookingtest.Shop, user identity.UserID) visits.Visit {
	t.Helper()
	b := s.Confirmed(t, user, bookingtest.Opening, 1, bookingtest.Monday)
	v, err := w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), idempotency.Key{}, Confirming(s.Staff(s.Owner, identity.Owner)))
	must(t, "confirm a visit", err)
	return v
}

// kindsOf is the kinds of what the Watcher was kindsOf of these subjects.
func (w World) kindsOf(t testing.TB, subjects ...string) []event.Kind {
	t.Helper()
	list := w.Leased(t)
	var all []event.Kind
	for _, d := range list {
		if slices.Contains(subjects, d.Subject) {
			all = append(all, d.Kind)
		}
	}
	slices.Sort(all)
	return all
}

func race(n int, run func(i int)) {
	var all sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-gate
			run(i)
		})
	}
	close(gate)
	all.Wait()
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func wantErr(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

func must(t testing.TB, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func key(t testing.TB, owner identity.UserID, input string) idempotency.Key {
	t.Helper()
	k, err := idempotency.New(string(owner), "phone-1", "visitstest", input)
	must(t, "make a key", err)
	return k
}
