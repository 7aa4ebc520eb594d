package memkv_test

import (
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"corner/kv"
	"corner/kv/kvtest"
	"corner/kv/memkv"
)

func TestStore(t *testing.T) {
	t.Parallel()
	t.Run("one shard", func(t *testing.T) {
		t.Parallel()
		kvtest.Store(t, func(t *testing.T) kv.Store { return memkv.New(memkv.Bounds{Keys: 1000}) })
	})
	t.Run("many shards", func(t *testing.T) {
		t.Parallel()
		kvtest.Store(t, func(t *testing.T) kv.Store { return memkv.New(memkv.Bounds{}) })
	})
}

func BenchmarkStore(b *testing.B) {
	kvtest.Bench(b, func(b *testing.B) kv.Store { return memkv.New(memkv.Bounds{}) })
}

// BenchmarkFull is a store at its bound under a flood of callers never seen before: each makes room for itself.
func BenchmarkFull(b *testing.B) {
	s := memkv.New(memkv.Bounds{Keys: 100_000})
	limit := kv.Limit{Rate: 1, Per: time.Hour, Burst: 5}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := s.Allow(b.Context(), strconv.Itoa(i), limit); err != nil {
			b.Fatal(err)
		}
	}
}

// clock is a time that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2030, 2, 3, 4, 5, 6, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func open(b memkv.Bounds) (*memkv.Store, *clock) {
	s, c := memkv.New(b), newClock()
	s.Now = c.Now
	return s, c
}

func set(t *testing.T, s *memkv.Store, key string, ttl time.Duration) {
	t.Helper()
	if err := s.Set(t.Context(), key, []byte(key), ttl); err != nil {
		t.Fatal(err)
	}
}

