package visitstest

import (
	"testing"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/idempotency"
	"corner/identity"
	"corner/visits"
)

const rivals = 20

func rivalsConfirm(t *testing.T, w World) {
	s, b, _ := booked(t, w)
	staff := w.Users(t, rivals)
	manyConfirm(t, w, b, func(i int) (visits.Visit, error) {
		k := idempotency.Key{}
		if i%2 == 0 {
			k = key(t, staff[i], "in")
		}
		return w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), k, Confirming(s.Staff(staff[i], identity.Counter)))
	})
}

func rivalsWithOneKey(t *testing.T, w World) {
	_, b, staff := booked(t, w)
	k := key(t, staff.User, "in")
	manyConfirm(t, w, b, func(int) (visits.Visit, error) {
		return w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), k, Confirming(staff))
	})
}

// manyConfirm checks that all get the one visit.
func manyConfirm(t *testing.T, w World, b booking.Booking, confirm func(i int) (visits.Visit, error)) {
	t.Helper()
	got, errs := make([]visits.Visit, rivals), make([]error, rivals)
	race(rivals, func(i int) { got[i], errs[i] = confirm(i) })
	want, err := w.Visits.VisitOf(t.Context(), b.ID)
	must(t, "visit of the booking", err)
	for i := range rivals {
		must(t, "confirm", errs[i])
		same(t, "visit", got[i], want)
	}
	subjects := []string{string(b.ID)}
	for _, v := range got {
		subjects = append(subjects, string(v.ID))
	}
	same(t, "events", w.kindsOf(t, subjects...), lifeAfter)
}

// confirmOrCancel: who comes second is told that the state does not allow it.
func confirmOrCancel(t *testing.T, w World) {
	s, _, staff := booked(t, w)
	user := w.User(t)
	desk := w.Desk(bookingtest.Monday)
	for range 10 {
		b := s.Confirmed(t, user, bookingtest.Opening, 1, bookingtest.Monday)
		var confirmed, cancelled error
		race(2, func(i int) {
			if i == 0 {
				_, confirmed = w.Visits.Confirm(t.Context(), visits.OfBooking(b.ID), idempotency.Key{}, Confirming(staff))
			} else {
				_, cancelled = desk.Cancel(t.Context(), bookingtest.As(user), b.ID)
			}
		})
		want, second := booking.Consumed, cancelled
		if confirmed != nil {
			want, second = booking.CancelledByConsumer, confirmed
		}
		wantErr(t, "who came second", second, booking.ErrState)
		got, err := w.Bookings.Booking(t.Context(), b.ID)
		must(t, "booking", err)
		same(t, "state", got.State, want)
		_, err = w.Visits.VisitOf(t.Context(), b.ID)
		if visited := err == nil; visited != (want == booking.Consumed) {
			t.Errorf("booking is %s: got a visit %v, want %v", want, visited, !visited)
		}
	}
}
