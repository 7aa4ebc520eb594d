package discoverytest

import (
	"slices"
	"sync"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/walltime"
)

// world is what an index should know: the answers by looking at every listing.
type world struct {
	known map[catalog.PlaceID]*discovery.Listing
	terms map[*discovery.Listing]discovery.Terms
}

func newWorld(listings []discovery.Listing) *world {
	w := &world{map[catalog.PlaceID]*discovery.Listing{}, map[*discovery.Listing]discovery.Terms{}}
	w.put(listings)
	return w
}

func (w *world) put(listings []discovery.Listing) {
	for _, l := range listings {
		if old := w.known[l.Place]; old == nil || old.Version < l.Version {
			w.known[l.Place] = &l
			w.terms[&l] = discovery.TermsOf(&l)
		}
	}
}

// hits is every hit of q in order, whatever the limit.
func (w *world) hits(q discovery.Query) []discovery.Hit {
	var hits []discovery.Hit
	for _, l := range w.known {
		h := discovery.Hit{Listing: l, Distance: geo.Distance(q.Center, l.Point)}
		if l.Live && h.Distance <= q.Radius && q.Text.Matches(w.terms[l]) &&
			inCategory(l.Category, q.Category) && (q.OpenAt.IsZero() || openAt(l, q.OpenAt)) &&
			(q.After == nil || q.Sort.Before(*q.After, h.Mark(q.Sort))) {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, func(a, b discovery.Hit) int {
		if q.Sort.Before(a.Mark(q.Sort), b.Mark(q.Sort)) {
			return -1
		}
		return 1
	})
	return hits
}

// page is the answer to q.
func (w *world) page(q discovery.Query) discovery.Page {
	hits := w.hits(q)
	n := min(q.Limit, len(hits))
	return discovery.Page{Hits: hits[:n], More: n < len(hits)}
}

func inCategory(key, asked string) bool {
	return asked == "" || slices.ContainsFunc(catalog.Lineage(key), func(c catalog.Category) bool { return c.Key == asked })
}

func openAt(l *discovery.Listing, at time.Time) bool {
	known, _ := locations.Load(l.Zone)
	loc, ok := known.(*time.Location)
	if !ok {
		var err error
		if loc, err = time.LoadLocation(l.Zone); err != nil {
			return false
		}
		locations.Store(l.Zone, loc)
	}
	return l.Hours.OpenAt(walltime.WallAt(loc, at))
}

var locations sync.Map // name → *time.Location, for time.LoadLocation reads a file
