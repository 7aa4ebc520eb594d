package kv_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/kv"
	"corner/kv/kvtest"
	"corner/kv/memkv"
)

var limit = kv.Limit{Rate: 1, Per: time.Hour, Burst: 2}

// flaky is a store that fails as told, and counts how often it was asked.
type flaky struct {
	kv.Store
	fail  atomic.Pointer[error]
	asked atomic.Int64
	hold  atomic.Pointer[chan struct{}] // when set, a call waits for it
}

func (f *flaky) set(err error) {
	if err == nil {
		f.fail.Store(nil)
		return
	}
	f.fail.Store(&err)
}

func (f *flaky) ask() error {
	f.asked.Add(1)
	if hold := f.hold.Load(); hold != nil {
		<-*hold
	}
	if err := f.fail.Load(); err != nil {
		return *err
	}
	return nil
}

func (f *flaky) Get(ctx context.Context, key string) ([]byte, bool, error) {
	if err := f.ask(); err != nil {
		return nil, false, err
	}
	return f.Store.Get(ctx, key)
}

func (f *flaky) Set(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if err := f.ask(); err != nil {
		return err
	}
	return f.Store.Set(ctx, key, value, ttl)
}

func (f *flaky) Delete(ctx context.Context, key string) (bool, error) {
	if err := f.ask(); err != nil {
		return false, err
	}
	return f.Store.Delete(ctx, key)
}

func (f *flaky) Add(ctx context.Context, key string, n int64, ttl time.Duration) (int64, error) {
	if err := f.ask(); err != nil {
		return 0, err
	}
	return f.Store.Add(ctx, key, n, ttl)
}

func (f *flaky) Allow(ctx context.Context, key string, l kv.Limit) (kv.Decision, error) {
	if err := f.ask(); err != nil {
		return kv.Decision{}, err
	}
	return f.Store.Allow(ctx, key, l)
}

func (f *flaky) Ping(context.Context) error { return f.ask() }

var errAway = fmt.Errorf("dial: %w", kv.ErrUnavailable)

// degrading is one over a flaky store, with a clock that pass moves.
func degrading() (d *kv.Degrading, shared *flaky, pass func(time.Duration)) {
	var passed atomic.Int64
	start := time.Now()
	shared = &flaky{Store: memkv.New(memkv.Bounds{})}
	d = &kv.Degrading{
		Shared: shared,
		Local:  memkv.New(memkv.Bounds{}),
		Now:    func() time.Time { return start.Add(time.Duration(passed.Load())) },
		Pause:  time.Second,
	}
	return d, shared, func(by time.Duration) { passed.Add(int64(by)) }
}

func wantSum(t *testing.T, d *kv.Degrading, want int64) {
	t.Helper()
	if got, err := d.Add(t.Context(), "n", 1, time.Minute); got != want || err != nil {
		t.Errorf("Add: got %d, %v, want %d", got, err, want)
	}
}

func wantAsked(t *testing.T, shared *flaky, want int64) {
	t.Helper()
	if got := shared.asked.Swap(0); got != want {
		t.Errorf("asked Shared %d times, want %d", got, want)
	}
}

func TestDegradingIsAStore(t *testing.T) {
	t.Parallel()
	kvtest.Store(t, func(*testing.T) kv.Store {
		return &kv.Degrading{Shared: memkv.New(memkv.Bounds{}), Local: memkv.New(memkv.Bounds{}), Now: time.Now, Pause: kv.DefaultPause}
	})
}

func TestDegradingGoesOnAndComesBack(t *testing.T) {
	t.Parallel()
	d, shared, pass := degrading()
	wantSum(t, d, 1)
	wantSum(t, d, 2)
	wantAsked(t, shared, 2)

	shared.set(errAway)
	wantSum(t, d, 1) // from Local, and from nought
	wantAsked(t, shared, 1)
	wantSum(t, d, 2)
	for range limit.Burst {
		if got, err := d.Allow(t.Context(), "l", limit); !got.Allowed || err != nil {
			t.Errorf("Allow while away: got %+v, %v, want allowed", got, err)
		}
	}
	if got, err := d.Allow(t.Context(), "l", limit); got.Allowed || err != nil {
		t.Errorf("Allow beyond the burst while away: got %+v, %v, want refused", got, err)
	}
	wantAsked(t, shared, 0) // left alone

	pass(time.Second)
	wantSum(t, d, 3)
	wantAsked(t, shared, 1) // tried, still away
	wantSum(t, d, 4)
	wantAsked(t, shared, 0)

	shared.set(nil)
	wantSum(t, d, 5)
	wantAsked(t, shared, 0) // not tried before its time
	pass(time.Second)
	wantSum(t, d, 3) // what Shared had
	wantSum(t, d, 4)
	wantAsked(t, shared, 2)
}

