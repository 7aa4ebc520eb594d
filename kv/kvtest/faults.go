package kvtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"corner/kv"
)

// calls are all methods of a Store with arguments that are in order.
func calls(s kv.Store) map[string]func(ctx context.Context, key string) error {
	return map[string]func(ctx context.Context, key string) error{
		"Get":    func(ctx context.Context, key string) error { _, _, err := s.Get(ctx, key); return err },
		"Set":    func(ctx context.Context, key string) error { return s.Set(ctx, key, nil, long) },
		"Delete": func(ctx context.Context, key string) error { _, err := s.Delete(ctx, key); return err },
		"Add":    func(ctx context.Context, key string) error { _, err := s.Add(ctx, key, 1, long); return err },
		"Allow":  func(ctx context.Context, key string) error { _, err := s.Allow(ctx, key, hourly); return err },
	}
}

func oneKind(t *testing.T, s kv.Store) {
	ctx := t.Context()
	for made, others := range map[string][]string{
		"Set":   {"Add", "Allow"},
		"Add":   {"Get", "Allow"},
		"Allow": {"Get", "Add"},
	} {
		key, call := newKey(), calls(s)
		if err := call[made](ctx, key); err != nil {
			t.Fatal(err)
		}
		for _, other := range others {
			wantErr(t, other+" after "+made, call[other](ctx, key), kv.ErrKind)
		}
		if err := call[made](ctx, key); err != nil {
			t.Errorf("%s after ErrKind: got error %v", made, err)
		}
		set(t, s, key, "new", long) // takes any kind's place
		wantValue(t, s, key, "new")
	}
	// A value that reads like another kind is still a value.
	for _, value := range []string{"", "7", "-7", "t7", "v"} {
		key := newKey()
		set(t, s, key, value, long)
		wantErr(t, fmt.Sprintf("Add to the value %q", value), calls(s)["Add"](ctx, key), kv.ErrKind)
		wantErr(t, fmt.Sprintf("Allow on the value %q", value), calls(s)["Allow"](ctx, key), kv.ErrKind)
	}
}

func bounds(t *testing.T, s kv.Store) {
	ctx := t.Context()
	for name, call := range calls(s) {
		for _, n := range []int{0, kv.MaxKey + 1, 1 << 20} {
			wantErr(t, fmt.Sprintf("%s with a key of %d bytes", name, n), call(ctx, strings.Repeat("k", n)), kv.ErrInvalid)
		}
	}

	key := newKey()
	set(t, s, key, "old", long)
	wantErr(t, "Set of too large a value", s.Set(ctx, key, make([]byte, kv.MaxValue+1), long), kv.ErrInvalid)
	for _, ttl := range []time.Duration{0, -1, math.MinInt64, kv.MaxTTL + 1, math.MaxInt64} {
		wantErr(t, fmt.Sprintf("Set with ttl %v", ttl), s.Set(ctx, key, nil, ttl), kv.ErrInvalid)
		_, err := s.Add(ctx, newKey(), 1, ttl)
		wantErr(t, fmt.Sprintf("Add with ttl %v", ttl), err, kv.ErrInvalid)
	}
	wantValue(t, s, key, "old")

	for _, limit := range []kv.Limit{
		{},
		{Rate: 1, Per: time.Second},
		{Rate: 1, Burst: 1},
		{Per: time.Second, Burst: 1},
		{Rate: -1, Per: time.Second, Burst: 1},
		{Rate: 1, Per: -time.Second, Burst: 1},
		{Rate: 1, Per: time.Second, Burst: -1},
		{Rate: 1_000_001, Per: time.Second, Burst: 1},
		{Rate: math.MaxInt, Per: math.MaxInt64, Burst: math.MaxInt},
		{Rate: 1, Per: time.Second, Burst: math.MaxInt},
		{Rate: 1, Per: math.MaxInt64, Burst: 1},
		{Rate: 1, Per: 24 * time.Hour, Burst: 367},
	} {
		_, err := s.Allow(ctx, newKey(), limit)
		wantErr(t, fmt.Sprintf("Allow with %+v", limit), err, kv.ErrInvalid)
	}
	for _, limit := range []kv.Limit{
		{Rate: 1, Per: time.Microsecond, Burst: 1},
		{Rate: 1_000_000, Per: time.Second, Burst: 1_000_000},
		{Rate: 1, Per: kv.MaxTTL, Burst: 1},
		{Rate: 1, Per: 24 * time.Hour, Burst: 366},
		{Rate: 7, Per: time.Second, Burst: 3},
	} {
		if d := allow(t, s, newKey(), limit); !d.Allowed || d.Remaining != limit.Burst-1 || d.ResetAfter != limit.Interval() {
			t.Errorf("Allow with %+v: got %+v, want the first of the burst", limit, d)
		}
	}
}

func doneContext(t *testing.T, s kv.Store) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()

	for ctx, want := range map[context.Context]error{cancelled: context.Canceled, late: context.DeadlineExceeded} {
		key := newKey()
		set(t, s, key, "old", long)
		for name, call := range calls(s) {
			err := call(ctx, key)
			wantErr(t, name, err, want)
			if errors.Is(err, kv.ErrUnavailable) {
				t.Errorf("%s: got %v, which puts a caller's leaving down to the store", name, err)
			}
		}
		wantValue(t, s, key, "old")
	}
}