func has(t *testing.T, s *memkv.Store, key string) bool {
	t.Helper()
	_, ok, err := s.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func wantHeld(t *testing.T, s *memkv.Store, want map[string]bool) {
	t.Helper()
	for key, want := range want {
		if got := has(t, s, key); got != want {
			t.Errorf("%s held: got %v, want %v", key, got, want)
		}
	}
}

func TestExpiryIsToTheInstant(t *testing.T) {
	t.Parallel()
	s, c := open(memkv.Bounds{})
	set(t, s, "a", time.Minute)
	c.Pass(time.Minute - 1)
	wantHeld(t, s, map[string]bool{"a": true})
	c.Pass(1)
	wantHeld(t, s, map[string]bool{"a": false})
}

func TestRoomIsMadeFromTheExpiredThenTheSoonest(t *testing.T) {
	t.Parallel()
	s, c := open(memkv.Bounds{Keys: 4})
	set(t, s, "hour", time.Hour)
	set(t, s, "minute", time.Minute)
	set(t, s, "second", time.Second)
	set(t, s, "day", 24*time.Hour)

	set(t, s, "new1", time.Hour)
	wantHeld(t, s, map[string]bool{"second": false, "minute": true, "hour": true, "day": true, "new1": true})

	// A newcomer with the least left is not its own victim, or a full store would take nothing short-lived.
	set(t, s, "new2", time.Millisecond)
	wantHeld(t, s, map[string]bool{"minute": false, "new2": true})

	c.Pass(time.Millisecond)
	set(t, s, "new3", time.Hour)
	wantHeld(t, s, map[string]bool{"new2": false, "new3": true, "hour": true, "day": true, "new1": true})

	// Replacing a key needs no room.
	set(t, s, "day", time.Second)
	wantHeld(t, s, map[string]bool{"new3": true, "hour": true, "day": true, "new1": true})
	set(t, s, "new4", time.Hour)
	wantHeld(t, s, map[string]bool{"day": false, "new4": true})
	if got := s.Len(); got != 4 {
		t.Errorf("Len: got %d, want 4", got)
	}
}

// A limit's expiry moves with every call, and the order in which room is made must follow.
func TestUsedLimitsOutliveUnusedOnes(t *testing.T) {
	t.Parallel()
	s, _ := open(memkv.Bounds{Keys: 3})
	limit := kv.Limit{Rate: 1, Per: time.Minute, Burst: 10}
	allow := func(key string) kv.Decision {
		t.Helper()
		d, err := s.Allow(t.Context(), key, limit)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, key := range []string{"busy", "idle", "busy", "other", "busy", "other"} {
		allow(key)
	}
	allow("new")
	if got := allow("busy").Remaining; got != 6 {
		t.Errorf("busy: got %d remaining, want 6: it should not have been dropped", got)
	}
	if got := allow("other").Remaining; got != 7 {
		t.Errorf("other: got %d remaining, want 7: it should not have been dropped", got)
	}
}

func TestExpiredKeysLeaveAsOthersCome(t *testing.T) {
	t.Parallel()
	s, c := open(memkv.Bounds{Keys: 100_000})
	for i := range 10_000 {
		set(t, s, fmt.Sprint("old", i), time.Duration(i+1)*time.Millisecond)
	}
	c.Pass(time.Hour)
	for i := range 10_100 {
		set(t, s, fmt.Sprint("new", i), time.Hour)
	}
	// Every newcomer takes up to two of the old with it from its shard; shards differ in what comes to them.
	if got := s.Len(); got > 10_100+200 {
		t.Errorf("Len: got %d, want about the 10100 that live", got)
	}
}

func TestBytesAreBounded(t *testing.T) {
	t.Parallel()
	const most = 4 << 20
	s, _ := open(memkv.Bounds{Bytes: most})
	value := make([]byte, kv.MaxValue)
	for i := range 1000 {
		if err := s.Set(t.Context(), strconv.Itoa(i), value, time.Hour+time.Duration(i)*time.Second); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Len(); got > most/kv.MaxValue || got < most/kv.MaxValue-2 {
		t.Errorf("Len: got %d values of 64 KiB, want just under %d", got, most/kv.MaxValue)
	}
	wantHeld(t, s, map[string]bool{"999": true, "0": false})

	tiny, _ := open(memkv.Bounds{Bytes: 1, Keys: 1})
	if err := tiny.Set(t.Context(), "a", value, time.Hour); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, tiny, map[string]bool{"a": true})
}

// A clock that jumps must not shut callers out, nor hand out more than one burst.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	s, c := open(memkv.Bounds{})
	limit := kv.Limit{Rate: 1, Per: time.Second, Burst: 2}
	for range 2 {
		if _, err := s.Allow(t.Context(), "a", limit); err != nil {
			t.Fatal(err)
		}
	}
	c.Pass(-time.Hour)
	d, err := s.Allow(t.Context(), "a", limit)
	if err != nil || d.Allowed || d.RetryAfter != time.Second {
		t.Fatalf("just after: got %+v, %v, want refused for a second", d, err)
	}
	c.Pass(d.RetryAfter)
	if d, err = s.Allow(t.Context(), "a", limit); err != nil || !d.Allowed {
		t.Errorf("a second later: got %+v, %v, want allowed", d, err)
	}
}

// What is kept in the heap and the map must agree, whatever is done in whatever order.
func TestManyKeysOfAllKinds(t *testing.T) {
	t.Parallel()
	s, c := open(memkv.Bounds{Keys: 64})
	limit := kv.Limit{Rate: 10, Per: time.Second, Burst: 20}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 5000 {
				// Errors are of kinds, and meant: the keys are fought over.
				key := strconv.Itoa((i*31 + g*17) % 200)
				switch (i + g) % 5 {
				case 0:
					_ = s.Set(t.Context(), key, []byte(key), time.Duration(i%97+1)*time.Millisecond)
				case 1:
					_, _ = s.Add(t.Context(), key, 1, time.Duration(i%89+1)*time.Millisecond)
				case 2:
					_, _ = s.Delete(t.Context(), key)
				case 3:
					c.Pass(100 * time.Microsecond)
				default:
					_, _ = s.Allow(t.Context(), key, limit)
				}
				if i%500 == 0 {
					if got := s.Len(); got > 64 {
						t.Errorf("Len: got %d, want at most 64", got)
					}
				}
			}
		})
	}
	wg.Wait()
	c.Pass(time.Hour)
	for i := range 200 {
		wantHeld(t, s, map[string]bool{strconv.Itoa(i): false})
	}
	if got := s.Len(); got != 0 {
		t.Errorf("Len after all expired and were asked for: got %d, want 0", got)
	}
}

func TestAllowAllocatesNothing(t *testing.T) {
	s := memkv.New(memkv.Bounds{})
	limit := kv.Limit{Rate: 10, Per: time.Second, Burst: 30}
	ctx := t.Context()
	if got := testing.AllocsPerRun(1000, func() {
		if _, err := s.Allow(ctx, "key", limit); err != nil {
			t.Fatal(err)
		}
	}); got != 0 {
		t.Errorf("Allow: got %v allocations, want 0", got)
	}
}

// TestCost holds the byte bound against what the runtime says the keys take.
func TestCost(t *testing.T) {
	const n = 50_000
	limit := kv.Limit{Rate: 1, Per: time.Hour, Burst: 1}
	before := heapInUse()
	s := memkv.New(memkv.Bounds{Keys: 2 * n})
	for i := range n {
		if _, err := s.Allow(t.Context(), fmt.Sprintf("signin:%09d", i), limit); err != nil {
			t.Fatal(err)
		}
	}
	each := float64(heapInUse()-before) / n
	t.Logf("%.0f bytes for a limit under a key of 16 bytes", each)
	// 176 is what it is reckoned at; a map may just have grown, which doubles its part.
	if each > 1.5*176 || each < 0.5*176 {
		t.Errorf("got %.0f bytes a key, reckoned with 176", each)
	}
	runtime.KeepAlive(s)
}

func heapInUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestNegativeBoundsPanic(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	memkv.New(memkv.Bounds{Keys: -1})
}