func TestDegradingKeepsValuesShared(t *testing.T) {
	t.Parallel()
	d, shared, pass := degrading()
	ctx := t.Context()
	if err := d.Set(ctx, "code", []byte("123"), time.Minute); err != nil {
		t.Fatal(err)
	}
	wantAsked(t, shared, 1)
	shared.set(errAway)
	for _, asked := range []int64{1, 0, 0} { // by the first call of each round, and none in the Pause
		pass(time.Duration(asked) * time.Second)
		_, ok, get := d.Get(ctx, "code")
		existed, del := d.Delete(ctx, "code")
		set := d.Set(ctx, "code", nil, time.Minute)
		for call, err := range map[string]error{"Get": get, "Delete": del, "Set": set} {
			if ok || existed || !errors.Is(err, kv.ErrUnavailable) {
				t.Errorf("%s while away: got %v, %v, %v, want %v", call, ok, existed, err, kv.ErrUnavailable)
			}
		}
		wantAsked(t, shared, asked)
	}
	shared.set(nil)
	pass(time.Second)
	if existed, err := d.Delete(ctx, "code"); !existed || err != nil {
		t.Errorf("Delete when back: got %v, %v, want true", existed, err)
	}
	if existed, err := d.Delete(ctx, "code"); existed || err != nil {
		t.Errorf("Delete again: got %v, %v, want false", existed, err)
	}
}

// Only ErrUnavailable speaks against Shared. A fault of the caller is answered, not hidden by Local, and a caller
// who left proves nothing.
func TestDegradingPassesOtherErrors(t *testing.T) {
	t.Parallel()
	for _, err := range []error{kv.ErrInvalid, kv.ErrKind, context.Canceled, context.DeadlineExceeded, errors.New("other")} {
		d, shared, pass := degrading()
		shared.set(err)
		for range 2 {
			if _, got := d.Add(t.Context(), "n", 1, time.Minute); !errors.Is(got, err) {
				t.Errorf("Add: got error %v, want %v", got, err)
			}
		}
		wantAsked(t, shared, 2)

		shared.set(errAway)
		wantSum(t, d, 1)
		shared.set(err)
		pass(time.Second)
		if _, got := d.Add(t.Context(), "n", 1, time.Minute); !errors.Is(got, err) {
			t.Errorf("Add as a probe: got error %v, want %v", got, err)
		}
		shared.asked.Store(0)
		_, _ = d.Add(t.Context(), "n", 1, time.Minute)
		closed := int64(1)
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			closed = 0
		}
		wantAsked(t, shared, closed)
	}
}

func TestDegradingAnswersADoneContext(t *testing.T) {
	t.Parallel()
	d, shared, _ := degrading()
	shared.set(errAway)
	wantSum(t, d, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := d.Get(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("Get: got error %v, want %v", err, context.Canceled)
	}
	if _, err := d.Add(ctx, "n", 1, time.Minute); !errors.Is(err, context.Canceled) {
		t.Errorf("Add: got error %v, want %v", err, context.Canceled)
	}
	wantSum(t, d, 2)
}

// While one call finds out whether Shared is back, the others must not wait with it.
func TestDegradingProbesWithOne(t *testing.T) {
	t.Parallel()
	d, shared, pass := degrading()
	shared.set(errAway)
	wantSum(t, d, 1)
	pass(time.Second)
	wantAsked(t, shared, 1)

	hold := make(chan struct{})
	shared.hold.Store(&hold)
	var done sync.WaitGroup
	var back atomic.Int64
	for range 100 {
		done.Go(func() {
			if _, err := d.Add(t.Context(), "n", 1, time.Minute); err != nil {
				t.Error(err)
			}
			back.Add(1)
		})
	}
	for end := time.Now().Add(10 * time.Second); back.Load() < 99; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Errorf("%d calls came back while one probes, want 99", back.Load())
			break
		}
	}
	close(hold)
	done.Wait()
	wantAsked(t, shared, 1)
	wantSum(t, d, 102) // Local had the one before, the 99 that did not wait, and the probe's when it had failed
}

func TestDegradingPing(t *testing.T) {
	t.Parallel()
	d, shared, _ := degrading()
	shared.set(errAway)
	for range 2 { // Pause or not
		if err := d.Ping(t.Context()); !errors.Is(err, kv.ErrUnavailable) {
			t.Errorf("Ping while away: got %v, want %v", err, kv.ErrUnavailable)
		}
	}
	wantAsked(t, shared, 2)
	shared.set(nil)
	if err := d.Ping(t.Context()); err != nil {
		t.Errorf("Ping when back: got %v", err)
	}
	wantSum(t, d, 1)
	wantAsked(t, shared, 2) // a Ping that works ends the Pause

	d.Shared = memkv.New(memkv.Bounds{})
	if err := d.Ping(t.Context()); err != nil {
		t.Errorf("Ping of a store without: got %v", err)
	}
}
