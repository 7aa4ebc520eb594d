package esindex

import (
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
// asked zone by zone. It need not be known which zones there are: documents
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

// isOpen is the law: whether a listing is open at an instant.
func (z *zones) isOpen(l *discovery.Listing, at time.Time) bool {
	loc := z.location(l.Zone)
	return loc != nil && l.Hours.OpenAt(walltime.WallAt(loc, at))
}

// openAt asks for documents that are open at an instant, or whose zone is unknown.
func (z *zones) openAt(at time.Time) object {
	z.mu.RLock()
	names := slices.Sorted(maps.Keys(z.known))
	locations := maps.Clone(z.known)
	z.mu.RUnlock()

	// Zones that show the same time are asked together: a few dozen of hundreds.
	byWall := make(map[walltime.Wall][]string)
	for _, name := range names {
		if loc := locations[name]; loc != nil {
			w := walltime.WallAt(loc, at)
			byWall[w] = append(byWall[w], name)
		}
	}
	clauses := []object{{"bool": object{"must_not": terms("zone", names)}}}
	for w, same := range byWall {
		clauses = append(clauses, object{"bool": object{"filter": []object{terms("zone", same), openAt(w)}}})
	}
	return anyOf(clauses...)
}

func terms(field string, values []string) object {
	if values == nil {
		values = []string{}
	}
	return object{"terms": object{field: values}}
}
