package discoverytest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// versions holds that the latest reading is shown, whatever order readings come in.
func (s *suite) versions() {
	l := Listings(8, 1)[0]
	reading := func(version int64, live bool, name string) discovery.Listing {
		l := l
		l.Version, l.Live, l.Names = version, live, catalog.Names{Main: name}
		return l
	}
	w := newWorld(nil, nil)
	for _, step := range []struct {
		why      string
		listings []discovery.Listing
	}{
		{"the first", []discovery.Listing{reading(5, true, "five")}},
		{"an older one", []discovery.Listing{reading(4, true, "four")}},
		{"the same version", []discovery.Listing{reading(5, true, "another five")}},
		{"a later one", []discovery.Listing{reading(6, true, "six")}},
		{"two at once, the later first", []discovery.Listing{reading(9, true, "nine"), reading(8, true, "eight")}},
		{"two at once, the later last", []discovery.Listing{reading(10, true, "ten"), reading(11, true, "eleven")}},
		{"the end", []discovery.Listing{reading(12, false, "twelve")}},
		{"an older one, after the end", []discovery.Listing{reading(11, true, "eleven")}},
		{"the same version, after the end", []discovery.Listing{reading(12, true, "twelve")}},
		{"a new beginning", []discovery.Listing{reading(13, true, "thirteen")}},
		{"life and death at once", []discovery.Listing{reading(14, true, "fourteen"), reading(15, false, "fifteen")}},
		{"and again", []discovery.Listing{reading(16, true, "sixteen")}},
	} {
		w.put(step.listings)
		s.put(step.listings...)
		s.settle()
		s.same(w, everything(l.Point))
		q := everything(l.Point)
		q.Text = discovery.ParseText("six", nil)
		s.same(w, q)
		if s.Failed() {
			s.Fatalf("after %s", step.why)
		}
	}
	// It moves out of sight, and into another's.
	moved := reading(20, true, "twenty")
	moved.Point = Beside(l.Point, 30_000, 0)
	w.put([]discovery.Listing{moved})
	s.put(moved)
	s.settle()
	s.same(w, everything(l.Point))
	s.same(w, everything(moved.Point))
}

// rebuild holds that a Rebuild shows all at once, or nothing.
func (s *suite) rebuild() {
	all := Listings(9, 900)
	old, next := newWorld(all[:300], nil), newWorld(all[300:], nil)
	ask := asker{seeded(1), all}
	check := func(w *world) {
		s.Helper()
		for range 15 {
			s.same(w, ask.query())
		}
	}
	s.put(all[:300]...)
	s.settle()

	broken := errors.New("the database is away")
	err := s.ix.Rebuild(s.Context(), func(put func([]discovery.Listing) error) error {
		if err := put(all[300:600]); err != nil {
			return err
		}
		check(old)
		return fmt.Errorf("reading: %w", broken)
	})
	if !errors.Is(err, broken) {
		s.Errorf("Rebuild with a broken fill = %v, want what fill returned", err)
	}
	s.settle()
	check(old)

	ctx, cancel := context.WithCancel(s.Context())
	err = s.ix.Rebuild(ctx, func(put func([]discovery.Listing) error) error {
		defer cancel()
		return put(all[300:600])
	})
	if !errors.Is(err, context.Canceled) {
		s.Errorf("Rebuild whose context ended = %v, want context.Canceled", err)
	}
	s.settle()
	check(old)

	err = s.ix.Rebuild(s.Context(), func(put func([]discovery.Listing) error) error {
		for _, part := range [][]discovery.Listing{all[300:500], nil, all[500:900]} {
			if err := put(part); err != nil {
				return err
			}
			s.settle()
			check(old)
		}
		return nil
	})
	if err != nil {
		s.Fatalf("Rebuild: %v", err)
	}
	check(next)
	if err := s.ix.Ready(s.Context()); err != nil {
		s.Errorf("Ready after Rebuild = %v, want nil", err)
	}
	more := Listings(10, 100)
	next.put(more)
	s.put(more...)
	check(next)
}

