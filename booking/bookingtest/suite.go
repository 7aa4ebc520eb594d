package bookingtest

import (
	"cmp"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/taking"
)

// Store tests one implementation. open makes an empty World and closes it with
// t.Cleanup. It is called a few times: making a database is slow, so all parts share
// one, but for those that sweep, as these would sweep the others' holds.
func Store(t *testing.T, open func(t *testing.T) World) {
	t.Helper()
	shared := open(t)
	for name, part := range parts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, shared)
		})
	}
	for name, part := range sweepers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, open(t))
		})
	}
}

var (
	parts = map[string]func(t *testing.T, w World){
		"hold stores the whole booking":               holdStoresAll,
		"hold shows what stands":                      holdShowsStanding,
		"hold stores nothing when refused":            holdRefused,
		"hold stores nothing when it breaks":          holdBreaks,
		"hold knows a repeat":                         holdRepeats,
		"hold does not take a ref twice":              holdRefTaken,
		"rivals with one key make one booking":        rivalsWithOneKey,
		"update saves booking, takings and events":    updateSaves,
		"update saves nothing without an event":       updateWithoutEvent,
		"update saves nothing after an error":         updateRefused,
		"update knows a repeat":                       updateRepeats,
		"rivals update one after the other":           rivalsUpdate,
		"update gives seats back":                     updateGivesBack,
		"update does not keep what others have taken": updateTooLate,
		"busy is what overlaps and has not run out":   busyTells,
		"bookings of a user, newest first":            bookingsOfPages,
		"bookings of a place, by start":               bookingsAtPages,
		"what is ahead of a place":                    aheadAt,
		"rivals for a place that ends":                rivalsForAPlace,
		"bookings of a user while some are made":      bookingsOfUnderWrites,
		"ids and refs that are not there":             notThere,
		"200 rivals for 10 seats":                     rivalsForSeats,
		"rivals with mixed parties and starts":        rivalsMixed,
		"50 confirmations at once":                    rivalsConfirm,
		"confirmation and cancellation at once":       confirmOrCancel,
		"seats come back with nobody sweeping":        seatsComeBack,
		"refs named in opposite order":                oppositeOrder,
		"buffers are taken too":                       buffersTaken,
		"a move swaps what is taken":                  moveSwaps,
		"moves and holds for the same seats":          rivalsMove,
		"an ending is reversed":                       reverses,
	}
	sweepers = map[string]func(t *testing.T, w World){
		"run out lists what is over":                   runOutLists,
		"late confirmation, rival and sweeper at once": neverSoldTwice,
		"random lives follow the model":                randomLives,
	}
)

// race starts n goroutines at one instant and waits for all.
func race(n int, run func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			run(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

// count counts errors by what they are; nil under "".
func count(errs []error, kinds map[string]error) map[string]int {
	n := map[string]int{}
	for _, err := range errs {
		n[kindOf(err, kinds)]++
	}
	return n
}

func kindOf(err error, kinds map[string]error) string {
	if err == nil {
		return ""
	}
	for name, kind := range kinds {
		if errors.Is(err, kind) {
			return name
		}
	}
	return "unexpected: " + err.Error()
}

// refusals are the domain's answers that the rivals of this suite may get.
var refusals = map[string]error{
	"taken": booking.ErrSlotTaken, "lapsed": booking.ErrLapsed, "state": booking.ErrState,
	"many": booking.ErrTooManyHolds, "missing": booking.ErrNotFound, "reused": idempotency.ErrReused,
}

// leasing lets one part of a suite look at a time: a lease leaves out what another one is
// leasing at that moment.
var leasing sync.Mutex

// Leased is everything that waits for the Watcher, of all parts that share the World.
func (w World) Leased(t testing.TB) []event.Delivery {
	t.Helper()
	leasing.Lock()
	defer leasing.Unlock()
	list, err := w.Outbox.Lease(t.Context(), Watcher, Monday.AddDate(10, 0, 0), 10_000, 0)
	must(t, "lease the events", err)
	return list
}

// eventsOf is what the Watcher was eventsOf that these people did.
func (w World) eventsOf(t testing.TB, users ...identity.UserID) []event.Event {
	t.Helper()
	// Leased until the moment of leasing, they can be leased again.
	list := w.Leased(t)
	var all []event.Event
	for _, d := range list {
		if slices.Contains(users, identity.UserID(d.Actor)) {
			all = append(all, d.Event)
		}
	}
	return all
}

// events is told as "kind subject", in no order of time.
func (w World) events(t testing.TB, users ...identity.UserID) []string {
	t.Helper()
	var all []string
	for _, e := range w.eventsOf(t, users...) {
		all = append(all, line(e.Kind, e.Subject))
	}
	slices.Sort(all)
	return all
}

// lifeOf is the kinds of what was told of one booking.
func (w World) lifeOf(t testing.TB, b booking.Booking) []event.Kind {
	t.Helper()
	var all []event.Kind
	for _, e := range w.eventsOf(t, b.User) {
		if e.Subject == string(b.ID) {
			all = append(all, e.Kind)
		}
	}
	slices.Sort(all)
	return all
}

func line[A, B ~string](kind A, subject B) string { return string(kind) + " " + string(subject) }

// load is a booking as it is stored.
func (w World) load(t testing.TB, id booking.ID) booking.Booking {
	t.Helper()
	b, err := w.Bookings.Booking(t.Context(), id)
	must(t, "load a booking", err)
	return b
}

// rows is all that is stored as taken of the shop's service, run out or not.
func (s *Shop) rows(t testing.TB) []taking.Busy {
	t.Helper()
	// At the zero time nothing has run out yet.
	busy, err := s.busy(t, s.Service.ID, Monday.AddDate(0, -1, 0), Monday.AddDate(0, 1, 0), time.Time{})
	must(t, "read what is taken", err)
	slices.SortFunc(busy, func(a, b taking.Busy) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.N, b.N)) })
	return busy
}

// most is the most seats taken at one moment, counted at every start.
func most(busy []taking.Busy) int {
	top := 0
	for _, at := range busy {
		n := 0
		for _, b := range busy {
			if !b.Start.After(at.Start) && at.Start.Before(b.End) {
				n += b.N
			}
		}
		top = max(top, n)
	}
	return top
}

// busy is what is taken of a service, by everybody.
func (s *Shop) busy(t testing.TB, id catalog.ServiceID, from, to, now time.Time) ([]taking.Busy, error) {
	t.Helper()
	seats := taking.SeatsOf(id)
	busy, err := s.Bookings.Busy(t.Context(), []taking.Ref{seats}, from, to, now)
	return busy[seats], err
}

func same[T any](t testing.TB, what string, got, want T, opts ...gocmp.Option) {
	t.Helper()
	if diff := gocmp.Diff(want, got, opts...); diff != "" {
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

func second[T any](_ T, err error) error { return err }

func key(t testing.TB, owner, token, input string) idempotency.Key {
	t.Helper()
	k, err := idempotency.New(owner, token, "bookingtest", input)
	must(t, "make a key", err)
	return k
}
