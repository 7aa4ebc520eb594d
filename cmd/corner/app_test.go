package main

import (
	"log/slog"
	"testing"
	"time"
)

// TestRoutes: every consumer of an event has a worker, or its deliveries would pile up; and every
// worker has events.
func TestRoutes(t *testing.T) {
	t.Parallel()
	c := &Config{Data: t.TempDir(), Index: "mem:", Cache: "mem:", Blobs: "mem:", HoldFor: time.Minute}
	a, err := wire(t.Context(), c, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	told := map[string]bool{}
	for kind, consumers := range routes {
		for _, consumer := range consumers {
			told[string(consumer)] = true
			if _, ok := a.relay.Workers[consumer]; !ok {
				t.Errorf("%s goes to %s, which has no worker", kind, consumer)
			}
		}
	}
	for consumer := range a.relay.Workers {
		if !told[string(consumer)] {
			t.Errorf("%s has a worker, and no event goes to it", consumer)
		}
	}
}
