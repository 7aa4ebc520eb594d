package guarded_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"corner/discovery"
	"corner/index/guarded"
)

// engine is an index that is well, stopped or hung.
type engine struct {
	discovery.Index

	state atomic.Int32
	asked atomic.Int64
}

const (
	well int32 = iota
	stopped
	hung
)

func (e *engine) Search(ctx context.Context, _ discovery.Query) (discovery.Page, error) {
	e.asked.Add(1)
	switch e.state.Load() {
	case stopped:
		return discovery.Page{}, fmt.Errorf("dial: %w", discovery.ErrUnavailable)
	case hung:
		bounded, cancel := context.WithTimeout(ctx, 2*time.Second) // as the engine's adapter does
		defer cancel()
		<-bounded.Done()
		return discovery.Page{}, fmt.Errorf("wait: %w", discovery.ErrUnavailable)
	}
	return discovery.Page{More: true}, nil
}

func search(ctx context.Context, x *guarded.Index) (took time.Duration, err error) {
	began := time.Now()
	page, err := x.Search(ctx, discovery.Query{})
	if err == nil && !page.More {
		err = errors.New("the answer is not the engine's")
	}
	return time.Since(began), err
}

func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// TestStoppedHungAndBack, on a clock of its own: three failures cost what they cost, then
// nothing is waited for, and a second after the engine is back, it is asked again.
func TestStoppedHungAndBack(t *testing.T) {
	t.Parallel()
	for name, state := range map[string]int32{"stopped": stopped, "hung": hung} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := &engine{}
				var told []bool
				x := guarded.New(e, guarded.Options{Budget: 300 * time.Millisecond, Changed: func(asked bool) { told = append(told, asked) }})
				_, err := search(t.Context(), x)
				want(t, "a search while all is well", err, nil)
				e.state.Store(state)
				for range 3 {
					took, err := search(t.Context(), x)
					want(t, "it is away", errors.Is(err, discovery.ErrUnavailable), true)
					want(t, "longer than the budget", took > 300*time.Millisecond, false)
				}
				want(t, "asked", x.Asked(), false)
				before := e.asked.Load()
				for range 1000 {
					took, err := search(t.Context(), x)
					want(t, "it is away", errors.Is(err, discovery.ErrUnavailable), true)
					want(t, "time", took, time.Duration(0))
				}
				want(t, "questions while it is not asked", e.asked.Load(), before)
				time.Sleep(time.Second + time.Millisecond)
				_, err = search(t.Context(), x) // the one that tries
				want(t, "it is away still", errors.Is(err, discovery.ErrUnavailable), true)
				want(t, "questions that try", e.asked.Load(), before+1)
				e.state.Store(well)
				time.Sleep(time.Second + time.Millisecond)
				_, err = search(t.Context(), x)
				want(t, "when it is back", err, nil)
				want(t, "asked again", x.Asked(), true)
				want(t, "what was told", fmt.Sprint(told), "[false false true]")
			})
		})
	}
}

// TestOneTries: after the pause one caller tries, and the others are answered at once.
func TestOneTries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		x := guarded.New(e, guarded.Options{})
		e.state.Store(hung)
		for range 3 {
			_, _ = search(t.Context(), x)
		}
		time.Sleep(time.Second + time.Millisecond)
		before := e.asked.Load()
		var wg sync.WaitGroup
		var slow atomic.Int64
		for range 500 {
			wg.Go(func() {
				took, err := search(t.Context(), x)
				want(t, "it is away", errors.Is(err, discovery.ErrUnavailable), true)
				if took > 0 && took < 2*time.Second {
					t.Errorf("a caller waited %v", took)
				}
				if took > 0 {
					slow.Add(1)
				}
			})
		}
		wg.Wait()
		want(t, "questions", e.asked.Load(), before+1)
		if n := slow.Load(); n < 1 || n > 65 {
			t.Errorf("%d callers waited for the one that tried, want at most the callers of one turn", n)
		}
	})
}

// TestWaitersAreShed: more callers than turns wait a quarter of a second, not for ever.
func TestWaitersAreShed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		x := guarded.New(e, guarded.Options{Callers: 4, Failures: 1000})
		e.state.Store(hung)
		var wg sync.WaitGroup
		var shed atomic.Int64
		for range 100 {
			wg.Go(func() {
				took, err := search(t.Context(), x)
				want(t, "it is away", errors.Is(err, discovery.ErrUnavailable), true)
				if took == 250*time.Millisecond {
					shed.Add(1)
				}
			})
		}
		wg.Wait()
		want(t, "callers that were shed", shed.Load(), int64(96))
		want(t, "questions", e.asked.Load(), int64(4))
	})
}

// TestCallersWhoLeave say nothing of the engine.
func TestCallersWhoLeave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		x := guarded.New(e, guarded.Options{})
		e.state.Store(hung)
		for range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
			_, err := search(ctx, x)
			cancel()
			want(t, "an error", err != nil, true)
		}
		want(t, "asked", x.Asked(), true)
	})
}
