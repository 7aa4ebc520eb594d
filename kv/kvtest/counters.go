package kvtest

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"corner/kv"
)

func addSums(t *testing.T, s kv.Store) {
	key := newKey()
	var sum int64
	for _, n := range []int64{3, 0, -5, -1, 10} {
		sum += n
		if got := must[int64](t)(s.Add(t.Context(), key, n, long)); got != sum {
			t.Errorf("Add(%d): got %d, want %d", n, got, sum)
		}
	}

	// The race is for the birth, too: the key is not there at the start.
	const each = 10
	key = newKey()
	var mu sync.Mutex
	var got []int64
	race(rivals, func(int) {
		for range each {
			n, err := s.Add(t.Context(), key, 1, long)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			got = append(got, n)
			mu.Unlock()
		}
	})
	slices.Sort(got)
	for i, n := range got {
		if n != int64(i+1) {
			t.Fatalf("sums seen by rivals: got %d at place %d, want each of 1 to %d once", n, i+1, rivals*each)
		}
	}
	if len(got) != rivals*each {
		t.Errorf("got %d sums, want %d", len(got), rivals*each)
	}
}

func addKeepsFirstTTL(t *testing.T, s kv.Store) {
	timely(t, 150*time.Millisecond, func(ttl time.Duration) (wrong string, steps time.Duration) {
		key, start := newKey(), time.Now()
		must[int64](t)(s.Add(t.Context(), key, 7, ttl))
		if got := must[int64](t)(s.Add(t.Context(), key, 1, long)); got != 8 {
			wrong = fmt.Sprintf("within the ttl: got %d, want 8", got)
		}
		steps = time.Since(start)
		end := eventually(t, "the first ttl counts", func() bool {
			return must[int64](t)(s.Add(t.Context(), key, 0, long)) == 0
		})
		if lived := end.Sub(start); wrong == "" && lived < ttl-slack {
			wrong = fmt.Sprintf("lived %v, want at least %v", lived, ttl)
		}
		return wrong, steps
	})
}

func addDoesNotOverflow(t *testing.T, s kv.Store) {
	for _, tt := range []struct{ start, add int64 }{
		{math.MaxInt64, 1},
		{math.MaxInt64 - 1, math.MaxInt64},
		{math.MinInt64, -1},
		{-2, math.MinInt64},
		{1<<53 + 1, math.MaxInt64}, // one that a float would round
	} {
		key := newKey()
		if got := must[int64](t)(s.Add(t.Context(), key, tt.start, long)); got != tt.start {
			t.Errorf("Add(%d) to none: got %d", tt.start, got)
		}
		_, err := s.Add(t.Context(), key, tt.add, long)
		wantErr(t, fmt.Sprintf("%d + %d", tt.start, tt.add), err, kv.ErrInvalid)
		if got := must[int64](t)(s.Add(t.Context(), key, 0, long)); got != tt.start {
			t.Errorf("after the overflow: got %d, want %d", got, tt.start)
		}
	}
}
