package kvtest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"corner/kv"
)

// hourly gives back so slowly that no token returns during a test.
var hourly = kv.Limit{Rate: 1, Per: time.Hour, Burst: 3}

func allow(t *testing.T, s kv.Store, key string, l kv.Limit) kv.Decision {
	t.Helper()
	return must[kv.Decision](t)(s.Allow(t.Context(), key, l))
}

func allowBurst(t *testing.T, s kv.Store) {
	key := newKey()
	for i := 1; i <= hourly.Burst+2; i++ {
		got := allow(t, s, key, hourly)
		taken := min(i, hourly.Burst)
		if got.Allowed != (i <= hourly.Burst) || got.Remaining != hourly.Burst-taken {
			t.Errorf("call %d of burst %d: got %+v", i, hourly.Burst, got)
		}
		// Some of the debt has passed by now, but no more than the test may take.
		debt := time.Duration(taken) * time.Hour
		if got.ResetAfter > debt || got.ResetAfter < debt-soon {
			t.Errorf("call %d: got ResetAfter %v, want just under %v", i, got.ResetAfter, debt)
		}
		switch {
		case got.Allowed && got.RetryAfter != 0:
			t.Errorf("call %d: allowed with RetryAfter %v, want 0", i, got.RetryAfter)
		case !got.Allowed && (got.RetryAfter > time.Hour || got.RetryAfter < time.Hour-soon):
			t.Errorf("call %d: got RetryAfter %v, want just under 1h", i, got.RetryAfter)
		}
	}
	if got := allow(t, s, newKey(), hourly); !got.Allowed {
		t.Errorf("another key: got %+v, want allowed", got)
	}
	if must[bool](t)(s.Delete(t.Context(), key)); !allow(t, s, key, hourly).Allowed {
		t.Error("after Delete: refused, want a full bucket")
	}
}

func allowRivals(t *testing.T, s kv.Store) {
	for range 5 {
		key, limit := newKey(), kv.Limit{Rate: 1, Per: time.Hour, Burst: 10}
		var mu sync.Mutex
		var left []int
		race(rivals, func(int) {
			d, err := s.Allow(t.Context(), key, limit)
			if err != nil {
				t.Error(err)
			}
			if d.Allowed {
				mu.Lock()
				left = append(left, d.Remaining)
				mu.Unlock()
			}
		})
		slices.Sort(left)
		if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(left, want) {
			t.Fatalf("Remaining of the rivals let through: got %v, want %v", left, want)
		}
	}
}

func refusalTakesNothing(t *testing.T, s kv.Store) {
	key := newKey()
	for range hourly.Burst {
		allow(t, s, key, hourly)
	}
	last := allow(t, s, key, hourly)
	for range 20 {
		got := allow(t, s, key, hourly)
		if got.Allowed || got.RetryAfter > last.RetryAfter || got.ResetAfter > last.ResetAfter {
			t.Fatalf("knocking again: got %+v after %+v", got, last)
		}
		last = got
	}
}

func allowRefills(t *testing.T, s kv.Store) {
	timely(t, 100*time.Millisecond, func(interval time.Duration) (wrong string, steps time.Duration) {
		key, limit, start := newKey(), kv.Limit{Rate: 3, Per: 3 * interval, Burst: 2}, time.Now()
		for range limit.Burst {
			allow(t, s, key, limit)
		}
		refused := allow(t, s, key, limit)
		steps = time.Since(start)
		if refused.Allowed || refused.RetryAfter <= 0 || refused.RetryAfter > interval {
			wrong = fmt.Sprintf("after the burst: got %+v, want refused for at most %v", refused, interval)
		}

		// However hard the caller knocks, it gets the burst and then the rate.
		passed := limit.Burst
		end := eventually(t, "three tokens", func() bool {
			if allow(t, s, key, limit).Allowed {
				passed++
			}
			return passed == limit.Burst+3
		})
		if took := end.Sub(start); wrong == "" && took < 3*interval-slack {
			wrong = fmt.Sprintf("three tokens came back in %v, want at least %v", took, 3*interval)
		}

		// Whoever waits for as long as it was told gets its token, and a bucket left alone is full again.
		d := allow(t, s, key, limit)
		for d.Allowed {
			d = allow(t, s, key, limit)
		}
		time.Sleep(d.RetryAfter + slack)
		if d = allow(t, s, key, limit); wrong == "" && !d.Allowed {
			wrong = fmt.Sprintf("after RetryAfter: got %+v, want allowed", d)
		}
		time.Sleep(d.ResetAfter + slack)
		if d = allow(t, s, key, limit); wrong == "" && (!d.Allowed || d.Remaining != limit.Burst-1) {
			wrong = fmt.Sprintf("after ResetAfter: got %+v, want the full burst", d)
		}
		return wrong, steps
	})
}

func allowChangedRules(t *testing.T, s kv.Store) {
	key := newKey()
	wide := kv.Limit{Rate: 1, Per: time.Hour, Burst: 100}
	for range 50 {
		allow(t, s, key, wide)
	}
	narrow := kv.Limit{Rate: 1, Per: time.Minute, Burst: 2}
	for range 2 { // the second time from the state the first one left
		if got := allow(t, s, key, narrow); got.Allowed || got.Remaining != 0 || got.RetryAfter > time.Minute || got.ResetAfter > 2*time.Minute {
			t.Errorf("under narrower rules: got %+v, want refused for at most a minute", got)
		}
	}
	if got := allow(t, s, key, wide); !got.Allowed || got.Remaining < 97 || got.Remaining > 98 {
		t.Errorf("under the wider rules again: got %+v, want what a full narrow bucket owes to count", got)
	}
}
