package kv_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"corner/kv"
)

func TestTake(t *testing.T) {
	t.Parallel()
	limit := kv.Limit{Rate: 60, Per: time.Minute, Burst: 3}
	for name, tt := range map[string]struct {
		debt, after time.Duration
		want        kv.Decision
	}{
		"full":          {0, time.Second, kv.Decision{Allowed: true, Remaining: 2, ResetAfter: time.Second}},
		"long unused":   {-time.Hour, time.Second, kv.Decision{Allowed: true, Remaining: 2, ResetAfter: time.Second}},
		"a part back":   {1500 * time.Millisecond, 2500 * time.Millisecond, kv.Decision{Allowed: true, Remaining: 0, ResetAfter: 2500 * time.Millisecond}},
		"the last":      {2 * time.Second, 3 * time.Second, kv.Decision{Allowed: true, Remaining: 0, ResetAfter: 3 * time.Second}},
		"just too soon": {2*time.Second + 1, 2*time.Second + 1, kv.Decision{RetryAfter: 1, ResetAfter: 2*time.Second + 1}},
		"empty":         {3 * time.Second, 3 * time.Second, kv.Decision{RetryAfter: time.Second, ResetAfter: 3 * time.Second}},
		"clock back":    {time.Hour, 3 * time.Second, kv.Decision{RetryAfter: time.Second, ResetAfter: 3 * time.Second}},
	} {
		after, got := limit.Take(tt.debt)
		if after != tt.after || got != tt.want {
			t.Errorf("%s: Take(%v): got %v, %+v, want %v, %+v", name, tt.debt, after, got, tt.after, tt.want)
		}
	}
}

func TestInterval(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		limit kv.Limit
		want  time.Duration
	}{
		{kv.Limit{Rate: 1, Per: time.Second}, time.Second},
		{kv.Limit{Rate: 3, Per: time.Second}, 333334 * time.Microsecond},
		{kv.Limit{Rate: 1_000_000, Per: time.Second}, time.Microsecond},
		{kv.Limit{Rate: 999_999, Per: time.Second}, 2 * time.Microsecond},
		{kv.Limit{Rate: 1, Per: kv.MaxTTL}, kv.MaxTTL},
	} {
		if got := tt.limit.Interval(); got != tt.want {
			t.Errorf("Interval of %+v: got %v, want %v", tt.limit, got, tt.want)
		}
	}
}

// TestTakeNeverExceedsTheLimit knocks at random times: in no stretch of time may more pass than the burst and
// what came back, a refused caller must pass after RetryAfter and not a moment before, and what Remaining says
// must be so.
func TestTakeNeverExceedsTheLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		limit := kv.Limit{
			Rate:  rapid.IntRange(1, 1000).Draw(t, "rate"),
			Per:   time.Duration(rapid.Int64Range(int64(time.Millisecond), int64(time.Hour)).Draw(t, "per")),
			Burst: rapid.IntRange(1, 20).Draw(t, "burst"),
		}
		if err := limit.Check(); err != nil {
			t.Fatalf("%+v: %v", limit, err)
		}
		var now, fullAt time.Duration
		var passed []time.Duration
		for range rapid.IntRange(1, 60).Draw(t, "calls") {
			now += time.Duration(rapid.Int64Range(0, 2*int64(limit.Interval())).Draw(t, "wait"))
			debt, d := limit.Take(fullAt - now)
			if d.Allowed {
				passed = append(passed, now)
				for k, then := range passed {
					n := len(passed) - k
					if most := limit.Burst + int((now-then)/limit.Interval()); n > most {
						t.Fatalf("%d passed within %v, want at most %d", n, now-then, most)
					}
				}
			} else {
				if _, early := limit.Take(debt - d.RetryAfter + 1); early.Allowed {
					t.Fatal("allowed before RetryAfter")
				}
				if _, due := limit.Take(debt - d.RetryAfter); !due.Allowed {
					t.Fatal("refused after RetryAfter")
				}
			}
			more, try := 0, debt
			for {
				next, d := limit.Take(try)
				if !d.Allowed {
					break
				}
				more, try = more+1, next
			}
			if more != d.Remaining {
				t.Fatalf("Remaining: got %d, want %d", d.Remaining, more)
			}
			fullAt = now + debt
		}
	})
}

func TestCheckTTL(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		ttl, want time.Duration
		err       error
	}{
		{1, time.Millisecond, nil},
		{time.Millisecond, time.Millisecond, nil},
		{time.Millisecond + 1, 2 * time.Millisecond, nil},
		{kv.MaxTTL, kv.MaxTTL, nil},
		{kv.MaxTTL + 1, 0, kv.ErrInvalid},
		{0, 0, kv.ErrInvalid},
		{-time.Second, 0, kv.ErrInvalid},
	} {
		if got, err := kv.CheckTTL(tt.ttl); got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("CheckTTL(%v): got %v, %v, want %v, %v", tt.ttl, got, err, tt.want, tt.err)
		}
	}
}
