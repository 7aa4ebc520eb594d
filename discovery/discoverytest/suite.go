package discoverytest

import (
	"math/rand/v2"
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
	want := w.page(q)
	for end := time.Now().Add(s.opts.Visible); ; time.Sleep(s.opts.Visible / 20) {
		got := s.search(q)
		diff := difference(want, got)
		if diff == "" {
			return
		}
		if !time.Now().Before(end) {
			s.Errorf("Search(%+v) (-want +got):\n%s", q, diff)
			return
		}
	}
}

// difference tells two pages apart, by ids and distances first, for that is
// shorter to read.
func difference(want, got discovery.Page) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	type brief struct {
		Place    string
		Distance geo.Metres
	}
	briefs := func(p discovery.Page) (all []brief) {
		for _, h := range p.Hits {
			all = append(all, brief{string(h.Listing.Place), h.Distance})
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

// asker makes queries that find something more often than not.
type asker struct {
	*rand.Rand
	listings []discovery.Listing
}

var (
	radii      = []geo.Metres{50, 120, 500, 2_000, 5_000, 20_000, 50_000}
	limits     = []int{1, 2, 7, 20, 50, 100}
	categories = []string{"dining", "car", "car_wash", "noodles", "shopping", "public", "bank", "beauty", "health", "museum"}
	texts      = []string{
		"老王", "老王洗车店", "洗车", "店", "xiche", "xcd", "laowang", "lw", "chongqing", "重庆火锅", "cqhg", "changle", "yinhang",
		"老王 xiche", "car wash", "CAFÉ", "cafe", "joe's", "JOES", "hot p", "7", "7-eleven", "el", "ktv", "ＫＴＶ", "oresund", "精洗", "haircut",
		"汽车服务", "dining", "スターバックス", "カフェ", "스타벅스", "กาแฟ", "кофе", "pho ha", "zzz", "lvdi", "ludi", "a1", "没有这样的店",
	}
)

func (a *asker) query() discovery.Query {
	l := &a.listings[a.IntN(len(a.listings))]
	q := discovery.Query{
		Center: Beside(l.Point, a.NormFloat64()*300, a.NormFloat64()*300),
		Radius: radii[a.IntN(len(radii))],
		Sort:   discovery.ByDistance,
		Limit:  limits[a.IntN(len(limits))],
	}
	switch a.IntN(8) {
	case 0:
		q.Center = l.Point
	case 1: // out of town
		q.Center = Beside(l.Point, a.NormFloat64()*8_000, a.NormFloat64()*8_000)
	}
	if a.IntN(3) == 0 {
		q.Sort = discovery.ByRating
	}
	switch a.IntN(6) {
	case 0:
		q.Category = l.Category
	case 1:
		q.Category = categories[a.IntN(len(categories))]
	}
	switch a.IntN(5) {
	case 0, 1:
		q.Text = discovery.ParseText(texts[a.IntN(len(texts))])
	case 2:
		name := []rune(l.Names.Main)
		q.Text = discovery.ParseText(string(name[:1+a.IntN(len(name))]))
	}
	if a.IntN(3) == 0 {
		q.Filter.OpenFrom = changes[a.IntN(len(changes))].Add(time.Duration(a.IntN(8*60)-4*60) * time.Minute)
		if a.IntN(3) == 0 {
			q.Filter.OpenFrom = q.Filter.OpenFrom.Add(time.Duration(a.IntN(48)-24) * time.Hour)
		}
	}
	return q
}
