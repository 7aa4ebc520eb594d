package eventtest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"corner/event"
	"corner/internal/expect"
)

// Box is one fresh, empty outbox with Routes.
type Box struct {
	event.Outbox
	// Write commits a transaction that writes what events returns, which is called in
	// the transaction. When events fails, or an event cannot be written, the
	// transaction is rolled back and the error returned.
	Write func(ctx context.Context, events func() ([]event.Event, error)) error
}

// Routes are what the outbox must be opened with.
var Routes = event.Routes{one: {a}, both: {a, b}}

const (
	one   event.Kind     = "eventtest.one"
	both  event.Kind     = "eventtest.both"
	stray event.Kind     = "eventtest.stray" // nobody asked for it
	a     event.Consumer = "a"
	b     event.Consumer = "b"
)

// Outbox tests that what open gives keeps the contract of event.Outbox. Each call of
// open gives an empty outbox of its own. The subtests run in parallel.
func Outbox(t *testing.T, open func(t *testing.T) Box) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"Lease":       (*suite).lease,
		"Oldest":      (*suite).oldest,
		"LeaseRuns":   (*suite).leaseRunsOut,
		"Relays":      (*suite).relays,
		"RelaysWrite": (*suite).relaysWhileWriting,
		"Done":        (*suite).done,
		"Retry":       (*suite).retry,
		"Purge":       (*suite).purge,
		"Dead":        (*suite).dead,
		"Scheduled":   (*suite).scheduled,
		"Extend":      (*suite).extend,
		"Enroll":      (*suite).enroll,
		"RolledBack":  (*suite).rolledBack,
		"Written":     (*suite).written,
		"NotBefore":   (*suite).writtenNotBefore,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&suite{Test: expect.Test{T: t}, Box: open(t), now: time.Now().UTC().Truncate(time.Microsecond)})
		})
	}
}

type suite struct {
	expect.Test
	Box
	now time.Time
}

func (s *suite) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("got %v, want no error", err)
	}
}

// events are n new ones of a kind, a second apart, the first one at now.
func (s *suite) events(n int, kind event.Kind) []event.Event {
	all := make([]event.Event, n)
	for i := range all {
		all[i] = event.New(kind, fmt.Sprint("subject ", i), "plc_1", "usr_1", s.now.Add(time.Duration(i)*time.Second))
	}
	return all
}

// write commits the events.
func (s *suite) write(events ...event.Event) {
	s.Helper()
	s.must(s.Write(s.Context(), func() ([]event.Event, error) { return events, nil }))
}

// take is up to n deliveries, leased for a minute.
func (s *suite) take(c event.Consumer, now time.Time, n int) []event.Delivery {
	s.Helper()
	return expect.OK(s.Lease(s.Context(), c, now, n, time.Minute))(s)
}

func (s *suite) waiting(c event.Consumer, want int) {
	s.Helper()
	if got := expect.OK(s.Backlog(s.Context(), c, s.far().AddDate(1, 0, 0)))(s).Waiting; got != want {
		s.Errorf("%d deliveries to %s wait, want %d", got, c, want)
	}
}

// far is after everything is due.
func (s *suite) far() time.Time { return s.now.Add(time.Hour) }

// to is events on their way to c.
func to(c event.Consumer, attempt int, events ...event.Event) []event.Delivery {
	all := make([]event.Delivery, len(events))
	for i, e := range events {
		all[i] = event.Delivery{Event: e, Consumer: c, Attempt: attempt}
	}
	return all
}

func ids(events []event.Delivery) []event.ID {
	all := make([]event.ID, len(events))
	for i, e := range events {
		all[i] = e.ID
	}
	return all
}

var errNo = errors.New("no")
