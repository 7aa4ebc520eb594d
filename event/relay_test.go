package event_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"corner/catalog/catalogtest"
	"corner/event"
	"corner/fault"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/storetest"
)

const (
	kind event.Kind     = "test.happened"
	a    event.Consumer = "a"
	b    event.Consumer = "b"
)

// desk is a relay over the embedded database, and what its handlers got.
type desk struct {
	event.Relay
	db *store.DB

	mu      sync.Mutex
	got     map[event.Consumer][]event.ID
	batches []int
}

func open(t *testing.T) *desk {
	t.Helper()
	db := storetest.Open(t, "sqlite")
	db.Routes = event.Routes{kind: {a, b}}
	d := &desk{db: db, got: map[event.Consumer][]event.ID{}}
	d.Relay = event.Relay{
		Outbox: store.Outbox{DB: db}, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Workers: map[event.Consumer]event.Worker{a: {Handle: d.take(a)}, b: {Handle: d.take(b)}},
		Poll:    time.Hour, // only what wakes it counts
	}
	return d
}

// take notes what a consumer got.
func (d *desk) take(c event.Consumer) event.Handler {
	return func(_ context.Context, batch []event.Event) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.batches = append(d.batches, len(batch))
		for _, e := range batch {
			d.got[c] = append(d.got[c], e.ID)
		}
		return nil
	}
}

// had is what a consumer got, sorted.
func (d *desk) had(c event.Consumer) []event.ID {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(slices.Values(d.got[c]))
}

// write commits n events, and is their ids, sorted.
func (d *desk) write(t *testing.T, n int) (ids []event.ID) {
	t.Helper()
	err := catalogtest.Write(t.Context(), catalogsql.Store{DB: d.db}, func() ([]event.Event, error) {
		events := make([]event.Event, n)
		for i := range events {
			events[i] = event.New(kind, fmt.Sprint(i), "", "", time.Now())
			ids = append(ids, events[i].ID)
		}
		return events, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	return ids
}

// run runs the relay until stop, which waits for it.
func (d *desk) run(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); d.Run(ctx) }()
	stop = func() {
		cancel()
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Error("20 s after the end of its context the relay runs")
		}
	}
	t.Cleanup(stop)
	return stop
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("20 s passed before %s", what)
		}
	}
}

func (d *desk) waiting(t *testing.T) int {
	t.Helper()
	sum := 0
	for _, c := range []event.Consumer{a, b} {
		sum += d.backlog(t, c).Waiting
	}
	return sum
}

