package store_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/store"
	"corner/store/storetest"
)

// TestDue: of all instances that ask, one gets each turn.
func TestDue(t *testing.T) {
	t.Parallel()
	const instances, turns = 8, 5
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Now()
		for turn := range turns {
			at := now.Add(time.Duration(turn) * time.Minute)
			for _, c := range []struct {
				at   time.Time
				want int64
			}{{at, 1}, {at.Add(time.Minute - time.Microsecond), 0}} {
				var mine atomic.Int64
				var wg sync.WaitGroup
				for range instances {
					wg.Go(func() {
						got, err := db.Due(t.Context(), "sweep", c.at, time.Minute)
						if err != nil {
							t.Error(err)
						}
						if got {
							mine.Add(1)
						}
					})
				}
				wg.Wait()
				if mine.Load() != c.want {
					t.Errorf("turn %d: %d instances got it, want %d", turn, mine.Load(), c.want)
				}
			}
		}
		if mine, err := db.Due(t.Context(), "another", now, time.Minute); !mine || err != nil {
			t.Errorf("another timer: %v, %v; want its turn", mine, err)
		}
	})
}
