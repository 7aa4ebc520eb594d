package bench

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"
	"unsafe"

	"corner/discovery"
)

// Engine builds an index of the world's listings and prints how long that took, what memory it
// takes, and how long each shape of question. The index is asked directly; text is taken apart
// within the time.
func Engine(ctx context.Context, w io.Writer, ix discovery.Index, world *World) error {
	before, began := heap(), time.Now()
	if err := Fill(ctx, ix, world); err != nil {
		return err
	}
	took, n := time.Since(began), len(world.Listings)
	// The index has its own copy of each listing; the letters behind are shared.
	listing := int(unsafe.Sizeof(discovery.Listing{}))
	fmt.Fprintf(w, "%d places in the index after %.2f s, %d bytes a place beside the listing (%d bytes)\n\n",
		n, took.Seconds(), (int(heap()-before)-n*listing)/n, listing)
	fresh, err := freshness(ctx, ix, world)
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(w, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "question, one at a time\tp50 µs\tp99 µs\tp99 / p50\tmean hits\t%d at a time, a second\t\n", runtime.GOMAXPROCS(0))
	for _, s := range shapes {
		if err := s.line(ctx, out, ix, world.Queries); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nan edit is found after %v (median of putting one listing, and searching)\n", fresh.Round(time.Microsecond))
	return nil
}

// Fill builds an index of the world's listings.
func Fill(ctx context.Context, ix discovery.Index, world *World) error {
	return ix.Rebuild(ctx, func(put func([]discovery.Listing) error) error {
		for batch := range slices.Chunk(world.Listings, 1_000) {
			if err := put(batch); err != nil {
				return err
			}
		}
		return nil
	})
}

// heap is the bytes in use after collecting garbage.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// freshness is how long it takes until an edit is found, the median of some.
func freshness(ctx context.Context, ix discovery.Index, world *World) (time.Duration, error) {
	times := make([]time.Duration, 200)
	for i := range times {
		l := &world.Listings[i*7919%len(world.Listings)]
		l.Version++
		began := time.Now()
		if err := ix.Put(ctx, []discovery.Listing{*l}); err != nil {
			return 0, err
		}
		page, err := ix.Search(ctx, discovery.Query{Center: l.Point, Radius: 1, Sort: discovery.ByDistance, Limit: 50})
		if err != nil {
			return 0, err
		}
		if !slices.ContainsFunc(page.Hits, func(h discovery.Hit) bool { return h.Listing.Place == l.Place && h.Listing.Version == l.Version }) {
			return 0, fmt.Errorf("version %d of %s was put and is not found", l.Version, l.Place)
		}
		times[i] = time.Since(began)
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}

// rounds is how often each shape is timed. The best round counts: what else runs on a machine
// only makes it slower.
const rounds = 3

func (s *shape) line(ctx context.Context, w io.Writer, ix discovery.Index, queries []Query) error {
	var p50, p99 time.Duration
	hits := 0
	for round := range rounds {
		times := make([]time.Duration, len(queries))
		hits = 0
		for i := range queries {
			began := time.Now()
			n, err := s.ask(ctx, ix, &queries[i])
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			times[i] = time.Since(began)
			hits += n
		}
		slices.Sort(times)
		if round == 0 || times[len(times)/2] < p50 {
			p50 = times[len(times)/2]
		}
		if at := times[len(times)*99/100]; round == 0 || at < p99 {
			p99 = at
		}
	}
	rate, err := s.rate(ctx, ix, queries)
	if err != nil {
		return err
	}
	micros := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1_000 }
	_, err = fmt.Fprintf(
		w,
		"%s\t%.1f\t%.1f\t%.1f\t%.1f\t%.0f\t\n",
		s.name,
		micros(p50),
		micros(p99),
		micros(p99)/micros(p50),
		float64(hits)/float64(len(queries)),
		rate,
	)
	return err
}

// rate is how many questions a second all processors together answer.
func (s *shape) rate(ctx context.Context, ix discovery.Index, queries []Query) (float64, error) {
	const least = 300 * time.Millisecond
	var wg sync.WaitGroup
	var asked atomic.Int64
	var failed atomic.Pointer[error]
	began := time.Now()
	for worker := range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := worker * 977; time.Since(began) < least; i++ {
				if _, err := s.ask(ctx, ix, &queries[i%len(queries)]); err != nil {
					failed.Store(&err)
					return
				}
				asked.Add(1)
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return 0, fmt.Errorf("%s: %w", s.name, *err)
	}
	return float64(asked.Load()) / time.Since(began).Seconds(), nil
}
