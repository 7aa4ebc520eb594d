package taking_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corner/taking"
)

// TestPeak compares with counting every minute of the slot.
func TestPeak(t *testing.T) {
	t.Parallel()
	base := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	slotOf := func(start, length int) taking.Slot {
		from := base.Add(time.Duration(start) * time.Minute)
		return taking.Slot{Start: from, End: from.Add(time.Duration(length) * time.Minute)}
	}
	rapid.Check(t, func(rt *rapid.T) {
		var busy []taking.Busy
		for range rapid.IntRange(0, 8).Draw(rt, "takings") {
			busy = append(busy, taking.Busy{
				Slot: slotOf(rapid.IntRange(0, 40).Draw(rt, "start"), rapid.IntRange(1, 30).Draw(rt, "length")),
				N:    rapid.IntRange(1, 5).Draw(rt, "n"),
			})
		}
		s := slotOf(rapid.IntRange(0, 40).Draw(rt, "slot"), rapid.IntRange(1, 30).Draw(rt, "slot length"))
		want := 0
		for at := s.Start; at.Before(s.End); at = at.Add(time.Minute) {
			n := 0
			for _, b := range busy {
				if !at.Before(b.Start) && at.Before(b.End) {
					n += b.N
				}
			}
			want = max(want, n)
		}
		before := slices.Clone(busy)
		if got := taking.Peak(busy, s); got != want {
			rt.Fatalf("peak of %v in %v: got %d, want %d", busy, s, got, want)
		}
		if diff := cmp.Diff(before, busy); diff != "" {
			rt.Fatalf("peak changed what it was given:\n%s", diff)
		}
	})
}
