package discoverytest

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corner/discovery"
	"corner/geo"
)

// Options tell the suite about an implementation.
type Options struct {
	// Visible is how long after Put a search may still miss what was put; 0: no time.
	Visible time.Duration
	// Tolerance is how far a hit's Relevance may be from the law; 0: not at all. The order
	// of relevance is held to the hits' own.
	Tolerance float64
	// Missing gives an index that was never built, for ErrIndexMissing. Nil: not tested.
	Missing func(t *testing.T) discovery.Index
}

// Index tests that what open gives keeps the contract of discovery.Index. Each
// call of open gives an index of its own that has been rebuilt with nothing.
// The subtests run in parallel.
func Index(t *testing.T, open func(t *testing.T) discovery.Index, opts Options) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"Searches":        (*suite).searches,
		"Filters":         (*suite).filters,
		"Boxes":           (*suite).boxes,
		"Facets":          (*suite).facets,
		"Clusters":        (*suite).clusters,
		"Relevance":       (*suite).relevance,
		"Versions":        (*suite).versions,
		"Edges":           (*suite).edges,
		"PagesWhilePut":   (*suite).pagesWhilePut,
		"Rebuild":         (*suite).rebuild,
		"RebuildVersions": (*suite).rebuildVersions,
		"Concurrent":      (*suite).concurrent,
		"Cancelled":       (*suite).cancelled,
		"Empty":           (*suite).empty,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&suite{t, open(t), opts})
		})
	}
	t.Run("Missing", func(t *testing.T) {
		t.Parallel()
		if opts.Missing == nil {
			t.Skip("Options.Missing is nil")
		}
		(&suite{t, opts.Missing(t), opts}).missing()
	})
}

type suite struct {
	*testing.T
	ix   discovery.Index
	opts Options
}

// put puts in batches of hundreds.
func (s *suite) put(listings ...discovery.Listing) {
	s.Helper()
	for batch := range slices.Chunk(listings, 500) {
		if err := s.ix.Put(s.Context(), batch); err != nil {
			s.Fatalf("Put: %v", err)
		}
	}
}

// settle waits until everything put can be seen, for what shall not be seen.
func (s *suite) settle() { time.Sleep(s.opts.Visible) }

func (s *suite) search(q discovery.Query) discovery.Page {
	s.Helper()
	page, err := s.ix.Search(s.Context(), q)
	if err != nil {
		s.Fatalf("Search(%+v): %v", q, err)
	}
	return page
}

// same fails unless q is answered as the world would, once Visible has passed.
func (s *suite) same(w *world, q discovery.Query) {
	s.Helper()
	for end := time.Now().Add(s.opts.Visible); ; time.Sleep(s.opts.Visible / 20) {
		got := s.search(q)
		diff := s.differs(w, q, got)
		if diff == "" {
			return
		}
		if !time.Now().Before(end) {
			s.Errorf("Search(%+v) (-want +got):\n%s", q, diff)
			return
		}
	}
}

// differs tells how got is not the world's answer to q.
func (s *suite) differs(w *world, q discovery.Query, got discovery.Page) string {
	if q.Sort == discovery.ByRelevance && s.opts.Tolerance > 0 {
		return s.roughly(w, &q, got)
	}
	return difference(w.page(q), got)
}

// difference tells two pages apart, by ids and distances first, for that is
// shorter to read.
func difference(want, got discovery.Page) string {
	got.Pin = "" // the index's own
	if reflect.DeepEqual(want, got) {
		return ""
	}
	type brief struct {
		Place     string
		Distance  geo.Metres
		Relevance float64
	}
	briefs := func(p discovery.Page) (all []brief) {
		for _, h := range p.Hits {
			all = append(all, brief{string(h.Listing.Place), h.Distance, h.Relevance})
		}
		return all
	}
	if diff := cmp.Diff(briefs(want), briefs(got)); diff != "" {
		return diff
	}
	return cmp.Diff(want, got, cmpopts.EquateEmpty())
}

// everything asks for all near p.
func everything(p geo.Point) discovery.Query {
	return discovery.Query{Center: p, Radius: 5_000, Sort: discovery.ByDistance, Limit: 100}
}
