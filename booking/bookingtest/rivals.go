package bookingtest

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/taking"
)

func rivalsForSeats(t *testing.T, w World) {
	const rivals, seats = 200, 10
	s, users := w.Shop(t, seats), w.Users(t, rivals)
	desk := w.Desk(Monday)
	errs := make([]error, rivals)
	race(rivals, func(i int) {
		_, errs[i] = desk.Hold(t.Context(), As(users[i]), s.Request(Opening, 1), idempotency.Key{})
	})
	same(t, "outcomes", count(errs, refusals), map[string]int{"": seats, "taken": rivals - seats})
	same(t, "seats taken", most(s.rows(t)), seats)
	same(t, "events", len(w.events(t, users...)), seats)
	for i, err := range errs {
		list, listErr := w.Bookings.BookingsOf(t.Context(), users[i], "", 10)
		must(t, "list", listErr)
		if stored := len(list) == 1; stored != (err == nil) {
			t.Errorf("rival %d got %v, but has %d bookings", i, err, len(list))
		}
	}
}

// rivalsMixed has parties of different sizes want slots that overlap in part. At
// every moment that somebody looks there are no more people than seats.
func rivalsMixed(t *testing.T, w World) {
	const rivals, seats = 200, 10
	s, users := w.Shop(t, seats), w.Users(t, rivals)
	desk := w.Desk(Monday)
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // wishes, the same in every run
	wishes := make([]booking.Request, rivals)
	for i := range wishes {
		wishes[i] = s.Request(Opening.Add(time.Duration(rng.IntN(12))*15*time.Minute), 1+rng.IntN(4))
	}
	stop := make(chan struct{})
	var watcher sync.WaitGroup
	watcher.Go(func() {
		for {
			if n := most(s.rows(t)); n > seats {
				t.Errorf("looking while they came: %d seats taken, want at most %d", n, seats)
			}
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
	errs, parties := make([]error, rivals), make([]int, rivals)
	race(rivals, func(i int) {
		var b booking.Booking
		if b, errs[i] = desk.Hold(t.Context(), As(users[i]), wishes[i], idempotency.Key{}); errs[i] == nil {
			parties[i] = b.Party
		}
	})
	close(stop)
	watcher.Wait()
	got := count(errs, refusals)
	same(t, "outcomes", got[""]+got["taken"], rivals)
	rows, sold, stored := s.rows(t), 0, 0
	for _, n := range parties {
		sold += n
	}
	for _, b := range rows {
		stored += b.N
	}
	same(t, "seats stored as taken", stored, sold)
	same(t, "rows", len(rows), got[""])
	if n := most(rows); n > seats {
		t.Errorf("%d seats taken at one moment, want at most %d", n, seats)
	}
	// Nobody was turned away for nothing: whoever was would be again.
	for i, err := range errs {
		if err != nil {
			_, again := desk.Hold(t.Context(), As(users[i]), wishes[i], idempotency.Key{})
			wantErr(t, "who was turned away asks again", again, booking.ErrSlotTaken)
		}
	}
}

func rivalsConfirm(t *testing.T, w World) {
	const rivals = 50
	s, user := w.Shop(t, 1), w.User(t)
	held := s.Held(t, user, Opening, 1, Monday)
	desk := w.Desk(Monday)
	errs := make([]error, rivals)
	race(rivals, func(i int) {
		k := idempotency.Key{}
		if i%2 == 0 { // half of them are a phone that repeats itself
			k = key(t, string(user), "phone-2", string(held.ID))
		}
		var b booking.Booking
		b, errs[i] = desk.Confirm(t.Context(), As(user), held.ID, k)
		if errs[i] == nil && (b.ID != held.ID || b.State != booking.Confirmed || b.Version != 2) {
			t.Errorf("confirmation %d: got %s %s version %d, want %s confirmed version 2", i, b.ID, b.State, b.Version, held.ID)
		}
	})
	same(t, "outcomes", count(errs, refusals), map[string]int{"": rivals})
	same(t, "events", w.lifeOf(t, held), []event.Kind{booking.ConfirmedEvent, booking.HeldEvent})
	same(t, "takings", s.busyAt(t, Monday.AddDate(1, 0, 0)), []taking.Busy{{Slot: held.Slot, N: 1}})
}

// confirmOrCancel lets both in in either order; cancelled it is in the end.
func confirmOrCancel(t *testing.T, w World) {
	s, user := w.Shop(t, 1), w.User(t)
	desk := w.Desk(Monday)
	for range 10 {
		held := s.Held(t, user, Opening, 1, Monday)
		var confirmed, cancelled error
		race(2, func(i int) {
			if i == 0 {
				_, confirmed = desk.Confirm(t.Context(), As(user), held.ID, idempotency.Key{})
			} else {
				_, cancelled = desk.Cancel(t.Context(), As(user), held.ID)
			}
		})
		must(t, "cancel", cancelled)
		want := []event.Kind{booking.CancelledEvent, booking.ConfirmedEvent, booking.HeldEvent}
		if confirmed != nil {
			wantErr(t, "confirm", confirmed, booking.ErrState)
			want = []event.Kind{booking.CancelledEvent, booking.HeldEvent}
		}
		same(t, "events", w.lifeOf(t, held), want)
		got := w.load(t, held.ID)
		same(t, "state", got.State, booking.CancelledByConsumer)
		same(t, "version", got.Version, int64(len(want)))
		same(t, "takings", s.rows(t), nil)
	}
}

func seatsComeBack(t *testing.T, w World) {
	s, users := w.Shop(t, 10), w.Users(t, 3)
	first, err := w.Desk(Monday).Hold(t.Context(), As(users[0]), s.Request(Opening, 10), idempotency.Key{})
	must(t, "take all seats", err)
	early := w.Desk(first.Expires.Add(-time.Microsecond))
	_, err = early.Hold(t.Context(), As(users[1]), s.Request(Opening, 1), idempotency.Key{})
	wantErr(t, "a microsecond before it runs out", err, booking.ErrSlotTaken)
	open, _, err := early.Slots(t.Context(), As(users[1]), s.Service.ID, Opening, Opening.Add(time.Second), 1)
	must(t, "slots", err)
	same(t, "slots a microsecond before", len(open), 0)

	late := w.Desk(first.Expires)
	open, _, err = late.Slots(t.Context(), As(users[1]), s.Service.ID, Opening, Opening.Add(time.Second), 1)
	must(t, "slots", err)
	same(t, "slots when it has run out", open, []booking.Opening{{Slot: first.Slot, Left: 10}})
	// Nobody sweeps: the row still says held.
	same(t, "state at rest", w.load(t, first.ID).State, booking.Held)
	_, err = late.Hold(t.Context(), As(users[1]), s.Request(Opening, 10), idempotency.Key{})
	must(t, "take all seats again", err)
	_, err = late.Confirm(t.Context(), As(users[0]), first.ID, idempotency.Key{})
	wantErr(t, "confirm what has run out", err, booking.ErrLapsed)
	shown, err := late.Booking(t.Context(), As(users[0]), first.ID)
	must(t, "look", err)
	same(t, "state as shown", shown.State, booking.Lapsed)

	// Also without a rival: the clock alone decides.
	alone, err := late.Hold(t.Context(), As(users[2]), s.Request(Opening.Add(2*time.Hour), 1), idempotency.Key{})
	must(t, "hold", err)
	_, err = w.Desk(alone.Expires).Confirm(t.Context(), As(users[2]), alone.ID, idempotency.Key{})
	wantErr(t, "confirm at the very end", err, booking.ErrLapsed)
	_, err = w.Desk(alone.Expires.Add(-time.Microsecond)).Confirm(t.Context(), As(users[2]), alone.ID, idempotency.Key{})
	must(t, "confirm a microsecond before", err)
}

// neverSoldTwice: a hold runs out while its consumer confirms it at a server whose
// clock is behind, rivals want the seat, and the sweeper comes by.
func neverSoldTwice(t *testing.T, w World) {
	const rivals, rounds = 6, 12
	s, users := w.Shop(t, 1), w.Users(t, rivals+1)
	kept := 0
	for round := range rounds {
		start := Opening.Add(time.Duration(round) * time.Hour)
		held := s.Held(t, users[rivals], start, 1, Monday)
		behind, ahead := w.Desk(held.Expires.Add(-time.Microsecond)), w.Desk(held.Expires.Add(time.Second))
		errs := make([]error, rivals)
		var confirmed, swept error
		race(rivals+2, func(i int) {
			switch i {
			case rivals:
				_, confirmed = behind.Confirm(t.Context(), As(users[rivals]), held.ID, idempotency.Key{})
			case rivals + 1:
				if round%2 == 0 {
					_, swept = ahead.LapseRunOut(t.Context(), 100)
				}
			default:
				_, errs[i] = ahead.Hold(t.Context(), As(users[i]), s.Request(start, 1), idempotency.Key{})
			}
		})
		must(t, "sweep", swept)
		got := count(errs, refusals)
		sold := got[""]
		if confirmed == nil {
			sold, kept = sold+1, kept+1
		} else {
			wantErr(t, "late confirmation", confirmed, booking.ErrLapsed)
		}
		same(t, "times sold", sold, 1)
		same(t, "turned away", got["taken"], rivals-got[""])
		same(t, "seats taken at one moment", most(s.rows(t)), 1)
		same(t, "rows", len(s.rows(t)), round+1)
	}
	t.Logf("the late confirmation came first in %d of %d rounds", kept, rounds)
}

// rivalsForAPlace: once a place is off the map, closed or somebody else's, or a service is off the
// list, nothing comes to it any more, however many want it at that moment; and nothing moves there.
func rivalsForAPlace(t *testing.T, w World) {
	const rivals = 12
	owner := func(s *Shop) identity.Actor { return s.Staff(s.Owner, identity.Owner) }
	for name, c := range map[string]struct {
		end  func(d *booking.Desk, s *Shop) error
		want []error
	}{
		"unpublish": {func(d *booking.Desk, s *Shop) error {
			_, err := d.Catalog.UnpublishPlace(t.Context(), owner(s), s.Place.ID)
			return err
		}, []error{catalog.ErrServiceNotFound, booking.ErrNotBookable}},
		"close": {func(d *booking.Desk, s *Shop) error {
			_, err := d.Catalog.ClosePlace(t.Context(), owner(s), s.Place.ID, s.Place.Version, catalog.Closure{From: 0, Until: catalog.Never})
			return err
		}, []error{booking.ErrNotASlot}},
		"release": {func(d *booking.Desk, s *Shop) error {
			_, err := d.Catalog.ReleasePlace(t.Context(), identity.Actor{User: s.Owner, Operator: true}, s.Place.ID)
			return err
		}, []error{booking.ErrNotBookable}},
		"retire": {func(d *booking.Desk, s *Shop) error {
			_, err := d.Catalog.RetireService(t.Context(), owner(s), s.Service.ID, s.Service.Version)
			return err
		}, []error{booking.ErrNotBookable}},
	} {
		for range 4 {
			s, users := w.Shop(t, 1_000), w.Users(t, rivals)
			desk := w.Desk(Monday)
			moved := make([]booking.Booking, rivals)
			for i := range moved {
				moved[i] = s.Confirmed(t, users[i], Opening, 1, Monday)
			}
			held := func() (starts []time.Time) {
				list, err := w.Bookings.BookingsAt(t.Context(), s.Place.ID, Opening, Opening.AddDate(0, 0, 1), "", 500)
				must(t, name+": list", err)
				for i := range list {
					starts = append(starts, list[i].Slot.Start)
				}
				return starts
			}
			var before []time.Time
			errs := make([]error, rivals)
			race(rivals, func(i int) {
				switch {
				case i == rivals/2:
					must(t, name, c.end(desk, s))
					before = held()
				case i%2 == 0:
					_, errs[i] = desk.Hold(t.Context(), As(users[i]), s.Request(Opening.Add(time.Hour), 1), idempotency.Key{})
				default:
					_, errs[i] = desk.Reschedule(t.Context(), As(users[i]), moved[i].ID, Opening.Add(2*time.Hour), idempotency.Key{})
				}
			})
			for _, err := range errs {
				if err != nil && !slices.ContainsFunc(c.want, func(want error) bool { return errors.Is(err, want) }) {
					t.Errorf("%s: a rival got %v, want nothing or one of %v", name, err, c.want)
				}
			}
			same(t, name+": what was there then is all there is", held(), before)
		}
	}
}
