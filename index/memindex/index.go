package memindex

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"corner/catalog"
	"corner/discovery"
)

// Index is a discovery.Index in this process.
type Index struct {
	// Trees has the categories of what is put; nil: those of catalog.BuiltIn. Set it before
	// the first use.
	Trees *catalog.Trees

	now atomic.Pointer[snapshot] // nil until the first Rebuild

	mu      sync.Mutex          // of writers
	known   *places             // the latest reading of each place
	journal []discovery.Listing // what was put while a Rebuild runs
	running bool                // a Rebuild
	joining joining

	rebuild sync.Mutex // one at a time
}

var _ discovery.Index = (*Index)(nil)

// New is an index that has never been built: Rebuild it, with nothing if need be.
func New() *Index { return new(Index) }

// Ready implements discovery.Index.
func (ix *Index) Ready(ctx context.Context) error {
	if ix.now.Load() == nil {
		return discovery.ErrIndexMissing
	}
	return ctx.Err()
}

// Put implements discovery.Index.
func (ix *Index) Put(ctx context.Context, listings []discovery.Listing) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.now.Load() == nil {
		return discovery.ErrIndexMissing
	}
	if ix.running {
		ix.journal = append(ix.journal, listings...)
	}
	if parts, changed := ix.replace(ix.now.Load().parts, listings); changed {
		ix.now.Store(&snapshot{parts})
		ix.tidy()
	}
	return nil
}

// replace is parts with those of the listings that are newer than what is known.
// The caller holds mu.
func (ix *Index) replace(parts []part, listings []discovery.Listing) (replaced []part, changed bool) {
	parts = append(make([]part, 0, len(parts)+1), parts...)
	var news []*discovery.Listing
	ix.known.learn(listings, func(old, own *discovery.Listing) {
		if old != nil && old.Live {
			kill(parts, old)
		}
		news = append(news, own)
	})
	live := make([]*discovery.Listing, 0, len(news))
	for _, l := range news {
		if l.Live && ix.known.of(l.Place) == l { // and not replaced later in the same batch
			live = append(live, l)
		}
	}
	if len(live) > 0 {
		parts = append(parts, part{segment: freeze(live, ix.Trees.Tree())})
	}
	return parts, len(news) > 0
}

// Rebuild implements discovery.Index.
func (ix *Index) Rebuild(ctx context.Context, fill func(put func([]discovery.Listing) error) error) error {
	ix.rebuild.Lock()
	defer ix.rebuild.Unlock()
	ix.journaling(true)
	defer ix.journaling(false)

	known := newPlaces(0)
	var live []*discovery.Listing
	again := false // some place came twice
	err := fill(func(listings []discovery.Listing) error {
		known.learn(listings, func(old, own *discovery.Listing) {
			again = again || old != nil
			if own.Live {
				live = append(live, own)
			}
		})
		return ctx.Err()
	})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	if again {
		live = slices.DeleteFunc(live, func(l *discovery.Listing) bool { return known.of(l.Place) != l })
	}
	var parts []part
	if len(live) > 0 {
		parts = []part{{segment: freeze(live, ix.Trees.Tree())}}
	}

	ix.mu.Lock()
	defer ix.mu.Unlock()
	ix.known = known
	ix.joining.abandon()
	parts, _ = ix.replace(parts, ix.journal)
	ix.now.Store(&snapshot{parts})
	return nil
}

func (ix *Index) journaling(on bool) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	ix.running, ix.journal = on, nil
}