// backlog is what waits for a consumer, whenever it is to run.
func (d *desk) backlog(t *testing.T, c event.Consumer) event.Backlog {
	t.Helper()
	got, err := d.Outbox.Backlog(t.Context(), c, time.Now().Add(24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestRelayWakes: it polls once an hour here, so what comes, comes by Written.
func TestRelayWakes(t *testing.T) {
	t.Parallel()
	d := open(t)
	want := d.write(t, 3) // before it runs
	d.run(t)
	for range 20 {
		until(t, "all is done", func() bool { return d.waiting(t) == 0 })
		for _, c := range []event.Consumer{a, b} {
			if diff := cmp.Diff(want, d.had(c)); diff != "" {
				t.Fatalf("consumer %s got (-want +got):\n%s", c, diff)
			}
		}
		want = append(want, d.write(t, 2)...)
		slices.Sort(want)
	}
}

// TestRelayPolls: the events of other processes give no sign.
func TestRelayPolls(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Outbox = deaf{d.Outbox}
	d.Poll = time.Millisecond
	d.run(t)
	want := d.write(t, 5)
	until(t, "all is done", func() bool { return d.waiting(t) == 0 })
	if diff := cmp.Diff(want, d.had(a)); diff != "" {
		t.Errorf("got (-want +got):\n%s", diff)
	}
}

// deaf is an outbox that gives no sign.
type deaf struct{ event.Outbox }

func (deaf) Written() <-chan struct{} { return nil }

// TestRelayTriesAgain: a handler whose part is away gets its batch until it is back, and is
// in nobody's way.
func TestRelayTriesAgain(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Poll = time.Millisecond
	var tries [][]event.ID
	d.Workers[a] = event.Worker{Handle: func(ctx context.Context, batch []event.Event) error {
		var ids []event.ID
		for _, e := range batch {
			ids = append(ids, e.ID)
		}
		d.mu.Lock()
		tries = append(tries, ids)
		n := len(tries)
		d.mu.Unlock()
		if n <= 3 {
			return fmt.Errorf("dial: %w", fault.ErrAway)
		}
		return d.take(a)(ctx, batch)
	}}
	want := d.write(t, 4)
	d.run(t)
	until(t, "the other consumer is done", func() bool { return len(d.had(b)) == 4 })
	until(t, "all is done", func() bool { return d.waiting(t) == 0 })
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(tries) != 4 {
		t.Errorf("%d tries, want 3 that fail and one", len(tries))
	}
	for i, ids := range tries {
		if diff := cmp.Diff(want, ids); diff != "" {
			t.Errorf("try %d (-want +got):\n%s", i, diff)
		}
	}
}

// TestDeliverPauses: after the nth failure a batch is due again when Pause says.
func TestDeliverPauses(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.write(t, 2)
	now, no := time.Now().Add(time.Minute), errors.New("no")
	d.Now = func() time.Time { return now }
	fails := func(context.Context, []event.Event) error { return no }
	for attempt := 1; attempt < 9; attempt++ {
		if n, err := d.Deliver(t.Context(), a, fails); n != 2 || !errors.Is(err, no) {
			t.Fatalf("attempt %d: %d events, %v; want 2 and the handler's error", attempt, n, err)
		}
		now = now.Add(event.Pause(attempt) - time.Microsecond)
		if n, err := d.Deliver(t.Context(), a, fails); n != 0 || err != nil {
			t.Fatalf("before the pause after attempt %d is over: %d events, %v; want none", attempt, n, err)
		}
		now = now.Add(time.Microsecond)
	}
	if n, err := d.Deliver(t.Context(), a, d.take(a)); n != 2 || err != nil {
		t.Fatalf("at last: %d events, %v; want 2", n, err)
	}
	if n, err := d.Deliver(t.Context(), a, d.take(a)); n != 0 || err != nil {
		t.Fatalf("after all: %d events, %v; want none", n, err)
	}
}

func TestPause(t *testing.T) {
	t.Parallel()
	for attempt, want := range map[int]time.Duration{
		0: 100 * time.Millisecond, 1: 100 * time.Millisecond, 2: 200 * time.Millisecond, 6: 3200 * time.Millisecond,
		12: 204_800 * time.Millisecond, 13: 5 * time.Minute, 1_000_000: 5 * time.Minute,
	} {
		if got := event.Pause(attempt); got != want {
			t.Errorf("Pause(%d) = %v, want %v", attempt, got, want)
		}
	}
}

func TestRelayBatches(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Batch = 10
	delete(d.Workers, b)
	want := d.write(t, 35)
	d.run(t)
	until(t, "all is handed over", func() bool { return len(d.had(a)) == 35 })
	d.mu.Lock()
	defer d.mu.Unlock()
	if diff := cmp.Diff([]int{10, 10, 10, 5}, d.batches); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
	if got := slices.Sorted(slices.Values(d.got[a])); !slices.Equal(want, got) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestRelaysShare: two of them hand every event over, once while nothing fails.
func TestRelaysShare(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Batch, d.Poll = 3, time.Millisecond
	d.run(t)
	d.run(t)
	var want []event.ID
	for range 30 {
		want = append(want, d.write(t, 5)...)
	}
	until(t, "all is done", func() bool { return d.waiting(t) == 0 })
	slices.Sort(want)
	if diff := cmp.Diff(want, d.had(a)); diff != "" {
		t.Errorf("got (-want +got):\n%s", diff)
	}
}

// TestRelayStops: the batch under way is finished and written down, its context over.
func TestRelayStops(t *testing.T) {
	t.Parallel()
	d := open(t)
	begun := make(chan struct{})
	delete(d.Workers, b)
	d.Workers[a] = event.Worker{Handle: func(ctx context.Context, batch []event.Event) error {
		close(begun)
		<-ctx.Done()
		return d.take(a)(ctx, batch)
	}}
	d.write(t, 2)
	stop := d.run(t)
	<-begun
	stop()
	if n := d.backlog(t, a).Waiting; n != 0 || len(d.had(a)) != 2 {
		t.Errorf("after the stop: %d wait, %d handed over; want 0 and 2", n, len(d.had(a)))
	}
}

// TestRelayLeavesNothingRunning cannot be parallel: it counts goroutines.
func TestRelayLeavesNothingRunning(t *testing.T) {
	d := open(t)
	before := goleak.IgnoreCurrent()
	d.Poll = time.Millisecond
	stop := d.run(t)
	d.write(t, 10)
	until(t, "all is done", func() bool { return d.waiting(t) == 0 })
	stop()
	goleak.VerifyNone(t, before, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// TestOneIsRefused: an event that its consumer refuses is tried again alone, and dies
// alone; the others are delivered once, whether the handler names the culprit or not.
func TestOneIsRefused(t *testing.T) {
	t.Parallel()
	for name, named := range map[string]bool{"named": true, "not named": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			ids := d.write(t, 100)
			bad, tries := ids[37], 0
			handle := func(ctx context.Context, batch []event.Event) error {
				for i, e := range batch {
					if e.ID != bad {
						continue
					}
					if !named && len(batch) > 1 {
						return errors.New("one of them is bad")
					}
					tries++
					return errors.Join(d.take(a)(ctx, slices.Delete(slices.Clone(batch), i, i+1)), event.RefusedError{bad: errors.New("bad")})
				}
				return d.take(a)(ctx, batch)
			}
			now := time.Now().Add(time.Hour)
			d.Now = func() time.Time { return now }
			for attempt := range event.MaxAttempts {
				n, err := d.Deliver(t.Context(), a, handle)
				if want := map[bool]int{true: 100, false: 1}[attempt == 0]; n != want || err == nil {
					t.Fatalf("attempt %d: %d events, %v; want %d, and an error", attempt+1, n, err, want)
				}
				now = now.Add(event.Pause(attempt + 1))
			}
			if n, err := d.Deliver(t.Context(), a, handle); n != 0 || err != nil || tries != event.MaxAttempts {
				t.Errorf("after %d tries: %d events, %v; want %d tries and nothing more", tries, n, err, event.MaxAttempts)
			}
			if diff := cmp.Diff(slices.Delete(slices.Clone(ids), 37, 38), d.had(a)); diff != "" {
				t.Errorf("the others came (-want +got):\n%s", diff)
			}
			if b := d.backlog(t, a); b.Dead != 1 || b.Waiting != 0 {
				t.Errorf("backlog %+v, want one that is dead", b)
			}
			if n, err := d.Outbox.Revive(t.Context(), []event.ID{bad}, now); n != 1 || err != nil {
				t.Fatalf("Revive: %d, %v", n, err)
			}
			bad = ""
			if n, err := d.Deliver(t.Context(), a, handle); n != 1 || err != nil || !slices.Equal(d.had(a), ids) {
				t.Errorf("once it is not refused any more: %d events, %v", n, err)
			}
		})
	}
}

// TestAwayDoesNotCount: however long a part is away, no event dies of it, nor of a batch in
// which everything fails.
func TestAwayDoesNotCount(t *testing.T) {
	t.Parallel()
	d := open(t)
	ids := d.write(t, 100)
	now := time.Now().Add(time.Hour)
	d.Now = func() time.Time { return now }
	away := func(context.Context, []event.Event) error { return fmt.Errorf("dial: %w", fault.ErrAway) }
	for range 3 * event.MaxAttempts {
		if n, err := d.Deliver(t.Context(), a, away); n != 100 || !errors.Is(err, fault.ErrAway) {
			t.Fatalf("%d events, %v; want all of them, and that the part is away", n, err)
		}
		now = now.Add(5 * time.Second)
	}
	if n, err := d.Deliver(t.Context(), a, d.take(a)); n != 100 || err != nil || !slices.Equal(d.had(a), ids) {
		t.Errorf("when it is back: %d events, %v", n, err)
	}
}

// TestLeaseIsKept: while a handler works, however long, no other relay gets its events;
// and when the relay dies, another has them within the length of one lease.
func TestLeaseIsKept(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Hold = 300 * time.Millisecond
	want := d.write(t, 3)
	started := make(chan struct{})
	done := make(chan error, 1)
	go func() {
		_, err := d.Deliver(t.Context(), a, func(ctx context.Context, batch []event.Event) error {
			close(started)
			for end := time.Now().Add(5 * d.Hold); time.Now().Before(end); {
				if n, err := d.Deliver(ctx, a, d.take(a)); n != 0 || err != nil {
					t.Errorf("another relay got %d events, %v", n, err)
					return nil
				}
			}
			return d.take(a)(ctx, batch)
		})
		done <- err
	}()
	<-started
	if err := <-done; err != nil || !slices.Equal(d.had(a), want) {
		t.Errorf("got %v, %v; want %v", d.had(a), err, want)
	}

	if n, err := d.Outbox.Lease(t.Context(), b, time.Now(), 10, d.Hold); len(n) != 3 || err != nil {
		t.Fatalf("leased %d, %v", len(n), err) // and dies
	}
	until(t, "another relay has them", func() bool {
		_, err := d.Deliver(t.Context(), b, d.take(b))
		return err == nil && slices.Equal(d.had(b), want)
	})
}

// TestNewConsumerIsBuilt: once among several relays, and again when that failed.
func TestNewConsumerIsBuilt(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Poll = time.Millisecond
	var mu sync.Mutex
	built := 0
	d.Workers["late"] = event.Worker{Handle: d.take("late"), Rebuild: func(context.Context) error {
		mu.Lock()
		defer mu.Unlock()
		built++
		return nil
	}}
	for range 4 {
		d.run(t)
	}
	until(t, "it is built", func() bool {
		done, mine, err := d.Outbox.Enroll(t.Context(), "late", time.Now(), time.Now())
		return err == nil && done && !mine
	})
	d.run(t)() // one that comes later
	mu.Lock()
	defer mu.Unlock()
	if built != 1 {
		t.Errorf("it was built %d times, want once", built)
	}
}

// TestPaused: what waits for a consumer that is paused is handed over once it is not, and once; others go on.
func TestPaused(t *testing.T) {
	t.Parallel()
	d := open(t)
	var paused atomic.Bool
	paused.Store(true)
	d.Poll = time.Millisecond
	d.Workers[a] = event.Worker{Handle: d.take(a), Paused: paused.Load}
	stop := d.run(t)
	want := d.write(t, 5)
	until(t, "the other consumer had them", func() bool { return len(d.had(b)) == len(want) })
	if got, waits := d.had(a), d.backlog(t, a).Waiting; len(got) != 0 || waits != len(want) {
		t.Errorf("paused, it was handed %v, and %d wait", got, waits)
	}
	paused.Store(false)
	until(t, "the paused consumer had them", func() bool { return d.waiting(t) == 0 })
	stop()
	if diff := cmp.Diff(want, d.had(a)); diff != "" {
		t.Errorf("handed over (-want +got):\n%s", diff)
	}
}
