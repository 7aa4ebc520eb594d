package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	ev "corner/event"
)

func event(now time.Time) ev.Event { return ev.New("test.happened", "x", "", "", now) }

func same[T any](t *testing.T, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