// rebuildVersions holds that a Rebuild forgets the versions from before, and keeps
// those it was given.
func (s *suite) rebuildVersions() {
	l := Listings(11, 2)
	l[0].Version, l[1].Version = 9, 9
	s.put(l...)
	l[0].Version = 3
	gone := l[1]
	gone.Version, gone.Live = 3, false
	err := s.ix.Rebuild(s.Context(), func(put func([]discovery.Listing) error) error {
		return put([]discovery.Listing{l[0], gone})
	})
	if err != nil {
		s.Fatalf("Rebuild: %v", err)
	}
	w := newWorld([]discovery.Listing{l[0], gone}, nil)
	check := func() {
		s.Helper()
		s.settle()
		s.same(w, everything(l[0].Point))
		s.same(w, everything(l[1].Point))
	}
	check()
	l[0].Names.Main, l[1].Version = "not this", 2
	s.put(l...)
	check()
	l[0].Version, l[1].Version = 4, 4
	w.put(l)
	s.put(l...)
	check()
}

// concurrent holds that writers and readers at once do each other no harm.
func (s *suite) concurrent() {
	all := Listings(12, 200)
	s.put(all...)
	const writers, readers, rounds = 4, 4, 25
	var busy sync.WaitGroup
	readings := make([][]discovery.Listing, writers)
	for n := range writers {
		// Each writes every place, at versions that meet those of the others.
		busy.Go(func() {
			r := seeded(uint64(n))
			for range rounds {
				batch := make([]discovery.Listing, 20)
				for i := range batch {
					batch[i] = all[r.IntN(len(all))]
					// A version is one reading: what it says follows from it.
					v := 10 + r.Int64N(300)
					batch[i].Version, batch[i].Live = v, v%5 != 0
					batch[i].Point = Beside(batch[i].Point, float64(v%7)*100, 0)
				}
				readings[n] = append(readings[n], batch...)
				if err := s.ix.Put(s.Context(), batch); err != nil {
					s.Errorf("Put: %v", err)
				}
			}
		})
	}
	for n := range readers {
		busy.Go(func() {
			ask := asker{seeded(100 + uint64(n)), all}
			for range rounds {
				q := ask.query()
				page, err := s.ix.Search(s.Context(), q)
				if err != nil {
					s.Errorf("Search: %v", err)
				}
				for i := range page.Hits {
					h := &page.Hits[i]
					if !h.Listing.Live || q.Box == nil && h.Distance > q.Radius || q.Box != nil && !q.Box.Contains(h.Listing.Point) ||
						h.Distance != geo.Distance(q.Center, h.Listing.Point) ||
						i > 0 && !q.Mark(&page.Hits[i-1]).Before(q.Mark(&page.Hits[i])) {
						s.Errorf("Search(%+v): hit %d is %+v", q, i, *h)
					}
				}
			}
		})
	}
	busy.Wait()
	w := newWorld(all, nil)
	for _, r := range readings {
		w.put(r)
	}
	s.settle()
	ask := asker{seeded(3), all}
	for range 60 {
		s.same(w, ask.query())
	}
}

// cancelled holds that a caller who has left is told so.
func (s *suite) cancelled() {
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	l := Listings(13, 5)
	q := everything(l[0].Point)
	_, err := s.ix.Search(ctx, q)
	for what, err := range map[string]error{
		"Search": err,
		"Put":    s.ix.Put(ctx, l),
		"Ready":  s.ix.Ready(ctx),
		"Rebuild": s.ix.Rebuild(ctx, func(put func([]discovery.Listing) error) error {
			return put(l)
		}),
	} {
		if !errors.Is(err, context.Canceled) {
			s.Errorf("%s of a cancelled context = %v, want context.Canceled", what, err)
		}
	}
}

// missing holds what an index that was never built says, and that Rebuild builds it.
func (s *suite) missing() {
	l := Listings(14, 50)
	q := everything(l[0].Point)
	_, err := s.ix.Search(s.Context(), q)
	for what, err := range map[string]error{
		"Search": err,
		"Put":    s.ix.Put(s.Context(), l),
		"Ready":  s.ix.Ready(s.Context()),
	} {
		if !errors.Is(err, discovery.ErrIndexMissing) {
			s.Errorf("%s before there is an index = %v, want ErrIndexMissing", what, err)
		}
	}
	err = s.ix.Rebuild(s.Context(), func(put func([]discovery.Listing) error) error { return put(l) })
	if err != nil {
		s.Fatalf("Rebuild: %v", err)
	}
	if err := s.ix.Ready(s.Context()); err != nil {
		s.Errorf("Ready after Rebuild = %v, want nil", err)
	}
	s.same(newWorld(l, nil), q)
}
