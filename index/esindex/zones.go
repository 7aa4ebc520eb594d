package esindex

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"corner/discovery"
	"corner/walltime"
)

// zones are the time zones that this process has met in listings, put or found.
//
// An instant is one wall time in Shanghai and another in London, so the engine is
// asked zone by zone. It need not be known of all which zones they are in: documents
// in a zone that is not among these are candidates whatever their hours, are told
// open or closed here (as all candidates are), and make their zone known to
// the next round.
type zones struct {
	mu    sync.RWMutex
	known map[string]*time.Location // nil for a name that is no zone: never open
}

// location is the zone called name, which is known from now on.
func (z *zones) location(name string) *time.Location {
	z.mu.RLock()
	loc, ok := z.known[name]
	z.mu.RUnlock()
	if ok {
		return loc
	}
	loc, err := walltime.Zone(name)
	if err != nil {
		loc = nil
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.known == nil {
		z.known = make(map[string]*time.Location)
	}
	z.known[name] = loc
	return loc
}

// isOpen is the law: whether a listing passes a filter's times.
func (z *zones) isOpen(l *discovery.Listing, f *discovery.Filter) bool {
	loc := z.location(l.Zone)
	if loc == nil {
		return false
	}
	if f.OpenTill.IsZero() {
		return l.Hours.OpenAt(walltime.WallAt(loc, f.OpenFrom))
	}
	return l.Hours.OpenDuring(loc, f.OpenFrom, f.OpenTill)
}

// period is the time between two instants as the clocks of a zone show it.
type period struct{ first, last walltime.Wall }

// open asks for documents that are open at from and at last, or whose zone is unknown; and
// for those that surely are all the time between.
func (z *zones) open(from, last time.Time) (candidates, sure object) {
	z.mu.RLock()
	names := slices.Sorted(maps.Keys(z.known))
	locations := maps.Clone(z.known)
	z.mu.RUnlock()

	// Zones that show the same times are asked together: a few dozen of hundreds.
	byPeriod := make(map[period][]string)
	for _, name := range names {
		if loc := locations[name]; loc != nil {
			p := period{walltime.WallAt(loc, from), walltime.WallAt(loc, last)}
			byPeriod[p] = append(byPeriod[p], name)
		}
	}
	atEnds := []object{{"bool": object{"must_not": terms("zone", names)}}}
	throughout := []object{{"match_none": object{}}}
	for p, same := range byPeriod {
		ends := []object{terms("zone", same), openAt(p.first)}
		if p.last != p.first {
			ends = append(ends, openAt(p.last))
		}
		atEnds = append(atEnds, all(ends))
		throughout = append(throughout, all([]object{terms("zone", same), openThrough(p)}))
	}
	return anyOf(atEnds...), anyOf(throughout...)
}

// learn makes the zones of an index known, once: those that come later are met one by
// one, but a process that starts would meet all at once.
func (x *Index) learn(ctx context.Context, index string) error {
	if known := x.zoned.Load(); known != nil && *known == index {
		return nil
	}
	found, err := x.askIndex(ctx, x.opts.Alias, object{
		"size": 0, "track_total_hits": false,
		"aggs": object{"zones": object{"terms": object{"field": "zone", "size": maxZones}}},
	})
	if err != nil {
		return fmt.Errorf("learn the time zones: %w", err)
	}
	for zone := range found.Counted.Zones.counts() {
		x.zones.location(zone)
	}
	x.zoned.Store(&index)
	return nil
}

// maxZones is more than there are.
const maxZones = 1_000
