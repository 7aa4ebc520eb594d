package main

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"corner/store"
)

// TestWorkStopped: no turn of shared work begins while work is stopped, the one under way is broken off, and
// the next ones come when it goes on.
func TestWorkStopped(t *testing.T) {
	t.Parallel()
	c := &Config{Data: t.TempDir(), Index: "mem:", Cache: "mem:", Blobs: "mem:", HoldFor: time.Minute}
	a, err := wire(t.Context(), c, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	ctx, end := context.WithCancel(t.Context())
	begun, broken := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	a.shared(ctx, &wg, time.Millisecond, "test", func(ctx context.Context) error {
		select {
		case begun <- struct{}{}:
		case <-ctx.Done():
		}
		<-ctx.Done()
		broken <- struct{}{}
		return ctx.Err()
	})
	obey := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if err := a.readSwitches(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		<-begun
		obey(a.db.Stop(ctx, store.Switch{Name: workSwitch, Stopped: time.Now()}))
		<-broken
		if !a.switches.stopped(workSwitch) || a.switches.stopped(messagesSwitch) {
			t.Error("work is not stopped, or messages are")
		}
		turn, done := a.switches.working(ctx)
		if turn.Err() == nil {
			t.Error("a turn begins while work is stopped")
		}
		done()
		obey(a.db.Resume(ctx, workSwitch))
	}
	<-begun
	end()
	<-broken
	wg.Wait()
}
