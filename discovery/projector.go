package discovery

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
)

// Consumer is the name of the projector's deliveries.
const Consumer event.Consumer = "index"

// Source reads listings from the database.
type Source interface {
	// Listings reads places as they are now, each with its next Version, bumped in
	// the transaction that reads. A place that cannot be found by consumers comes
	// with Live false; one that is not there is left out.
	Listings(ctx context.Context, ids []catalog.PlaceID) ([]Listing, error)
	// Live reads every place that consumers can find, by id, at most n after the
	// given one, with the Version it has: the reading to rebuild an index from.
	Live(ctx context.Context, after catalog.PlaceID, n int) ([]Listing, error)
	// CountLive is how many places consumers can find.
	CountLive(ctx context.Context) (int, error)
	// ChangedSince is the places that events since t concern, by id, at most n after
	// the given one.
	ChangedSince(ctx context.Context, t time.Time, after catalog.PlaceID, n int) ([]catalog.PlaceID, error)
}

// Projector keeps an index equal to the database.
type Projector struct {
	Index  Index
	Source Source
	// Catalog, if not nil, knows categories that another instance has added.
	Catalog *catalog.Catalog
	Now     func() time.Time
}

// batch is how many listings are read and written at a time.
const batch = 500

// Handle is the event.Handler that refreshes the places events concern: each place once,
// however many events there are of it. A listing that the index refuses is told by its
// events, and holds up no other.
func (p *Projector) Handle(ctx context.Context, events []event.Event) error {
	var ids []catalog.PlaceID
	for _, e := range events {
		if e.Place != "" {
			ids = append(ids, catalog.PlaceID(e.Place))
		}
	}
	slices.Sort(ids)
	err := p.Refresh(ctx, slices.Compact(ids))
	places, some := errors.AsType[RefusedError](err)
	if !some {
		return err
	}
	refused := event.RefusedError{}
	for _, e := range events {
		if why := places[catalog.PlaceID(e.Place)]; why != nil {
			refused[e.ID] = why
		}
	}
	return refused
}

// Refresh reads places and puts them into the index. When the index refuses some, the
// error is RefusedError, and the others are in it.
func (p *Projector) Refresh(ctx context.Context, ids []catalog.PlaceID) error {
	refused := RefusedError{}
	for part := range slices.Chunk(ids, batch) {
		listings, err := p.Source.Listings(ctx, part)
		if err != nil {
			return fmt.Errorf("read %d listings: %w", len(part), err)
		}
		if err := p.learn(ctx, listings); err != nil {
			return err
		}
		err = p.Index.Put(ctx, listings)
		if some, is := errors.AsType[RefusedError](err); is {
			maps.Copy(refused, some)
		} else if err != nil {
			return fmt.Errorf("put %d listings: %w", len(listings), err)
		}
	}
	if len(refused) > 0 {
		return refused
	}
	return nil
}

// learn reads the tree again when a listing's category is not in it, so that none is put
// without the categories above its own.
func (p *Projector) learn(ctx context.Context, listings []Listing) error {
	if p.Catalog == nil {
		return nil
	}
	tree := p.Catalog.Tree()
	for i := range listings {
		_, known := tree.Category(listings[i].Category)
		if !known && listings[i].Category != "" {
			if err := p.Catalog.RefreshTree(ctx); err != nil {
				return fmt.Errorf("read the categories: %w", err)
			}
			return nil
		}
	}
	return nil
}

// Reindex rebuilds the index from the database. progress, if not nil, is told how
// many of how many listings are in it.
func (p *Projector) Reindex(ctx context.Context, progress func(done, total int)) error {
	return p.rebuild(ctx, progress, func() error { return nil })
}

// errThere ends a Restore for which somebody else has done the work.
var errThere = errors.New("the index is there")

// Restore is Reindex of an index that is missing. Of several that find it missing, on
// whatever instance, one rebuilds it; the others wait for it.
func (p *Projector) Restore(ctx context.Context, progress func(done, total int)) error {
	// Asked again in the rebuild: rebuilds of one index go one after the other.
	missing := func() error {
		if err := p.Index.Ready(ctx); !errors.Is(err, ErrIndexMissing) {
			return errors.Join(err, errThere)
		}
		return nil
	}
	err := p.rebuild(ctx, progress, missing)
	if errors.Is(err, errThere) && p.Index.Ready(ctx) == nil {
		return nil
	}
	return err
}

// rebuild rebuilds the index unless needed, which is asked once it is our turn, fails.
func (p *Projector) rebuild(ctx context.Context, progress func(done, total int), needed func() error) error {
	// Events of a transaction that was under way at the start carry an earlier time.
	since := p.Now().Add(-time.Minute)
	total, err := p.Source.CountLive(ctx)
	if err != nil {
		return fmt.Errorf("count listings: %w", err)
	}
	done := 0
	err = p.Index.Rebuild(ctx, func(put func([]Listing) error) error {
		if err := needed(); err != nil {
			return err
		}
		done = 0
		for after := catalog.PlaceID(""); ; {
			listings, err := p.Source.Live(ctx, after, batch)
			if err != nil || len(listings) == 0 {
				return err
			}
			if err := p.learn(ctx, listings); err != nil {
				return err
			}
			if err := put(listings); err != nil {
				return err
			}
			after = listings[len(listings)-1].Place
			done += len(listings)
			if progress != nil {
				progress(done, max(total, done))
			}
		}
	})
	if err != nil {
		return fmt.Errorf("rebuild the index: %w", err)
	}
	// What changed meanwhile was put into the index that has just been replaced.
	for after := catalog.PlaceID(""); ; {
		ids, err := p.Source.ChangedSince(ctx, since, after, batch)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := p.Refresh(ctx, ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
